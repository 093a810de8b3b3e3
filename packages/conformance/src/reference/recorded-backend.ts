import { randomUUID } from 'node:crypto';
import {
  commandRoles,
  laneOf,
  type Attachment,
  type Cursor,
  type LogEvent,
  type Problem,
  type StreamName,
} from '@sahay/protocol';
import { MemoryBackend, type Actor, type NewEvent, type Policy } from '@sahay/protocol/core';
import type { NumberedCommand, PlainReading, Reply } from './seams.ts';
import type { Tokens } from './tokens.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { bot, tenantId } from './world.ts';

type Step = { actor: Actor; command: NumberedCommand } | { events: readonly NewEvent[] };

/** What a {@link RecordedBackend} is made of. */
export interface RecordedBackendParts {
  tenantId: string;
  /** The rules that hold now. */
  policy: () => Policy;
  clock: VirtualClock;
  tokens: Tokens;
}

/**
 * A backend in memory whose past can be brought back: everything that happened is recorded with the ids and times it
 * took, so that a backup is a length, and restoring it is doing all that again.
 */
export class RecordedBackend {
  readonly #parts: RecordedBackendParts;
  readonly #steps: Step[] = [];
  readonly #ids: string[] = [];
  readonly #times: number[] = [];
  readonly #listeners = new Set<(event: LogEvent) => void>();
  readonly #announced = new Map<string, Attachment>();
  readonly #trimmed = new Map<StreamName, number>();
  #replayed = { ids: 0, times: 0 };
  #isReplaying = false;
  backend: MemoryBackend;

  constructor(parts: RecordedBackendParts) {
    this.#parts = parts;
    this.backend = this.#make();
  }

  #make(): MemoryBackend {
    const { tenantId, policy } = this.#parts;
    const backend = new MemoryBackend({
      tenantId,
      get policy() {
        return policy();
      },
      bearerOf: (token) => this.#parts.tokens.bearer(token),
      now: () => this.#next(this.#times, 'times', () => this.#parts.clock.now()),
      newId: (prefix) => this.#next(this.#ids, 'ids', () => `${prefix}_${randomUUID().slice(0, 13)}`),
    });
    backend.onEvent((event) => {
      if (event.type === 'attachment.created')
        this.#announced.set(event.data.attachment.attachmentId, event.data.attachment);
      if (!this.#isReplaying) for (const listener of this.#listeners) listener(event);
    });
    return backend;
  }

  #next<T>(recorded: T[], kind: 'ids' | 'times', fresh: () => T): T {
    const place = this.#replayed[kind]++;
    const known = this.#isReplaying ? recorded[place] : undefined;
    if (known !== undefined) return known;
    const value = fresh();
    recorded[place] = value;
    return value;
  }

  onEvent(listener: (event: LogEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  execute(actor: Actor, command: NumberedCommand): Reply {
    this.#steps.push({ actor, command });
    return this.backend.execute(actor, command);
  }

  isKnown(type: string): boolean {
    return Object.hasOwn(commandRoles, type);
  }

  /** Uses up a command's number with a refusal, when its turn has come. */
  refuse(actor: Actor, { outboxId, n, command }: NumberedCommand, problem: Problem): Reply {
    const { conversationId } = command;
    const lane = this.isKnown(command.type) ? laneOf(command) : (conversationId ?? 'user');
    const type = 'command.void' as const;
    const data = { refused: command };
    const used = this.execute(actor, {
      outboxId,
      n,
      command: { type, data, ...(lane !== 'user' && { conversationId: lane }) },
    });
    return used.type === 'reject' ? used : { type: 'reject', outboxId, n, lane, problem };
  }

  /** Ends an answer whose producer is gone. */
  fail(messageId: string, { conversationId }: { conversationId: string }): void {
    const data = { messageId, reason: 'Its producer died.' };
    const command = { type: 'message.fail' as const, conversationId, data };
    this.execute({ ...bot, tenantId }, { outboxId: `sweep-${randomUUID()}`, n: 1, command });
  }

  /** A file that somebody announced. */
  attachment(actor: Actor, id: string): Attachment | undefined {
    const found = this.#announced.get(id);
    return found?.ownerId === actor.id ? found : undefined;
  }

  append(events: readonly NewEvent[]): void {
    this.#steps.push({ events });
    this.backend.append(events);
  }

  /** The backup of this moment. */
  get length(): number {
    return this.#steps.length;
  }

  /** Brings back a moment: what came after it is gone, and will not come the same way again. */
  restore(length: number): void {
    const steps = this.#steps.splice(0).slice(0, length);
    this.#replayed = { ids: 0, times: 0 };
    this.#isReplaying = true;
    this.backend = this.#make();
    for (const step of steps) {
      if ('events' in step) this.append(step.events);
      else this.execute(step.actor, step.command);
    }
    this.#isReplaying = false;
    this.#ids.length = this.#replayed.ids;
    this.#times.length = this.#replayed.times;
  }

  trim(stream: StreamName, seq: number): void {
    this.#trimmed.set(stream, seq);
  }

  read(stream: StreamName, cursor?: Cursor): PlainReading {
    const isGone = cursor !== undefined && cursor.seq < (this.#trimmed.get(stream) ?? 0);
    return this.backend.read(stream, isGone ? undefined : cursor);
  }
}
