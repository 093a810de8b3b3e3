import type { AckFrame, CommandFrame, CommandResult, Problem, RejectFrame } from '@sahay/protocol';
import type { Clock } from '../clock.ts';
import type { ClientEnvironment } from '../environment.ts';
import { SahayError } from '../sahay-error.ts';
import { subjectKey } from '../session/subject.ts';
import type { ClientStorage, StorageReader, StorageWriter } from '../storage/client-storage.ts';
import type { DrainLock } from './drain-lock.ts';
import type { Late } from '../store/late.ts';
import { Lane } from './lane.ts';
import { asSent, frameOf, sizeOf, type OutboxEntry } from './outbox-entry.ts';
import { entryKey, entryPrefix, list, outboxKey } from './outbox-keys.ts';
import { take, type PutRequest } from './take.ts';
import type * as Trouble from './trouble.ts';

/** What an outbox needs from those around it. */
export interface OutboxHost {
  /** Names what the tabs of a browser share. */
  namespace: string;
  storage: ClientStorage;
  clock: Clock;
  environment: ClientEnvironment;
  random: () => number;
  /** Never send again what may have arrived. */
  atMostOnce: boolean;
  transmit(frame: CommandFrame): void;
  /** Who the backend has said this is. */
  me(): string | undefined;
  /** Whether nobody has said yet whose it is what this tab takes. */
  isUnclaimed(): boolean | undefined;
  /** What comes with the reserve. */
  late(): Partial<Late> | undefined;
  /** A lane holds something else than before. */
  changed(lane: string): void;
  /** The backend has it: in its log, or about to be. */
  acknowledged(entry: OutboxEntry): void;
  /** Another tab was told that the backend has what left this lane. */
  settledElsewhere(lane: string): void;
  /** The backend refused it for good. */
  refused(entry: OutboxEntry, problem: Problem): void;
  /** Something here went wrong that nobody waits for. */
  failed(error: unknown): void;
}

/** Why a tab's session is over. */
export type Lost = 'logged_out' | 'subject_changed' | undefined;
export type Write = (writer: StorageWriter) => unknown;
/** Who waits to hear what became of a command. */
export type Waiter = {
  resolve: (result: CommandResult | Promise<CommandResult>) => void;
  reject: (error: SahayError) => void;
};

/** Keeps commands until the backend has them: stored first, sent in order, sent again under the same number. */
export class Outbox {
  declare readonly host: OutboxHost;
  readonly #lanes = new Map<string, Lane>();
  /** Who waits to hear what became of an entry, by its key, which stays when it is numbered anew. */
  readonly waiters = new Map<string, Waiter>();
  /** Absent until it has been loaded: several tabs that drain do each other no harm. */
  #lock: DrainLock | undefined;
  #writes: Write[] = [];
  #maxFrameBytes = Infinity;
  #online = false;
  #ended: SahayError | undefined;
  /** Hear that nothing is pending any more. */
  readonly #whenIdle: (() => void)[] = [];
  #durable: boolean;
  /** Storage is used by one after the other, so that what is in memory never falls behind what a later step read. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(host: OutboxHost) {
    this.host = host;
    this.#durable = host.storage.durable;
  }

  /** What a lane holds, in order: pending and parked. */
  entries(lane: string): readonly OutboxEntry[] {
    return this.#lanes.get(lane)?.entries ?? [];
  }

