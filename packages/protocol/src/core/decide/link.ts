import type { Actor, Decision, FormerVisitor, NewEvent, UserView } from '../types.ts';
import { summaryOf } from './conversation.ts';
import { accept, profileOf, refuse, said, told } from './outcome.ts';

/**
 * Makes an anonymous visitor one with the known one who asks. Her conversations, consents and invitations become the
 * known one's; what the known one decided herself counts for more. Whom she became once, she stays.
 */
export function linkIdentity(actor: Actor, { former, consents }: UserView): Decision {
  if (!former) return refuse('capability_absent', 'This backend does not support identity.link.');
  const { visitor, linkedTo } = former;
  if (linkedTo === actor.id || visitor.id === actor.id) return accept([]);
  if (linkedTo !== undefined)
    return refuse('forbidden', 'This visitor became somebody else already. Begin a session of your own.');
  if (visitor.role !== 'visitor')
    return refuse('forbidden', 'Only an anonymous visitor can become a known one. Bring the token of one.');
  const decided = new Set(consents.map(({ purpose }) => purpose));
  const link = { from: visitor.id, to: actor.id };
  return accept([
    told(visitor.id, 'identity.linked', link),
    told(actor.id, 'identity.linked', link),
    ...former.conversations.flatMap((conversation): NewEvent[] => [
      said(conversation.id, 'visitor.identified', { from: visitor.id, visitor: profileOf(actor) }),
      told(actor.id, 'conversation.added', { conversation: summaryOf(conversation) }),
    ]),
    ...brought(actor.id, former, decided),
  ]);
}

const brought = (to: string, former: FormerVisitor, decided: ReadonlySet<string>): NewEvent[] => [
  ...former.consents
    .filter(({ purpose }) => !decided.has(purpose))
    .map((consent) => told(to, 'consent.changed', { consent })),
  ...former.invitations.map((invitation) => told(to, 'invitation.presented', { invitation })),
];
