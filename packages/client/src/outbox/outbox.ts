import type { AckFrame, CommandFrame, CommandResult, Limits, Problem, RejectFrame } from '@sahay/protocol';
import { backoff } from '../connection/backoff.ts';
import type { Clock } from '../clock.ts';
import { errorOf, problemOf, SahayError } from '../sahay-error.ts';
import { Lane } from './lane.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { asSent, messageKeyOf, sameEntries, sizeOf, type OutboxEntry } from './outbox-entry.ts';
import type { OutboxStore, PutRequest } from './outbox-store.ts';

/** What an outbox needs from those around it. */
export interface OutboxHooks {
  clock: Clock;
  random: () => number;
  transmit(frame: CommandFrame): void;
  /** A lane holds something else than before. */
  changed(lane: string): void;
  /** The backend has it: in its log, or about to be. */
  acknowledged(entry: OutboxEntry): void;
  /** The backend refused it for good. */
  refused(entry: OutboxEntry, problem: Problem): void;
  /** Never send again what may have arrived. */
  atMostOnce: boolean;
}

/** Keeps commands until the backend has them: stored first, sent in order, sent again under the same number. */
export class Outbox {
  readonly #store: OutboxStore;
  readonly #hooks: OutboxHooks;
  readonly #lanes = new Map<string, Lane>();
  readonly #results = new Acknowledgements();
  readonly #idle = new Set<() => void>();
  #limits: Limits | undefined;
  #online = false;
  #ended = false;
  #gone: OutboxEntry[] = [];
  #changed: OutboxEntry[] = [];
  /** Lanes whose `conversation.start` was refused: the next command puts another one. */
  #unstarted: string[] = [];
  #durable: boolean;
  /** Storage is used by one after the other, so that what is in memory never falls behind what a later step read. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: OutboxStore, hooks: OutboxHooks) {
    this.#store = store;
    this.#hooks = hooks;
    this.#durable = store.durable;
  }

  /** What a lane holds, in order: pending and parked. */
  entries(lane: string): readonly OutboxEntry[] {
    return this.#lanes.get(lane)?.entries ?? [];
  }

  /** Whether the conversation's start has yet to reach the backend. */
  isStarting(lane: string): boolean {
    return this.entries(lane).some((entry) => entry.command.type === 'conversation.start' && !entry.problem);
  }

  /** Whether anything is pending. */
  get isBusy(): boolean {
    return this.#pendingCount() > 0;
  }

