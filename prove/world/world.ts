import { Random } from '../run/random.ts';
import type { Page } from './page.ts';
import { Counter, type FromWorker, type WorkerSetup } from './protocol-of-run.ts';
import { Records } from './records.ts';
import { Talk } from './talk.ts';
import type { TapListener } from './wire-tap.ts';

/** What all that happens in one worker shares. */
export class World {
  readonly setup: WorkerSetup;
  readonly random: Random;
  readonly records: Records;
  readonly counters: Int32Array;
  readonly talks = new Set<Talk>();
  readonly tap: TapListener = {
    fault: ({ kind, stream, detail }) =>
      this.#post({ kind: 'fault', check: kind, detail: `${stream}: ${detail}` }),
    subscribed: (recovered) => this.count(recovered ? Counter.replays : Counter.snapshots),
  };
  readonly #open = new Set<Page>();
  /** How far the server's clock is off, in ms; a host's backend signs tokens by the same clock. */
  serverClockMs = 0;
  isStopping = false;
  readonly #post: (message: FromWorker) => void;
  #messages = 0;
  #pages = 0;
  #talks = 0;

  constructor(setup: WorkerSetup, post: (message: FromWorker, transfer?: ArrayBuffer[]) => void) {
    this.setup = setup;
    this.random = new Random(setup.seed).fork(`worker ${setup.index}`);
    this.counters = new Int32Array(setup.counters, setup.index * Counter.length * 4, Counter.length);
    this.records = new Records(post);
    this.#post = post;
  }

  count(counter: number, by = 1): void {
    Atomics.add(this.counters, counter, by);
  }

  opened(page: Page): void {
    this.#open.add(page);
    page.client.connection.subscribe(() => {
      const { state, cause, problem } = page.client.connection.getSnapshot();
      if (page.isAlive && !page.isLeaving && (state === 'stopped' || cause === 'subject_changed'))
        this.complain(`page ${page.id} was ${state}: ${cause} ${problem?.detail ?? ''}`);
    });
    this.count(Counter.pages);
  }

  /** Tells the supervisor how many pages there are, and how many of them are connected. */
  countOnline(): void {
    let online = 0;
    for (const page of this.#open)
      if (!page.isAlive) this.#open.delete(page);
      else if (page.isOnline) online++;
    Atomics.store(this.counters, Counter.online, online);
    Atomics.store(this.counters, Counter.open, this.#open.size);
  }

  /** A number that no other message of the run has. */
  nextMessage(): number {
    return this.setup.index * 2 ** 27 + ++this.#messages;
  }

  nextPage(): number {
    return this.setup.index * 2 ** 20 + ++this.#pages;
  }

  newTalk(): Talk {
    return new Talk(this.setup.index * 2 ** 20 + ++this.#talks, this.records, this.counters);
  }

  /** A conversation has an id: the agent may join. */
  began(talk: Talk): void {
    this.#post({ kind: 'conversation', index: talk.index, id: talk.id });
    this.talks.add(talk);
  }

  /** Something that must not happen, seen where it happened. */
  complain(detail: string): void {
    this.#post({ kind: 'fault', check: 'page', detail });
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
