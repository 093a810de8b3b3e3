import type { UserView } from '@sahay/client';
import type { ConsentPurpose, PreChatField, VisitorSettings } from '@sahay/protocol';
import { asksForPrivacy } from '../consent/privacy-signal.ts';

/** What is to be asked before a visitor may write. */
export interface Asked {
  readonly fields: readonly PreChatField[];
  readonly purposes: readonly ConsentPurpose[];
  readonly policyVersion: string;
  readonly policyUrl?: string | undefined;
}

/** What decides about it. */
export interface AskingFacts {
  readonly settings: VisitorSettings;
  readonly user: Pick<UserView, 'conversations' | 'consents' | 'participant'>;
  /** Whether a conversation goes on already: then only a consent that is needed and lacking is asked for. */
  readonly talking: boolean;
  /** Whether the backend will not hear her without answers. */
  readonly refused?: boolean;
  /** Whether people can answer now, as far as that is known. */
  readonly open: boolean | undefined;
}

/**
 * What still has to be asked; nothing when she may begin. Nobody is asked twice: whoever talked before has answered, a known name is
 * known, and a consent holds for its version of the policy. Where the browser asks for privacy, what is not needed is not even asked.
 */
export function askedOf({ settings, user, talking, refused = false, open }: AskingFacts): Asked | undefined {
  const { preChat, consent } = settings;
  const isNew = !talking && user.conversations.length === 0;
  const isAsked = preChat && (refused || (isNew && (!preChat.onlyWhileClosed || open === false)));
  const fields = isAsked
    ? preChat.fields.filter(({ name }) => name !== 'name' || !user.participant?.name)
    : [];
  const lacking = (consent?.purposes ?? []).filter(({ purpose, required }) => {
    const held = user.consents.find(
      (one) => one.purpose === purpose && one.policyVersion === consent!.policyVersion,
    );
    if (required) return !held?.granted;
    return !talking && !held && !asksForPrivacy();
  });
  if (fields.length === 0 && lacking.length === 0) return undefined;
  return {
    fields,
    purposes: lacking,
    policyVersion: consent?.policyVersion ?? '',
    policyUrl: consent?.policyUrl,
  };
}