  /** Stores commands and sends them when it can. Resolves once they are stored. */
  async put(
    request: Omit<PutRequest, 'lane' | 'at'>,
  ): Promise<{ entry: OutboxEntry; result: Promise<CommandResult> }> {
    const commands = request.commands.map(asSent);
    // A command's lane is its conversation's, or the user's own.
    const lane = commands[0]!.conversationId ?? 'user';
    const start = request.start && asSent(request.start);
    return this.#inTurn(async () => {
      if (this.#ended) throw ended();
      const entries = await this.#store.put({
        ...request,
        commands,
        start,
        lane,
        at: this.#hooks.clock.now(),
      });
      await this.#rehomeIfMoved();
      const state = this.#lane(lane);
      if (request.instead) state.remove(request.instead);
      state.entries = [...state.entries, ...entries];
      const entry = entries.at(-1)!;
      const result = this.#results.of(entry);
      this.#hooks.changed(lane);
      this.#drain(state);
      return { entry, result };
    });
  }

  /** Reads what is stored: at the start, and when another tab has written. */
  reload(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#ended) return;
      await this.#flushSettled();
      const stored = await this.#store.all();
      if (await this.#rehomeIfMoved()) return;
      for (const name of new Set([...stored.map((entry) => entry.lane), ...this.#lanes.keys()]))
        this.#merge(
          name,
          stored.filter((entry) => entry.lane === name),
        );
    });
  }

  /** A connection stands: sends what is pending, after a look at what other tabs did meanwhile. */
  async connected(limits: Limits | undefined): Promise<void> {
    this.#limits = limits;
    this.disconnected();
    this.#online = true;
    await this.reload();
    for (const lane of this.#lanes.values()) this.#drain(lane);
  }

  disconnected(cause?: 'frame_too_large'): void {
    this.#online = false;
    for (const lane of this.#lanes.values()) {
      const sent = lane.entries.filter((entry) => lane.inFlight.has(entry.position));
      lane.disconnected();
      if (this.#hooks.atMostOnce)
        for (const entry of sent) this.#refuse(lane, entry, problemOf(lostOnTheWay()));
      else if (cause && sent.length)
        void this.#park(
          lane,
          sent.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a)),
        );
    }
  }

  onAck({ outboxId, n, lane: name, result }: AckFrame): void {
    const lane = this.#lanes.get(name);
    const entry = lane?.find(outboxId, n);
    if (!lane || !entry) return;
    lane.attempts = 0;
    this.#settle(lane, entry);
    this.#hooks.acknowledged(entry);
    this.#results.resolve(entry, result);
    this.#answered(lane);
  }

  onReject({ outboxId, n, lane: name, problem }: RejectFrame): void {
    const lane = this.#lanes.get(name);
    const entry = lane?.find(outboxId, n);
    if (!lane || !entry) return;
    lane.inFlight.delete(entry.position);
    const first = lane.pending[0]!;
    if (problem.code === 'out_of_order') {
      // A number before all that is held: the backend lost it (a restored backup), or another tab holds it.
      if ((problem.expected ?? first.n) < first.n) lane.renumber = outboxId;
      else lane.halted = true;
    } else if (problem.code === 'payload_mismatch' || problem.code === 'outbox_conflict')
      lane.renumber = outboxId;
    else if (problem.retryable) this.#pause(lane, problem);
    else if (problem.code === 'conversation_exists' && entry.command.type === 'conversation.start') {
      this.onAck({ type: 'ack', outboxId, n, lane: name, result: { conversationId: name } });
      return;
    } else this.#refuse(lane, entry, problem);
    this.#answered(lane);
  }

  /** Takes a message out. A pending one is replaced by `command.void`, so that its number is used up. */
  discard(lane: string, key: string): Promise<void> {
    return this.#inTurn(async () => {
      const state = this.#lane(lane);
      const entry = state.entries.find((one) => messageKeyOf(one) === key);
      if (!entry) return;
      if (entry.problem) this.#settle(state, entry);
      else {
        const { conversationId } = entry.command;
        const voided: OutboxEntry = { ...entry, command: { type: 'command.void', conversationId, data: {} } };
        state.replace(voided);
        this.#changed.push(voided);
        this.#results.reject(entry, new SahayError('cancelled', 'The message was discarded.'));
      }
      await this.#flushSettled();
      this.#hooks.changed(lane);
    });
  }

  /** Resolves once nothing is pending. */
  flushed(): Promise<void> {
    return this.#pendingCount() === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.add(resolve));
  }

  /** Forgets all in memory; what is stored stays. */
  end(error: SahayError = ended()): void {
    this.#ended = true;
    this.reset(error);
  }

  /** Forgets all in memory, for a new beginning. */
  reset(error: SahayError): void {
    this.disconnected();
    const names = [...this.#lanes.keys()];
    this.#lanes.clear();
    this.#gone = [];
    this.#changed = [];
    this.#unstarted = [];
    this.#results.rejectAll(error);
    for (const name of names) this.#hooks.changed(name);
    this.#tellIfIdle();
  }

  /** Resolves once all storage work begun before has ended. */
  settled(): Promise<void> {
    return this.#inTurn(() => this.#flushSettled());
  }

  #lane(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (!lane) this.#lanes.set(name, (lane = new Lane(name)));
    return lane;
  }

  #drain(lane: Lane): void {
    if (!this.#online) return;
    for (const entry of lane.sendable()) {
      const { outboxId, n, command } = entry;
      if (this.#limits && sizeOf(entry) > this.#limits.maxFrameBytes) {
        lane.halted = true;
        void this.#park(lane, entry);
        return;
      }
      lane.inFlight.add(entry.position);
      this.#hooks.transmit({ type: 'command', outboxId, n, command });
    }
  }

  #answered(lane: Lane): void {
    this.#hooks.changed(lane.name);
    this.#tellIfIdle();
    if (lane.renumber && lane.inFlight.size === 0) void this.#renumber(lane, lane.renumber);
    else this.#drain(lane);
  }

  #pause(lane: Lane, { retryAfterMs }: Problem): void {
    const { clock, random } = this.#hooks;
    lane.halted = true;
    if (lane.pause) return;
    lane.pause = clock.after(backoff(lane.attempts++, random, retryAfterMs), () => {
      lane.pause = undefined;
      this.#drain(lane);
    });
  }

  async #renumber(lane: Lane, outboxId: string): Promise<void> {
    await this.#inTurn(() => this.#store.renumber(lane.name, outboxId));
    await this.reload();
    lane.renumber = undefined;
    this.#drain(lane);
  }

  /** What can never be transmitted: parked in sight, and its number voided. */
  async #park(lane: Lane, entry: OutboxEntry): Promise<void> {
    const problem = problemOf(
      new SahayError('frame_too_large', 'The message is too large. Send it in pieces, or as a file.'),
    );
    await this.#inTurn(() => this.#store.parkUnsent({ ...entry, problem }));
    this.#hooks.refused(entry, problem);
    this.#results.reject(entry, errorOf(problem));
    await this.reload();
    this.#drain(lane);
  }

  #refuse(lane: Lane, entry: OutboxEntry, problem: Problem): void {
    if (messageKeyOf(entry)) {
      const parked = { ...entry, problem };
      lane.replace(parked);
      this.#changed.push(parked);
      this.#later();
    } else {
      if (entry.command.type === 'conversation.start') this.#unstarted.push(lane.name);
      this.#settle(lane, entry);
    }
    this.#hooks.refused(entry, problem);
    this.#results.reject(entry, errorOf(problem));
  }

  #settle(lane: Lane, entry: OutboxEntry): void {
    lane.remove(entry);
    this.#gone.push(entry);
    this.#later();
  }

  /** What is settled leaves storage a little later, many at once: sent again, it would get its first answer again. */
  #later(): void {
    if (this.#gone.length + this.#changed.length === 1) void this.#inTurn(() => this.#flushSettled());
  }

  async #flushSettled(): Promise<void> {
    const [gone, changed, unstarted] = [this.#gone, this.#changed, this.#unstarted];
    if (gone.length + changed.length === 0) return;
    this.#gone = [];
    this.#changed = [];
    this.#unstarted = [];
    await this.#store.settle(gone, changed, unstarted);
  }

  #merge(name: string, stored: readonly OutboxEntry[]): void {
    const lane = this.#lane(name);
    const before = lane.entries;
    if (sameEntries(before, stored)) return;
    const places = new Map(stored.map((entry) => [entry.position, entry]));
    lane.entries = stored;
    for (const entry of before) {
      const now = places.get(entry.position);
      if (now?.n !== entry.n || now.outboxId !== entry.outboxId) lane.inFlight.delete(entry.position);
      if (!now && !entry.problem) this.#settledElsewhere(entry);
      else if (now?.problem && !entry.problem) this.#results.reject(entry, errorOf(now.problem));
    }
    this.#hooks.changed(name);
    this.#tellIfIdle();
    this.#drain(lane);
  }

  /** Another tab sent it and has the answer. What it led to comes as an event. */
  #settledElsewhere(entry: OutboxEntry): void {
    this.#hooks.acknowledged(entry);
    this.#results.resolve(entry, {});
  }

  /** When the browser took the storage away, what is pending moves to the new one rather than vanish. */
  async #rehomeIfMoved(): Promise<boolean> {
    if (this.#store.durable === this.#durable) return false;
    this.#durable = this.#store.durable;
    await this.#store.rehome([...this.#lanes.values()].flatMap((lane) => lane.entries));
    return true;
  }

  #pendingCount(): number {
    let count = 0;
    for (const lane of this.#lanes.values()) count += lane.pending.length;
    return count;
  }

  #tellIfIdle(): void {
    if (this.#idle.size === 0 || this.#pendingCount() > 0) return;
    for (const resolve of this.#idle) resolve();
    this.#idle.clear();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

const ended = (): SahayError => new SahayError('destroyed', 'The client was destroyed. Make another one.');
const lostOnTheWay = (): SahayError =>
  new SahayError('network', 'The connection was lost on the way. Send it again if it is not there.');
