import type { ConversationView, SupportClient } from '@sahay/client';
import type { VisitorSettings } from '@sahay/protocol';
import { css, html, type TemplateResult } from 'lit';
import '../define/pre-chat.ts';
import type { ChatRoom } from '../chat/later.ts';
import type { SahayElement } from '../internal/sahay-element.ts';
import { wear } from '../message/lazy-renderers.ts';
import { askedOf, type Asked } from './asked.ts';
import type { PreChatDetail, SahayPreChat } from './pre-chat.ts';

/* What a visitor is asked before she may write. It stands in the composer's place, and whatever else would begin waits for it. */

const keyOf = (purpose: string, policyVersion: string): string => `${policyVersion}/${purpose}`;

interface Gate {
  /** Whether the fields were answered, also by leaving them empty. */
  answered: boolean;
  /** Consents that were given here, until the backend tells of them itself. */
  readonly given: Set<string>;
  waiting: (() => void)[];
}

const gates = new WeakMap<SupportClient, Gate>();

const gateOf = (client: SupportClient): Gate => {
  const gate = gates.get(client) ?? { answered: false, given: new Set(), waiting: [] };
  gates.set(client, gate);
  return gate;
};

const looks = css`
  sahay-pre-chat {
    flex: none;
  }
`;

function pending(
  view: ConversationView | undefined,
  settings: VisitorSettings,
  client: SupportClient,
  open: boolean | undefined,
): Asked | undefined {
  const user = client.user.getSnapshot();
  const talking = view?.conversation !== undefined;
  // The list of what is hers has not arrived: what she consented to is not known yet.
  if (talking && user.conversations.length === 0) return undefined;
  const asked = askedOf({ settings, user, talking, open });
  if (!asked) return undefined;
  const { answered, given } = gateOf(client);
  const isKnown = (purpose: string): boolean => user.consents.some((consent) => consent.purpose === purpose);
  const fields = answered ? [] : asked.fields;
  const purposes = asked.purposes.filter(
    ({ purpose }) => isKnown(purpose) || !given.has(keyOf(purpose, asked.policyVersion)),
  );
  return fields.length + purposes.length > 0 ? { ...asked, fields, purposes } : undefined;
}

/** What stands in the composer's place as long as something is to be asked. */
export function preChat(
  view: ConversationView | undefined,
  settings: VisitorSettings,
  room: ChatRoom,
  open: boolean | undefined,
): TemplateResult | undefined {
  const { client, root } = room;
  const asked = client && pending(view, settings, client, open);
  if (!client) return undefined;
  if (!asked) {
    for (const go of gateOf(client).waiting.splice(0)) go();
    return undefined;
  }
  wear(root, looks);
  return html`<sahay-pre-chat
    .asked=${asked}
    @sahay-begin=${(event: CustomEvent<PreChatDetail>) =>
      void begin(event.currentTarget as SahayPreChat, asked, event.detail, room)}
  ></sahay-pre-chat>`;
}

/** Resolves once nothing is asked any more; what was about to begin waits for it, and the form comes to the fore. */
export function passage({ client, root }: ChatRoom): Promise<void> {
  const form = root.querySelector<SahayPreChat>('sahay-pre-chat');
  if (!form || !client) return Promise.resolve();
  form.focus();
  return new Promise((go) => void gateOf(client).waiting.push(go));
}

/** Consent first: the backend refuses a conversation that lacks it. Then what was answered begins the conversation. */
async function begin(
  form: SahayPreChat,
  asked: Asked,
  { answers, consents }: PreChatDetail,
  room: ChatRoom,
): Promise<void> {
  const client = room.client!;
  form.busy = true;
  form.problem = '';
  try {
    const { policyVersion } = asked;
    for (const { purpose, granted } of consents)
      await client.command('consent.set', { purpose, granted, policyVersion });
    const context = contextOf(answers);
    if (context) await room.begin().do?.('context.update', context);
    const gate = gateOf(client);
    gate.answered = true;
    for (const { purpose } of consents) gate.given.add(keyOf(purpose, policyVersion));
    const chat = room.root.host as SahayElement;
    chat.requestUpdate();
    chat.focus();
  } catch (error) {
    form.problem = room.locale.strings.errorUnknown;
    room.failed(error);
  } finally {
    form.busy = false;
  }
}

const contactFields = ['name', 'email', 'phone'] as const;

/** Whom to answer, apart from the rest. */
function contextOf(answers: PreChatDetail['answers']) {
  const contact = Object.fromEntries(
    contactFields.flatMap((name) => (typeof answers[name] === 'string' ? [[name, answers[name]]] : [])),
  );
  const attributes = Object.fromEntries(
    Object.entries(answers).filter(([name]) => !(contactFields as readonly string[]).includes(name)),
  );
  const hasContact = Object.keys(contact).length > 0;
  const hasAttributes = Object.keys(attributes).length > 0;
  if (!hasContact && !hasAttributes) return undefined;
  return { ...(hasContact && { contact }), ...(hasAttributes && { attributes }) };
}
