// The outbox against the rules of a lane, whatever happens in between: model-based, seeded.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { AckFrame, CommandFrame, RejectFrame } from '@sahay/protocol';
import { makeProblem } from '@sahay/protocol';
import { admit } from '@sahay/protocol/core';
import { ManualClock, settled } from '../testing/manual-clock.ts';
import { hostEnvironment } from '../environment.ts';
import { MemoryStorage } from '../storage/memory-storage.ts';
import { SahayError } from '../sahay-error.ts';
import * as reserve from '../reserve.ts';
import { Outbox } from './outbox.ts';

const lane = 'c1';
type Reply = AckFrame | RejectFrame;

/** A backend's side of one lane, by the rules that the core gives: what it executed is what counts. */
class LaneOnDisk {
  readonly executed: string[] = [];
  readonly #done = new Map<string, { digest: string; result: Reply }[]>();
  /** Refuses the next one for now. */
  busy = false;

  answer({ outboxId, n, command }: CommandFrame): Reply {
    const digest = JSON.stringify(command);
    const done = this.#done.get(outboxId) ?? [];
    this.#done.set(outboxId, done);
    const admission = admit({ lastDone: done.length, recent: (index) => done[index - 1] }, n, digest);
    const reject = (code: Parameters<typeof makeProblem>[0], more = {}): Reply => ({
      type: 'reject', outboxId, n, lane, problem: makeProblem(code, undefined, more),
    }); // prettier-ignore
    if (admission.kind === 'replay') return admission.result;
    if (admission.kind === 'hole') return reject('out_of_order', { expected: admission.expected });
    if (admission.kind !== 'run') return reject('payload_mismatch');
    if (this.busy) {
      this.busy = false;
      return reject('rate_limited', { retryAfterMs: 100 });
    }
    const text = textOf(command);
    const result: Reply = text.startsWith('refused')
      ? reject('forbidden')
      : { type: 'ack', outboxId, n, lane, result: {} };
    if (result.type === 'ack' && text) this.executed.push(text);
    done.push({ digest, result });
    return result;
  }
}

const textOf = (command: CommandFrame['command']): string =>
  command.type === 'message.send' ? command.data.clientMessageId : '';

/** Storage that tabs share. When it is durable they also share the lock that lets one of them drain; some browsers have none. */
class SharedStorage extends MemoryStorage {
  override readonly durable: boolean;

  constructor(durable: boolean) {
    super();
    this.durable = durable;
  }
}

let browsers = 0;

/** One tab: an outbox over the browser's storage, and a line on which frames wait both ways. */
class Tab {
  readonly outbox: Outbox;
  readonly #disk: LaneOnDisk;
  #out: CommandFrame[] = [];
  #in: Reply[] = [];
  #online = false;

  constructor(namespace: string, storage: MemoryStorage, clock: ManualClock, disk: LaneOnDisk) {
    this.#disk = disk;
    const nothing = (): void => undefined;
    this.outbox = new Outbox({
      namespace,
      storage,
      clock,
      environment: hostEnvironment,
      random: () => 0.5,
      atMostOnce: false,
      me: () => undefined,
      isUnclaimed: () => false,
      late: () => reserve,
      transmit: (frame) => this.#online && this.#out.push(frame),
      changed: nothing,
      acknowledged: nothing,
      settledElsewhere: nothing,
      refused: nothing,
      failed: (error) => assert.fail(error as Error),
    });
  }

  async connect(): Promise<void> {
    if (this.#online) return;
    this.#online = true;
    await this.outbox.connected();
  }

  /** What is under way is lost; how much of it the backend had heard of is another matter. */
  cut(): void {
    this.#online = false;
    this.#out = [];
    this.#in = [];
    this.outbox.disconnected();
  }

  /** The backend takes up to so many frames. */
  take(count: number): void {
    for (const frame of this.#out.splice(0, count)) this.#in.push(this.#disk.answer(frame));
  }

  /** So many answers arrive. */
  hear(count: number): void {
    for (const reply of this.#in.splice(0, count)) this.outbox.onReply(reply);
  }

  get isQuiet(): boolean {
    return this.#out.length === 0 && this.#in.length === 0 && !this.outbox.isBusy;
  }
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('put' as const), tab: fc.nat(1), refused: fc.nat(7) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take' as const), tab: fc.nat(1), count: fc.nat(6) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hear' as const), tab: fc.nat(1), count: fc.nat(6) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), tab: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), tab: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const), tab: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('busy' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tell' as const), tab: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
);

for (const [locks, durable] of [
  ['that drain one at a time', true],
  ['without locks', false],
] as const)
  it(`executes every command once and in the order in which they were taken, in two tabs ${locks}, through cuts and deaths`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const storage = new SharedStorage(durable);
        const namespace = `property-${++browsers}`;
        const clock = new ManualClock();
        const disk = new LaneOnDisk();
        const tabs = [0, 1].map(() => new Tab(namespace, storage, clock, disk));
        const taken: string[] = [];
        for (const one of steps) {
          if (one.do === 'put') {
            const clientMessageId = `${one.refused === 0 ? 'refused' : 'm'}${taken.length}`;
            const data = { clientMessageId, parts: [] };
            await tabs[one.tab]!.outbox.put({
              command: { type: 'message.send', conversationId: lane, data },
            });
            taken.push(clientMessageId);
          } else if (one.do === 'take') tabs[one.tab]!.take(one.count);
          else if (one.do === 'hear') tabs[one.tab]!.hear(one.count);
          else if (one.do === 'connect') await tabs[one.tab]!.connect();
          else if (one.do === 'cut') tabs[one.tab]!.cut();
          else if (one.do === 'busy') disk.busy = true;
          else if (one.do === 'tell') await tabs[one.tab]!.outbox.reload();
          else if (one.do === 'wait') await clock.advance(1_000);
          else {
            // Nothing more leaves a page that died; what it stored stays, and another page opens.
            tabs[one.tab]!.cut();
            tabs[one.tab]!.outbox.end(new SahayError('destroyed', 'died'));
            tabs[one.tab] = new Tab(namespace, storage, clock, disk);
          }
          await settled();
        }
        for (let round = 0; round < 60 && !(round > 2 && tabs.every((tab) => tab.isQuiet)); round++) {
          for (const tab of tabs) {
            await tab.connect();
            tab.take(50);
            tab.hear(50);
          }
          await clock.advance(60_000);
          for (const tab of tabs) await tab.outbox.reload();
        }
        assert.deepEqual(
          disk.executed,
          taken.filter((text) => !text.startsWith('refused')),
        );
        const parked = tabs[0]!.outbox.entries(lane).map(({ command }) => textOf(command));
        assert.deepEqual(
          parked,
          taken.filter((text) => text.startsWith('refused')),
          'what was refused is parked in sight',
        );
      }),
      { seed: 20_261_127, numRuns: 120 },
    );
  });
