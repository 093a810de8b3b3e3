import type { Turn } from '@sahay/bot';
import type { AnswerTrace, Conversation, HandoffContext, Message, StaffState } from '@sahay/protocol';
import type { Store } from '../storage/store.ts';

/** How many messages back the bot looks. */
const lookBack = 30;

/** What was said and done in a conversation until now, as far as the bot cares. */
export interface ConversationSoFar {
  conversation: Conversation;
  staff: StaffState | undefined;
  /** The latest, oldest first. */
  messages: Message[];
}

/** Reads a conversation; `undefined` when there is none. */
export async function readConversation(store: Store, id: string): Promise<ConversationSoFar | undefined> {
  const conversation = await store.conversation(id);
  if (!conversation) return undefined;
  const [staff, page] = await Promise.all([store.staffState(id), store.history(id, { limit: lookBack })]);
  return { conversation, staff, messages: page.messages };
}

/** All text of a message. */
export const textOf = (message: Message): string =>
  message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');

/** The trace of a message of the bot's. */
export const traceOfMessage = ({ staff }: ConversationSoFar, messageId: string): AnswerTrace | undefined =>
  staff?.traces.findLast((trace) => trace.messageId === messageId);

/** The messages before one, as turns of a conversation. */
export function turnsBefore(soFar: ConversationSoFar, messageId: string): Turn[] {
  return before(soFar, messageId).flatMap((message): Turn[] => {
    const { role } = message.author;
    if (role === 'system' || message.status === 'deleted') return [];
    const kind = traceOfMessage(soFar, message.id)?.outcome;
    return [{ from: role, text: textOf(message), ...(role === 'bot' && kind && { kind }) }];
  });
}

/** The support side's latest message before one. */
export const askedBefore = (soFar: ConversationSoFar, messageId: string): Message | undefined =>
  before(soFar, messageId).findLast(({ author }) => author.role === 'bot' || author.role === 'agent');

/** The visitor's latest words before a message. */
export function questionBefore(soFar: ConversationSoFar, messageId: string): string | undefined {
  const message = before(soFar, messageId).findLast(
    ({ author, status }) => author.role === 'visitor' && status !== 'deleted',
  );
  return message && (textOf(message) || undefined);
}

function before({ messages }: ConversationSoFar, messageId: string): Message[] {
  const at = messages.findIndex(({ id }) => id === messageId);
  return at < 0 ? messages : messages.slice(0, at);
}

/** What the person who takes over should know. */
export function handoffContextOf(
  { conversation, staff }: ConversationSoFar,
  question: string | undefined,
): HandoffContext {
  const answered = (staff?.traces ?? []).filter(({ outcome }) => outcome === 'answer');
  const tried = [
    ...new Set(answered.flatMap(({ articles }) => articles.slice(0, 1).map(({ title }) => title))),
  ];
  const language = staff?.context.locale ?? conversation.locale;
  const page = staff?.context.page;
  return {
    ...(question && { question: question.slice(0, 2000) }),
    ...(tried.length > 0 && { tried }),
    ...(language && { language }),
    ...(page && { page }),
  };
}
