import assert from 'node:assert/strict';
import type {
  AckFrame,
  Command,
  CommandDataMap,
  CommandResult,
  CommandType,
  Conversation,
  ErrorCode,
  EventType,
  LogEvent,
  Message,
  Part,
  Problem,
  RejectFrame,
  StreamName,
} from '../../index.ts';
import { conversationStream, defaultLimits, laneOf } from '../../index.ts';
import { MemoryBackend, type Actor, type Policy } from '../index.ts';

const tenantId = 'shop';
const actor = (id: string, role: Actor['role'], name: string): Actor => ({ id, role, name, tenantId });

export const ayesha = actor('ayesha', 'visitor', 'Ayesha');
export const badal = actor('badal', 'visitor', 'Badal');
export const rina = actor('rina', 'agent', 'Rina');
export const omar = actor('omar', 'agent', 'Omar');
export const bot = actor('bot', 'bot', 'Sahay');

export const textPart = (text: string, partId = 'p1'): Part => ({ partId, type: 'text', text });

/** A backend in memory with a clock of its own, a visitor, two agents and a bot, who number their commands. */
export class Stage {
  readonly backend: MemoryBackend;
  readonly policy: Policy;
  now = Date.parse('2026-03-01T09:30:00Z');
  readonly #numbers = new Map<string, number>();
  #messages = 0;

  constructor(policy: Partial<Policy> = {}) {
    this.policy = {
      limits: defaultLimits,
      bot: { id: 'bot', role: 'bot', name: 'Sahay' },
      greeting: () => [textPart('Hello! How can I help?')],
      ...policy,
    };
    this.backend = new MemoryBackend({
      tenantId,
      policy: this.policy,
      now: () => this.now,
      bearerOf: (token) => [ayesha, badal, rina].find(({ id }) => `token-${id}` === token),
    });
  }

  give<T extends CommandType>(
    who: Actor,
    type: T,
    data: CommandDataMap[T],
    conversationId: string | undefined = 'c1',
  ): AckFrame | RejectFrame {
    const command = { type, conversationId, data } as Command;
    const lane = `${who.id}.${laneOf(command)}`;
    const n = (this.#numbers.get(lane) ?? 0) + 1;
    const outboxId = `outbox-${who.id}`;
    const reply = this.backend.execute(who, { outboxId, n, command });
    if (reply.type === 'ack' || !reply.problem.retryable) this.#numbers.set(lane, n);
    return reply;
  }

  /** Gives a command that must be accepted; returns its result. */
  ok<T extends CommandType>(
    who: Actor,
    type: T,
    data: CommandDataMap[T],
    conversationId?: string,
  ): CommandResult {
    const reply = this.give(who, type, data, conversationId);
    if (reply.type === 'reject') assert.fail(`${type}: ${reply.problem.code}, ${reply.problem.detail ?? ''}`);
    return reply.result;
  }

  /** Gives a command that must be refused and change nothing; returns why. */
  refused<T extends CommandType>(
    who: Actor,
    type: T,
    data: CommandDataMap[T],
    conversationId?: string,
  ): Problem {
    const before = this.backend.read(conversationStream(conversationId ?? 'c1', 'staff')).subscribed.headSeq;
    const reply = this.give(who, type, data, conversationId);
    if (reply.type === 'ack') assert.fail(`${type} was accepted.`);
    const after = this.backend.read(conversationStream(conversationId ?? 'c1', 'staff')).subscribed.headSeq;
    assert.equal(after, before, `${type} was refused, and yet changed something.`);
    return reply.problem;
  }

  /** The code a command is refused with. */
  code<T extends CommandType>(
    who: Actor,
    type: T,
    data: CommandDataMap[T],
    conversationId?: string,
  ): ErrorCode {
    return this.refused(who, type, data, conversationId).code as ErrorCode;
  }

  /** Gives a command that must be accepted and change nothing. */
  noop<T extends CommandType>(who: Actor, type: T, data: CommandDataMap[T], conversationId?: string): void {
    const before = this.log('staff', conversationId).length;
    this.ok(who, type, data, conversationId);
    assert.equal(this.log('staff', conversationId).length, before, `${type} should have changed nothing.`);
  }

  start(who = ayesha, conversationId = 'c1'): void {
    this.ok(who, 'conversation.start', { locale: 'en' }, conversationId);
  }

  /** Says something in plain text; returns the message's id. */
  says(who: Actor, text: string, conversationId?: string): string {
    return this.sends(who, [textPart(text)], conversationId);
  }

  sends(who: Actor, parts: Part[], conversationId?: string): string {
    const clientMessageId = `${who.id}-${++this.#messages}`;
    return this.ok(who, 'message.send', { clientMessageId, parts }, conversationId).messageId ?? '';
  }

  /** The code with which parts cannot be sent. */
  cannotSend(who: Actor, parts: Part[], conversationId?: string): ErrorCode {
    return this.code(
      who,
      'message.send',
      { clientMessageId: `${who.id}-${++this.#messages}`, parts },
      conversationId,
    );
  }

  streams(who: Actor, parts: Part[] = []): string {
    const clientMessageId = `${who.id}-${++this.#messages}`;
    return this.ok(who, 'message.send', { clientMessageId, parts, status: 'streaming' }).messageId ?? '';
  }

  /** Puts a file that the visitor, or another, owns and that has arrived. */
  uploads(who: Actor, attachmentId: string, mediaType = 'image/png'): void {
    this.ok(who, 'attachment.create', { attachmentId, name: `${attachmentId}.bin`, mediaType, size: 10 });
    this.ok(who, 'attachment.complete', { attachmentId });
  }

  conversation(id = 'c1'): Conversation {
    return this.backend.conversation(id)?.conversation ?? assert.fail(`There is no conversation ${id}.`);
  }

  message(id: string, conversationId = 'c1'): Message {
    return (
      this.backend.conversation(conversationId)?.message(id) ?? assert.fail(`There is no message ${id}.`)
    );
  }

  log(audience: 'public' | 'staff', conversationId = 'c1'): LogEvent[] {
    return this.logOf(conversationStream(conversationId, audience));
  }

  logOf(stream: StreamName): LogEvent[] {
    const { epoch } = this.backend.read(stream).subscribed;
    return this.backend.read(stream, { stream, epoch, seq: 0 }).events;
  }

  types(audience: 'public' | 'staff', from = 0, conversationId?: string): EventType[] {
    return this.log(audience, conversationId)
      .slice(from)
      .map((event) => event.type);
  }

  passes(ms: number): void {
    this.now += ms;
  }
}