  get lanes(): string[] {
    return [...this.#lanes.keys()];
  }

  /** Whether the conversation's start has yet to reach the backend. */
  isStarting(lane: string): boolean {
    return this.entries(lane).some(
      ({ command, problem }) => command.type === 'conversation.start' && !problem,
    );
  }

  /** Whether anything is pending. */
  get isBusy(): boolean {
    return [...this.#lanes.values()].some((lane) => lane.pending.length > 0);
  }

  /** Stores a command and sends it when it can. Resolves once it is stored. */
  async put(request: PutRequest): Promise<{ entry: OutboxEntry; result: Promise<CommandResult> }> {
    const { clock, isUnclaimed } = this.host;
    const command = asSent(request.command);
    const start = request.start && asSent(request.start);
    // A command's lane is its conversation's, or the user's own.
    const name = command.conversationId ?? 'user';
    return this.inTurn(async () => {
      if (this.#ended) throw this.#ended;
      const lane = this.lane(name);
      const plain = { ...request, command, start };
      const entries = await (isUnclaimed()
        ? (await import('../known.ts')).takeAlone(this, lane, plain)
        : this.#write((writer) => take(writer, name, clock.now(), plain)));
      if (!entries) throw new SahayError('cancelled', 'Somebody else is signed in now.');
      if (request.instead) lane.remove(request.instead);
      lane.entries = [...lane.entries, ...entries];
      const entry = entries.at(-1)!;
      const result = new Promise<CommandResult>((resolve, reject) =>
        this.waiters.set(entryKey(entry), { resolve, reject }),
      );
      // Whoever does not await it still sees the refusal: parked in the lane, and as a problem event.
      result.catch(() => undefined);
      this.changed(lane);
      return { entry, result };
    });
  }

  /** Reads what is stored: at the start, and when another tab has written. Resolves with why nothing of it is this tab's. */
  reload(): Promise<Lost> {
    return this.inTurn(async () => {
      if (this.#ended) return undefined;
      await this.#flush();
      const { storage } = this.host;
      const [lost, stored] = await storage.read(
        async (reader) => [await this.#lost(reader), await list(reader, entryPrefix)] as const,
      );
      if (storage.durable !== this.#durable) return void (await this.#write(() => undefined));
      if (lost) return lost;
      for (const { lane } of stored) this.lane(lane);
      for (const lane of this.#lanes.values())
        this.#merge(
          lane,
          stored.filter((entry) => entry.lane === lane.name),
        );
      return undefined;
    });
  }

  /** A connection stands: sends what is pending, after a look at what other tabs did meanwhile. */
  async connected(maxFrameBytes = Infinity): Promise<void> {
    this.#maxFrameBytes = maxFrameBytes;
    this.#online = true;
    await this.reload();
    this.#drainAll();
  }

  /** @param tooLarge whether the backend closed the connection because of a frame's size. */
  disconnected(tooLarge = false): void {
    this.#online = false;
    this.#lock?.release();
    for (const lane of this.#lanes.values()) {
      const sent = lane.entries.filter((entry) => lane.inFlight.has(entry.position));
      lane.disconnected();
      if (sent.length && (tooLarge || this.host.atMostOnce))
        this.#solve(lane, ({ lostOnTheWay }) => lostOnTheWay(this, lane, sent, tooLarge));
    }
  }

  /** What the backend says to a command. */
  onReply(frame: AckFrame | RejectFrame): void {
    const lane = this.#lanes.get(frame.lane);
    const entry = lane?.find(frame.outboxId, frame.n);
    if (!lane || !entry) return;
    if (frame.type === 'ack') {
      lane.attempts = 0;
      return this.settle(lane, entry, frame.result);
    }
    const first = lane.pending[0]!.n;
    lane.inFlight.delete(entry.position);
    this.#solve(lane, ({ onReject }) => onReject(this, lane, entry, frame.problem, first));
  }

  /** Resolves once nothing is pending. */
  async flushed(): Promise<void> {
    if (this.isBusy) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  /** Resolves once all storage work begun before has ended. */
  settled(): Promise<void> {
    return this.inTurn(() => this.#flush());
  }

  /** Forgets all in memory; what is stored stays. */
  end(error: SahayError): void {
    this.#ended = error;
    this.#online = false;
    this.#lock?.release();
    for (const lane of this.#lanes.values()) lane.disconnected();
    this.#lanes.clear();
    this.#writes = [];
    for (const { reject } of this.waiters.values()) reject(error);
    this.waiters.clear();
    this.#tellIfIdle();
  }

  /** Most outboxes never need it. Until it has come and done its work, nothing leaves the lane. */
  #solve(lane: Lane, work: (trouble: typeof Trouble) => unknown): void {
    let current = true;
    const block = () => (current = false);
    lane.blocks.add(block);
    lane.halted = true;
    import('../reserve.ts')
      // What a connection said that is gone is said again by the next one.
      .then(({ trouble }) => current && work(trouble))
      .then(
        () => lane.blocks.delete(block) && this.changed(lane),
        (error: unknown) => this.host.failed(error),
      );
  }

  /** A lane by its name; made when it is new. */
  lane(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (!lane) this.#lanes.set(name, (lane = new Lane(name)));
    return lane;
  }

  changed(lane: Lane): void {
    this.host.changed(lane.name);
    this.#tellIfIdle();
    const { renumber, inFlight } = lane;
    if (renumber === undefined || inFlight.size)
      return lane.name === 'user' ? this.#drainAll() : this.#drain(lane);
    lane.renumber = undefined;
    this.#solve(lane, ({ numberAnew }) => numberAnew(this, lane, renumber));
  }

  /** Whoever signs in gives her conversations' commands once they are hers. */
  get #isLinking(): boolean {
    return this.entries('user').some(({ command, problem }) => command.type === 'identity.link' && !problem);
  }

  #drainAll(): void {
    for (const lane of this.#lanes.values()) this.#drain(lane);
  }

  #drain(lane: Lane): void {
    if (!this.#online || (lane.name !== 'user' && this.#isLinking)) return;
    for (const entry of lane.sendable()) {
      // Who cannot share what is stored has an outbox of its own.
      if (this.#durable && this.#takeTurns()?.mustWait()) return;
      if (sizeOf(entry) > this.#maxFrameBytes)
        return this.#solve(lane, ({ parkLargest }) => parkLargest(this, [entry]));
      lane.inFlight.add(entry.position);
      this.host.transmit(frameOf(entry));
    }
  }

  /** The lock of the tabs that drain, once it has been loaded. */
  #takeTurns(): DrainLock | undefined {
    const { DrainLock } = this.host.late() ?? {};
    return (this.#lock ??= DrainLock && new DrainLock(this.host, () => this.#drainAll()));
  }

  settle(lane: Lane, entry: OutboxEntry, result?: CommandResult): void {
    lane.remove(entry);
    this.later(
      this.host.late()?.leaveResult?.(this, entry, result) ?? ((writer) => writer.delete(entryKey(entry))),
    );
    this.#acknowledged(entry, result);
    this.changed(lane);
  }

  /** The backend has it, as this tab heard or another one, which has left the result. What it led to comes as an event. */
  #acknowledged(entry: OutboxEntry, result?: CommandResult): void {
    this.host.acknowledged(entry);
    this.waiterOf(entry)?.resolve(
      result ??
        import('../reserve.ts').then(
          ({ resultLeft }) => resultLeft(this, entry),
          () => ({}),
        ),
    );
  }

  /** Who waits to hear of an entry; from then on nobody does. */
  waiterOf(entry: OutboxEntry): Waiter | undefined {
    const key = entryKey(entry);
    const waiter = this.waiters.get(key);
    this.waiters.delete(key);
    return waiter;
  }

  /** What is settled leaves storage a little later, many at once: sent again, it would get its first answer again. */
  later(write: Write): void {
    if (this.#writes.push(write) === 1) void this.settled();
  }

  async #flush(): Promise<void> {
    const writes = this.#writes;
    this.#writes = [];
    if (writes.length === 0) return;
    await this.#write(async (writer) => {
      for (const write of writes) await write(writer);
    });
  }

  /** Changes what is stored, if it is still this tab's; `false` when it is not. */
  #write<T>(work: (writer: StorageWriter) => T | Promise<T>): Promise<T | false> {
    const { storage } = this.host;
    return storage.write(async (writer) => {
      // When the browser took the storage away, what is pending moves to the new one first, rather than vanish.
      if (storage.durable !== this.#durable) {
        await (await import('../reserve.ts')).trouble.rehome(writer, this.#lanes.values());
        this.#durable = storage.durable;
      }
      return !(await this.#lost(writer)) && work(writer);
    });
  }

  /** Why what is stored is not this tab's any more, in the moment before it hears of that; `undefined` while it is. */
  async #lost(reader: StorageReader): Promise<Lost> {
    const { me, storage } = this.host;
    const subject = await reader.get(subjectKey);
    const id = me();
    if (!storage.durable || (id ? subject === id : !this.isBusy || (await reader.get(outboxKey))))
      return undefined;
    return subject ? 'subject_changed' : 'logged_out';
  }

  #merge(lane: Lane, stored: readonly OutboxEntry[]): void {
    const { entries, inFlight } = lane;
    const gone = new Map(entries.map((entry) => [entry.position, entry]));
    const now = stored.map((entry) => {
      const { position, outboxId, n, problem } = entry;
      const held = gone.get(position);
      gone.delete(position);
      if (held && versionOf(held) === versionOf(entry)) return held;
      if (held?.n !== n || held.outboxId !== outboxId) inFlight.delete(position);
      if (held && problem)
        this.#solve(lane, ({ refusedElsewhere }) => refusedElsewhere(this, entry, problem));
      return entry;
    });
    if (!gone.size && now.length === entries.length && now.every((entry, at) => entry === entries[at]))
      return;
    lane.entries = now;
    for (const entry of gone.values()) {
      inFlight.delete(entry.position);
      if (!entry.problem) this.#acknowledged(entry);
    }
    if (gone.size) this.host.settledElsewhere(lane.name);
    this.changed(lane);
  }

  #tellIfIdle(): void {
    if (this.isBusy) return;
    this.#lock?.release();
    for (const idle of this.#whenIdle.splice(0)) idle();
  }

  /** Changes what is stored, and reads it again. */
  async now(write: Write): Promise<void> {
    await this.inTurn(() => this.#write(write));
    await this.reload();
  }

  /** One after the other: what is in memory stays what is stored. Work must not wait for another turn. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Changes when an entry is numbered anew, voided or parked. */
const versionOf = ({ outboxId, n, command, problem }: OutboxEntry): string =>
  [outboxId, n, command.type, Boolean(problem)].join();
