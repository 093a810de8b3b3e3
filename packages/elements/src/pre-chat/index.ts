import type { ConversationHandle, ConversationView, MessageView, SupportClient } from '@sahay/client';
import type { VisitorSettings } from '@sahay/protocol';
import { css, html, type TemplateResult } from 'lit';
import '../define/pre-chat.ts';
import type { ChatRoom } from '../chat/later.ts';
import { keepContact, knownContact, type KnownContact } from '../contact/known-contact.ts';
import { PerPerson } from '../contact/per-person.ts';
import { isUnreachable } from '../internal/is-unreachable.ts';
import type { SahayElement } from '../internal/sahay-element.ts';
import { load, wear } from '../message/lazy-renderers.ts';
import { askedOf, type Asked } from './asked.ts';
import type { PreChatDetail, SahayPreChat } from './pre-chat.ts';

/* What a visitor is asked before she may write. It stands in the composer's place, and whatever else would begin waits for it. */

const keyOf = (purpose: string, policyVersion: string): string => `${policyVersion}/${purpose}`;

interface Gate {
  /** Whether it is known what this browser holds: before that, nobody knows whether she began already. */
  ready: boolean;
  /** Whether the fields were answered, also by leaving them empty. */
  answered: boolean;
  /** Whether the backend refused something because answers were missing. */
  refused: boolean;
  /** Consents that were given here, until the backend tells of them itself. */
  readonly given: Set<string>;
  waiting: { go: (on: boolean) => void; start?: Start | undefined }[];
  start?: Start | undefined;
}

/** Begins the conversation that the answers belong to, where more than its first command is to be told of it. */
export interface Start {
  readonly conversationId: string;
  /** After the consent and before the answers; may be called again. */
  begin(): Promise<unknown>;
}

/** What one was asked and consented to says nothing of who comes after her. */
const gates = new PerPerson<Gate>(() => ({
  ready: false,
  answered: false,
  refused: false,
  given: new Set(),
  waiting: [],
}));

const gateOf = (client: SupportClient): Gate => gates.of(client);

/** What was refused because something had not been asked: with the answers it will be heard. */
const refusals: ReadonlySet<unknown> = new Set(['answers_required', 'consent_required']);
/** Whether a command was refused because something has to be asked first. */
export const needsAnswers = (error: unknown): boolean =>
  refusals.has((error as { code?: unknown } | undefined)?.code);
/** Refused messages stand at the end; more of them than this are not looked through. */
const mostRefused = 50;

const looks = css`
  sahay-pre-chat {
    flex: none;
  }
`;

/** Her messages that were refused, oldest first. */
function refusedIn(view: ConversationView | undefined): readonly MessageView[] {
  const { messages } = view ?? {};
  if (!messages) return [];
  return messages
    .slice(Math.max(0, messages.length - mostRefused), messages.length)
    .filter(({ problem }) => problem);
}

function pending(
  view: ConversationView | undefined,
  settings: VisitorSettings,
  client: SupportClient,
  open: boolean | undefined,
): Asked | undefined {
  const user = client.user.getSnapshot();
  const { answered, given, refused } = gateOf(client);
  const isRefused = refused || refusedIn(view).some(({ problem }) => problem?.code === 'answers_required');
  // One that is stored here and has not arrived is one that goes on.
  const talking = view !== undefined && (view.conversation !== undefined || view.phase === 'loading');
  // The list of what is hers has not arrived: what she consented to is not known yet.
  if (talking && user.conversations.length === 0 && !isRefused) return undefined;
  const asked = askedOf({ settings, user, talking, refused: isRefused, open });
  if (!asked) return undefined;
  const isKnown = (purpose: string): boolean => user.consents.some((consent) => consent.purpose === purpose);
  const fields = answered && !isRefused ? [] : asked.fields;
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
  if (!client) return undefined;
  const gate = gateOf(client);
  const redraw = (): void => (root.host as SahayElement).requestUpdate();
  if (!gate.ready) {
    void client.ready.then(() => {
      gate.ready = true;
      redraw();
    });
    return html``;
  }
  // Whoever has a session is about to be told what she consented to and began: a form would only flash.
  const { connection, user } = client;
  const isAbout = !view && connection.getSnapshot().state === 'connecting' && !user.getSnapshot().participant;
  if (isAbout && !gate.answered && !root.querySelector('sahay-pre-chat')) return html``;
  leaveStart(gate, room.handle?.id);
  const asked = pending(view, settings, client, open);
  if (!asked) {
    for (const { go } of gate.waiting.splice(0)) go(true);
    return undefined;
  }
  wear(root, looks);
  return html`<sahay-pre-chat
    .asked=${asked}
    .known=${knownContact(client, redraw)}
    @sahay-begin=${(event: CustomEvent<PreChatDetail>) =>
      void begin(event.currentTarget as SahayPreChat, asked, event.detail, room)}
  ></sahay-pre-chat>`;
}

