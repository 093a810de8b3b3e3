import { randomUUID } from 'node:crypto';
import {
  conversationStream,
  type Command,
  type CommandDataMap,
  type CommandType,
  type Cursor,
  type Id,
  type Part,
  type Participant,
  type Problem,
  type StreamName,
} from '@sahay/protocol';
import { must } from './finding.ts';
import type { FrameOf } from './wire/frame-log.ts';
import type { Answer, ApiRequest, HttpApi } from './wire/http-api.ts';
import type { Peer, Reading, Reply } from './wire/peer.ts';

/** What a {@link Person} needs of the world. */
export interface PersonParts {
  api: HttpApi;
  token: string;
  /** Opens a line and says hello on it. */
  connect(token: string): Promise<Peer>;
}

/** The longest wait that a refusal may ask for before a check gives up, in ms. */
const longestWait = 30_000;

/** Somebody who speaks the protocol: one token, one outbox, one connection that is opened when it is first needed. */
export class Person {
  token: string;
  outboxId: string = `outbox-${randomUUID()}`;
  readonly #parts: PersonParts;
  readonly #numbers = new Map<string, number>();
  #peer: Promise<Peer> | undefined;

  constructor(parts: PersonParts) {
    this.#parts = parts;
    this.token = parts.token;
  }

  /** The connection; a new one when the last has ended. */
  async peer(): Promise<Peer> {
    const current = await this.#peer;
    if (current?.isOpen) return current;
    this.#peer = this.#parts.connect(this.token);
    return this.#peer;
  }

  /** A further connection of the same person. */
  another(): Promise<Peer> {
    return this.#parts.connect(this.token);
  }

  /** Who the backend says that this is. */
  async participant(): Promise<Participant> {
    const peer = await this.peer();
    return (await peer.next('welcome')).participant;
  }

  /** Closes the connection; the next action opens another. */
  async reconnect(): Promise<Peer> {
    (await this.#peer)?.cut();
    this.#peer = undefined;
    return this.peer();
  }

  /** The number that the next command of a lane takes; it is used up. */
  take(lane: string): number {
    const n = (this.#numbers.get(lane) ?? 0) + 1;
    this.#numbers.set(lane, n);
    return n;
  }

  /** Gives a command under the next number of its lane. A refusal that says "later" is waited for, and tried again. */
  async give<T extends CommandType>(type: T, data: CommandDataMap[T], conversationId?: Id): Promise<Reply> {
    const n = this.take(conversationId ?? 'user');
    return this.numbered(n, commandOf(type, data, conversationId));
  }

  /** The same under a number of one's choice. */
  async numbered(n: number, command: Command): Promise<Reply> {
    for (;;) {
      const reply = await (await this.peer()).command(this.outboxId, n, command);
      if (reply.type === 'ack' || reply.problem.code !== 'rate_limited') return reply;
      const wait = reply.problem.retryAfterMs ?? 1000;
      must(wait <= longestWait, 'a refusal that does not ask to wait for ever', reply.problem);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  /** Gives a command that must be accepted. */
  async does<T extends CommandType>(
    type: T,
    data: CommandDataMap[T],
    conversationId?: Id,
  ): Promise<FrameOf<'ack'>> {
    const reply = await this.give(type, data, conversationId);
    must(reply.type === 'ack', `${type} to be accepted`, reply);
    return reply;
  }

  /** Gives a command that must be refused with a code. */
  async isRefused<T extends CommandType>(
    code: string | readonly string[],
    type: T,
    data: CommandDataMap[T],
    conversationId?: Id,
  ): Promise<Problem> {
    const reply = await this.give(type, data, conversationId);
    const codes = typeof code === 'string' ? [code] : code;
    must(
      reply.type === 'reject' && codes.includes(reply.problem.code),
      `${type} to be refused as ${codes.join(' or ')}`,
      reply,
    );
    return reply.problem;
  }

  /** Begins a conversation; returns its id. */
  async begins(data: Partial<CommandDataMap['conversation.start']> = {}): Promise<Id> {
    const conversationId = `c-${randomUUID()}`;
    await this.does('conversation.start', { locale: 'en', ...data }, conversationId);
    return conversationId;
  }

  /** Says something; returns the message's id. */
  async says(text: string, conversationId: Id): Promise<Id> {
    const { result } = await this.does('message.send', messageOf(text), conversationId);
    must(result.messageId !== undefined, 'the id of the message in the result', result);
    return result.messageId;
  }

  /** Reads a stream on the person's connection. */
  async reads(stream: StreamName, cursor?: Cursor): Promise<Reading> {
    const reading = await (await this.peer()).subscribe(stream, cursor);
    if (cursor) reading.expectedFrom = cursor.seq + 1;
    return reading;
  }

  /** Reads what everybody in a conversation reads. */
  readsPublic(conversationId: Id, cursor?: Cursor): Promise<Reading> {
    return this.reads(conversationStream(conversationId, 'public'), cursor);
  }

  ask(path: string, request: ApiRequest = {}): Promise<Answer> {
    return this.#parts.api.ask(path, { token: this.token, ...request });
  }
}

/** A message of plain text, under a fresh `clientMessageId`. */
export function messageOf(text: string): CommandDataMap['message.send'] {
  const parts: Part[] = [{ partId: 'text', type: 'text', text }];
  return { clientMessageId: randomUUID(), parts };
}

/** A command as it goes into a frame. */
export function commandOf<T extends CommandType>(
  type: T,
  data: CommandDataMap[T],
  conversationId?: Id,
): Command {
  return { type, data, ...(conversationId !== undefined && { conversationId }) } as Command;
}
