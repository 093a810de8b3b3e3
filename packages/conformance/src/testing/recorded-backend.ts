import { randomUUID } from 'node:crypto';
import type { AckFrame, CommandFrame, Cursor, LogEvent, RejectFrame, StreamName } from '@sahay/protocol';
import { MemoryBackend, type Actor, type NewEvent, type Policy } from '@sahay/protocol/core';
import type { PlainReading } from './seams.ts';

type NumberedCommand = Pick<CommandFrame, 'outboxId' | 'n' | 'command'>;
type Step = { actor: Actor; command: NumberedCommand } | { events: readonly NewEvent[] };

/**
 * A backend in memory whose past can be brought back: everything that happened is recorded with the ids and times it
 * took, so that a backup is a length, and restoring it is doing all that again.
 */
export class RecordedBackend {
  readonly #policy: Policy;
  readonly #tenantId: string;
  readonly #now: () => number;
  readonly #steps: Step[] = [];
  readonly #ids: string[] = [];
  readonly #times: number[] = [];
  readonly #listeners = new Set<(event: LogEvent) => void>();
  readonly #trimmed = new Map<StreamName, number>();
  #replayed = { ids: 0, times: 0 };
  #isReplaying = false;
  backend: MemoryBackend;

  constructor(tenantId: string, policy: Policy, now: () => number) {
    this.#tenantId = tenantId;
    this.#policy = policy;
    this.#now = now;
    this.backend = this.#make();
  }

  #make(): MemoryBackend {
    const backend = new MemoryBackend({
      tenantId: this.#tenantId,
      policy: this.#policy,
      now: () => this.#next(this.#times, 'times', this.#now),
      newId: (prefix) => this.#next(this.#ids, 'ids', () => `${prefix}_${randomUUID().slice(0, 13)}`),
    });
    backend.onEvent((event) => {
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

  execute(actor: Actor, command: NumberedCommand): AckFrame | RejectFrame {
    this.#steps.push({ actor, command });
    return this.backend.execute(actor, command);
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
