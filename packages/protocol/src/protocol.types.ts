// Read by the compiler alone: what the types must allow, and what they must not. Nothing here runs or is exported.
import type {
  ClientFrame,
  Command,
  CommandDataMap,
  CommandType,
  EventType,
  LogEvent,
  Message,
  Part,
  ServerFrame,
  Signal,
  Snapshot,
} from './index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Expect<T extends true> = T;

/** An event's data follows from its type. */
export function narrowedByType(event: LogEvent): string | undefined {
  switch (event.type) {
    case 'message.created':
      return event.data.message.author.name;
    case 'assignment.changed':
      return event.data.assignment.controlledBy;
    case 'note.added':
      // @ts-expect-error a note has no message
      void event.data.message;
      return event.data.note.text;
    default:
      return undefined;
  }
}

/** Once every type was handled, none is left. */
export function exhausted(part: Part): string {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'quote':
      return part.text;
    case 'image':
    case 'file':
    case 'audio':
    case 'video':
    case 'tool_status':
      return part.name;
    case 'card':
      return part.card.title;
    case 'carousel':
      return part.cards.map((card) => card.title).join();
    case 'citation':
      return part.title;
    case 'form':
      return part.title ?? '';
    case 'location':
      return part.label ?? '';
    case 'model3d':
      return part.alt;
    case 'quick_replies':
      return part.options.map((option) => option.label).join();
    case 'survey':
      return part.surveyId;
    case 'notice':
      return part.kind;
    default: {
      const other: `x-${string}` = part.type;
      return other + part.fallbackText;
    }
  }
}

/** Each frame is told by its type, and none is forgotten. */
export function everyServerFrame(frame: ServerFrame): string {
  switch (frame.type) {
    case 'welcome':
      return frame.participant.id;
    case 'subscribed':
    case 'problem':
      return frame.stream ?? '';
    case 'event':
      return frame.event.id;
    case 'signal':
      return frame.signal.type;
    case 'ack':
      return frame.result.messageId ?? '';
    case 'reject':
      return frame.problem.code;
    case 'pong':
      return '';
    default: {
      const none: never = frame;
      return none;
    }
  }
}

/** A snapshot's kind tells what is in it. */
export const staffOf = (snapshot: Snapshot): number | undefined =>
  snapshot.kind === 'conversation' ? snapshot.staff?.notes.length : undefined;

/** Generic over one type, as the client's typed listeners are. */
export type Assertions = [
  Expect<Equal<LogEvent<'conversation.reopened'>['data'], { by: string }>>,
  Expect<Equal<LogEvent['type'], EventType>>,
  Expect<Equal<Command['type'], CommandType>>,
  Expect<Equal<Command<'note.add'>['data'], CommandDataMap['note.add']>>,
  Expect<
    Equal<
      ClientFrame['type'],
      'hello' | 'token' | 'subscribe' | 'unsubscribe' | 'command' | 'signal' | 'ping'
    >
  >,
  Expect<Equal<Message['status'], 'streaming' | 'complete' | 'failed' | 'cancelled' | 'deleted'>>,
];

/** Right. */
export const sent: Command<'message.send'> = {
  type: 'message.send',
  conversationId: 'c1',
  data: { clientMessageId: 'cm1', parts: [{ partId: 'p1', type: 'text', text: 'Hello' }] },
};

/** A vendor's own part has a text to fall back on. */
export const vendor: Part = { partId: 'p1', type: 'x-acme.map', fallbackText: 'Seat 12A', rows: [1, 2] };

export const wrong: unknown[] = [
  // @ts-expect-error without a clientMessageId
  { type: 'message.send', data: { parts: [] } } satisfies Command,
  // @ts-expect-error no such command
  { type: 'message.shout', data: {} } satisfies Command,
  // @ts-expect-error no such status
  { type: 'agent.status', data: { status: 'busy' } } satisfies Command,
  // @ts-expect-error a text part has a text
  { partId: 'p1', type: 'text' } satisfies Part,
  // @ts-expect-error a vendor's part has a fallback
  { partId: 'p1', type: 'x-acme' } satisfies Part,
  // @ts-expect-error parts of unknown types are a vendor's
  { partId: 'p1', type: 'hologram', fallbackText: '' } satisfies Part,
  // @ts-expect-error data of another signal
  { type: 'typing', data: { participantId: 'a', online: true } } satisfies Signal,
  // @ts-expect-error numbers are numbers
  { type: 'command', outboxId: 'o1', n: '1', command: sent } satisfies ClientFrame,
];
