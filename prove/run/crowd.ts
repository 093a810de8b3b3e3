import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { History } from '../history/history.ts';
import { Counter, type FromWorker, type ToWorker, type WorkerSetup } from '../world/protocol-of-run.ts';
import type { Plan } from './plan.ts';

/** Complaints that are told at once; the others are counted. */
const mostTold = 10;

/** Something that a worker saw and that must not happen. */
export type Complaint = Extract<FromWorker, { kind: 'fault' }>;

/** All the visitors and agents, in worker threads, and the history they write. */
export class Crowd {
  readonly history = new History();
  readonly complaints: Complaint[] = [];
  #told = 0;
  readonly #workers: Worker[];
  readonly #counters: Int32Array;
  readonly #settled: Promise<unknown>;

  /** @param cookies one signed-in agent for each worker */
  constructor(plan: Plan, url: string, hostSecret: string, cookies: readonly string[]) {
    const counters = new SharedArrayBuffer(Counter.length * 4 * cookies.length);
    this.#counters = new Int32Array(counters);
    this.#workers = cookies.map((agentCookie, index) => {
      const setup: WorkerSetup = {
        index,
        seed: plan.seed,
        url,
        visitors: Math.ceil(plan.visitors / cookies.length),
        messagesPerVisitor: plan.messagesPerVisitor,
        timeSpeed: plan.timeSpeed,
        mishaps: plan.mishaps,
        restSeconds: plan.restSeconds,
        agentCookie,
        hostSecret,
        fault: plan.fault,
        counters,
      };
      return new Worker(new URL('../world/worker.ts', import.meta.url), {
        workerData: setup,
        name: `crowd-${index}`,
      });
    });
    this.#settled = Promise.all(this.#workers.map((worker) => this.#listenTo(worker)));
    this.#settled.catch(() => undefined);
  }

  /** The first complaints of the run, each once. */
  newComplaints(): Complaint[] {
    const fresh = this.complaints.slice(this.#told, mostTold);
    this.#told += fresh.length;
    return fresh;
  }

  /** Rejects when a worker breaks off; never resolves before all have left. */
  get failure(): Promise<unknown> {
    return this.#settled;
  }

  /** The sum of a counter over all workers. */
  count(counter: keyof typeof Counter): number {
    let sum = 0;
    for (let worker = 0; worker < this.#workers.length; worker++)
      sum += Atomics.load(this.#counters, worker * Counter.length + Counter[counter]);
    return sum;
  }

  tell(message: ToWorker): void {
    for (const worker of this.#workers) worker.postMessage(message);
  }

  /** Resolves when everybody has left, or after a while; says whether they had. */
  async left(withinMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), withinMs)));
    const inTime = await Promise.race([this.#settled.then(() => true as const), late]);
    clearTimeout(timer);
    return inTime;
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  async #listenTo(worker: Worker): Promise<void> {
    const settled = Promise.withResolvers<void>();
    worker.on('error', (error) => settled.reject(error));
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'records') this.history.read(message.records);
      else if (message.kind === 'conversation') this.history.ids.set(message.index, message.id);
      else if (message.kind === 'fault') this.complaints.push(message);
      else settled.resolve();
    });
    await Promise.race([
      settled.promise,
      once(worker, 'exit').then(() => {
        throw new Error('A worker ended before it had told everything.');
      }),
    ]);
  }
}
