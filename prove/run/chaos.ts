import type { Crowd } from './crowd.ts';
import { connectionFaults, type FaultProxy } from './fault-proxy.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import type { ServerProcess } from './server-process.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How long things took after a kill, in ms. */
export interface Recovery {
  /** From the start of the process until it listened. */
  listening: number[];
  /** From the kill until the next message had arrived. */
  firstMessage: number[];
  /** From listening until nineteen of twenty pages were connected. */
  everybody: number[];
}

/** Does to server and connections what the plan says, in step with the messages that arrive. */
export class Chaos {
  readonly recovery: Recovery = { listening: [], firstMessage: [], everybody: [] };
  stops = 0;
  clockJumps = 0;
  /** Kills that met the server while it was starting. */
  killsAtStart = 0;
  readonly #plan: Plan;
  readonly #random: Random;
  readonly #server: ServerProcess;
  readonly #proxy: FaultProxy;
  readonly #crowd: Crowd;
  readonly #startedAt = performance.now();
  #isOver = false;
  #kills = 0;
  #faults = 0;

  constructor(plan: Plan, random: Random, server: ServerProcess, proxy: FaultProxy, crowd: Crowd) {
    this.#plan = plan;
    this.#random = random;
    this.#server = server;
    this.#proxy = proxy;
    this.#crowd = crowd;
  }

  /** A run that lasts until its time is over does more than its floor. */
  get #wantedFaults(): number {
    const { connectionFaults, leastSeconds } = this.#plan;
    return leastSeconds > 0 ? connectionFaults * 5 : connectionFaults;
  }

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  /** Whether all that was planned has been done. */
  get isEnough(): boolean {
    const { messages, kills, connectionFaults: faults, leastSeconds } = this.#plan;
    if (this.seconds < leastSeconds) return false;
    return this.#crowd.count('taken') >= messages && this.#kills >= kills && this.#faults >= faults;
  }

  /** Runs until all that was planned is done, or the time is over. */
  async run(): Promise<void> {
    const isDone = (): boolean => this.#isOver || this.isEnough || this.seconds > this.#plan.mostSeconds;
    await Promise.all([this.#breakServer(isDone), this.#breakConnections(isDone)]);
  }

  /** How far the run is, by messages or by time, whichever is ahead; the last kill comes a little before the end. */
  #share(): number {
    const { leastSeconds, mostSeconds, messages } = this.#plan;
    const byTime = this.seconds / ((leastSeconds || mostSeconds) * 0.9);
    const byMessages = this.#crowd.count('taken') / (messages * 0.97);
    return Math.min(1, leastSeconds > 0 ? byTime : Math.max(byMessages, byTime));
  }

  async #breakConnections(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      while (this.#faults < this.#share() * this.#wantedFaults && !isDone()) {
        if (!this.#proxy.breakOne(this.#random.pick(connectionFaults))) break;
        this.#faults++;
      }
      await pause(10);
    }
  }

  async #breakServer(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      if (this.#kills < this.#share() * this.#plan.kills) await this.#killAndStart();
      await pause(10);
    }
  }

  async #killAndStart(): Promise<void> {
    const random = this.#random;
    await pause(random.between(0, 300));
    if (random.oneIn(4)) await this.#stopForAWhile();
    await this.#kill();
    const killedAt = performance.now();
    if (random.oneIn(3)) await pause(random.between(0, 800));
    if (random.oneIn(this.#plan.clockJumpOneIn)) this.#jumpClock();
    if (random.oneIn(8)) await this.#killAtStart();
    const startedAt = performance.now();
    await this.#server.start();
    this.recovery.listening.push(performance.now() - startedAt);
    await this.#measure(killedAt);
  }

  async #kill(): Promise<void> {
    await this.#server.kill();
    this.#kills++;
  }

  async #stopForAWhile(): Promise<void> {
    this.#server.signal('SIGSTOP');
    this.stops++;
    await pause(this.#random.between(50, 2_000));
    // Killed while it stands still, it cannot even close its sockets in an orderly way.
    if (this.#random.oneIn(2)) return;
    this.#server.signal('SIGCONT');
    await pause(this.#random.between(0, 500));
  }

  async #killAtStart(): Promise<void> {
    const starting = this.#server.start().catch(() => undefined);
    await pause(this.#random.between(20, 500));
    await this.#kill();
    this.killsAtStart++;
    await starting;
  }

  /** The server's clock is set, as by somebody who corrects it: by seconds, or by an hour, so that tokens run out. */
  #jumpClock(): void {
    const offsetMs = this.#random.oneIn(3)
      ? this.#random.between(-3_600_000, 3_600_000)
      : this.#random.between(-20_000, 20_000);
    this.#server.setClock(offsetMs);
    this.#crowd.tell({ kind: 'serverClock', offsetMs });
    this.clockJumps++;
  }

  async #measure(killedAt: number): Promise<void> {
    const before = this.#crowd.count('settled');
    const listeningAt = performance.now();
    const deadline = listeningAt + 1_500;
    let first = false;
    while (performance.now() < deadline) {
      if (!first && this.#crowd.count('settled') > before) {
        first = true;
        this.recovery.firstMessage.push(performance.now() - killedAt);
      }
      if (first && this.#crowd.count('online') >= this.#crowd.count('open') * 0.95) {
        this.recovery.everybody.push(performance.now() - listeningAt);
        return;
      }
      await pause(5);
    }
  }
}
