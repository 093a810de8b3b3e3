import {
  eventAudiences,
  parseStream,
  type AckFrame,
  type Command,
  type LogEvent,
  type RejectFrame,
} from '@sahay/protocol';
import {
  MemoryBackend,
  type Actor,
  type EventTarget,
  type MemoryBackendOptions,
  type NewEvent,
} from '@sahay/protocol/core';
import type { Clock } from '../clock.ts';
import { freshId } from '../ids.ts';
import type { ClientStorage, StorageReader } from '../storage/client-storage.ts';

const countKey = 'log/count';
const eventKey = (index: number): string => `log/${String(index).padStart(9, '0')}`;

/**
 * A log kept in the client's storage, one per browser. Each change is one transaction: take up what other tabs have
 * appended, decide, append. So all tabs hold the same events in the same order.
 */
export class LocalLog {
  readonly backend: MemoryBackend;
  readonly #storage: ClientStorage;
  /** The events as stored: one of each, without the copies that the backend keeps for other audiences. */
  readonly #events: LogEvent[] = [];
  readonly #outboxId = freshId('o');
  readonly #numbers = new Map<string, number>();
  /** The ids of messages by the ids their senders gave them. */
  readonly #said = new Map<string, string>();
  #arrived: LogEvent[] = [];
  #restoring: LogEvent | undefined;
  #restoredId: string | undefined;

  constructor(storage: ClientStorage, clock: Clock, policy: MemoryBackendOptions['policy']) {
    this.#storage = storage;
    this.backend = new MemoryBackend({
      tenantId: 'local',
      policy,
      now: () => (this.#restoring ? Date.parse(this.#restoring.time) : clock.now()),
      newId: (prefix) => this.#newId(prefix),
    });
    this.backend.onEvent((event) => {
      if (isOriginal(event)) this.#events.push(event);
      this.#arrived.push(event);
      if (event.type !== 'message.created') return;
      const { clientMessageId, id } = event.data.message;
      if (clientMessageId) this.#said.set(clientMessageId, id);
    });
  }

  /** Every event so far, once. */
  get events(): readonly LogEvent[] {
    return this.#events;
  }

  /** The events that came since this was last called, for every stream. */
  take(): LogEvent[] {
    return this.#arrived.splice(0);
  }

  /** Takes up what other tabs have appended. */
  catchUp(): Promise<void> {
    return this.#storage.read((reader) => this.#readNew(reader).then(() => undefined));
  }

  /**
   * Runs a command; resolves once what it led to is stored. Numbers are this page's own: one page at a time gives its
   * commands in order, and a message that is in the log already, from before a reload or from another tab, is not said twice.
   *
   * @returns the outcome, and the events that this very command led to.
   */
  execute(actor: Actor, command: Command): Promise<{ reply: AckFrame | RejectFrame; fresh: LogEvent[] }> {
    const lane = `${actor.id}/${command.conversationId ?? ''}`;
    const n = (this.#numbers.get(lane) ?? 0) + 1;
    const frame = { outboxId: `${this.#outboxId}.${actor.id}`, n, command };
    return this.#storage.write(async (writer) => {
      const stored = await this.#readNew(writer);
      const messageId = command.type === 'message.send' && this.#said.get(command.data.clientMessageId);
      if (messageId) return { reply: { ...frame, type: 'ack', lane, result: { messageId } }, fresh: [] };
      const reply = this.backend.execute(actor, frame);
      for (let index = stored; index < this.#events.length; index++)
        writer.put(eventKey(index), this.#events[index]);
      if (this.#events.length > stored) writer.put(countKey, this.#events.length);
      if (reply.type === 'ack' || !reply.problem.retryable) this.#numbers.set(lane, n);
      return { reply, fresh: this.#events.slice(stored) };
    });
  }

  async #readNew(reader: StorageReader): Promise<number> {
    const count = ((await reader.get(countKey)) as number | undefined) ?? 0;
    for (let index = this.#events.length; index < count; index++)
      this.#restore((await reader.get(eventKey(index))) as LogEvent);
    return count;
  }

  #restore(event: LogEvent): void {
    this.#restoring = event;
    this.#restoredId = event.id;
    this.backend.append([{ type: event.type, target: targetOf(event), data: event.data } as NewEvent]);
    this.#restoring = undefined;
  }

  #newId(prefix: string): string {
    if (prefix === 'ep') return 'local';
    const restored = prefix === 'e' ? this.#restoredId : undefined;
    // The first event of an append is the stored one; what the inbox makes of it gets an id of its own.
    this.#restoredId = undefined;
    return restored ?? freshId(prefix);
  }
}

/** A conversation's staff stream holds everything, its public stream copies; the inbox follows from both. */
function isOriginal({ stream }: LogEvent): boolean {
  const address = parseStream(stream);
  return address?.kind === 'user' || (address?.kind === 'conversation' && address.audience === 'staff');
}

function targetOf({ stream, type }: LogEvent): EventTarget {
  const address = parseStream(stream);
  return address?.kind === 'conversation'
    ? { kind: 'conversation', id: address.id, audience: eventAudiences[type] }
    : { kind: 'user', id: address?.id ?? '' };
}