/** What she answers in another conversation does not begin the one that she has left. */
function leaveStart(gate: Gate, shown: string | undefined): void {
  const { start } = gate;
  if (!start || start.conversationId === shown) return;
  gate.start = undefined;
  const left = gate.waiting.filter((one) => one.start === start);
  gate.waiting = gate.waiting.filter((one) => one.start !== start);
  for (const { go } of left) go(false);
}

/**
 * Resolves once nothing is asked any more; what was about to begin waits for it, and the form comes to the fore.
 *
 * @param start begins the conversation that is shown
 * @returns whether to go on: not where she went to another conversation than the one that was to begin
 */
export async function passage({ client, root }: ChatRoom, start?: Start): Promise<boolean> {
  const chat = root.host as SahayElement;
  if (!client) return true;
  // A window that has just come may not have drawn what is asked yet.
  await Promise.all([client.ready, load('begin')]);
  gateOf(client).ready = true;
  chat.requestUpdate();
  await chat.updateComplete;
  const form = root.querySelector<SahayPreChat>('sahay-pre-chat');
  if (!form) return true;
  form.focus();
  const gate = gateOf(client);
  gate.start = start ?? gate.start;
  return new Promise<boolean>((go) => void gate.waiting.push({ go, start }));
}

/**
 * Something was refused because answers or a consent are missing: the form comes. Resolves once it was answered, so that it can be tried
 * again; at once when there is nothing to ask, since then trying again would not help.
 *
 * @returns whether to try again
 */
export async function askAfter(error: unknown, room: ChatRoom): Promise<boolean> {
  const { client, root } = room;
  if (!client || !needsAnswers(error)) return false;
  const gate = gateOf(client);
  gate.refused ||= (error as { code: unknown }).code === 'answers_required';
  const chat = root.host as SahayElement;
  chat.requestUpdate();
  await chat.updateComplete;
  if (!root.querySelector('sahay-pre-chat')) return false;
  await passage(room);
  return true;
}

/** Her data was deleted, her answers with it. */
export function askAnew(client: SupportClient): void {
  gates.forget(client);
}

/** Consent first: the backend refuses a conversation that lacks it. Then what was answered begins the conversation, and what was refused is said again. */
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
    const gate = gateOf(client);
    await gate.start?.begin();
    gate.start = undefined;
    const context = contextOf(answers);
    if (context) await room.begin().do?.('context.update', context);
    if (context?.contact) await keepContact(client, context.contact);
    gate.answered = true;
    gate.refused = false;
    for (const { purpose } of consents) gate.given.add(keyOf(purpose, policyVersion));
    await sayAgain(room.handle);
    const chat = room.root.host as SahayElement;
    chat.requestUpdate();
    chat.focus();
  } catch (error) {
    // Said where she looks; once is enough.
    form.problem = room.locale.strings[isUnreachable(error) ? 'errorUnreachable' : 'errorUnknown'];
    room.failed(error, '');
  } finally {
    form.busy = false;
  }
}

/** What she wrote before she was asked need not be sent again by hand. */
async function sayAgain(handle: ConversationHandle | undefined): Promise<void> {
  for (const { key, problem } of refusedIn(handle?.getSnapshot()))
    // Behind a conversation that was not begun for want of consent, nothing else could be found.
    if (needsAnswers(problem) || problem?.code === 'not_found') await handle?.retry(key);
}

const contactFields = ['name', 'email', 'phone'] as const;

/** Whom to answer, apart from the rest. */
function contextOf(answers: PreChatDetail['answers']) {
  const contact: KnownContact = Object.fromEntries(
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
