import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Wire } from '../../testing/wire.ts';
import type { ServerProcess } from './server-process.ts';

/** Somebody else must not wait longer than this for an acknowledgement, in ms; the machine may be busy with the attack. */
const longestWait = 3_000;
/** How many times longer than this process itself was kept from running: on a machine that is that busy, the server is too. */
const asBusy = 5;

/**
 * A conversation of somebody else that goes on while the server is attacked: a message every 300 ms, each of which must be
 * acknowledged, and come back once and in order.
 */
export class Bystander {
  readonly #server: ServerProcess;
  readonly #wire: Wire;
  #sent = 0;
  #answered = 0;
  /** The longest wait since the last look, in ms. */
  #longest = 0;
  #failure: Error | undefined;
  #isStopped = false;
  #talk: Promise<void>;
  readonly #ownDelay = monitorEventLoopDelay({ resolution: 20 });

  private constructor(server: ServerProcess, wire: Wire) {
    this.#server = server;
    this.#wire = wire;
    this.#ownDelay.enable();
    this.#talk = this.#talks();
  }

  static async start(server: ServerProcess): Promise<Bystander> {
    const wire = await Wire.visitor(server);
    await wire.begins('I only want to talk.');
    // From here on the bot is silent.
    assert.equal((await wire.give('handoff.request', {})).type, 'ack');
    await wire.socket.subscribe(`conversation:${wire.conversationId}:public`);
    return new Bystander(server, wire);
  }

  async #talks(): Promise<void> {
    try {
      while (!this.#isStopped) {
        const text = `bystander ${++this.#sent} ${randomUUID()}`;
        const began = performance.now();
        const reply = await this.#wire.says(text);
        this.#longest = Math.max(this.#longest, performance.now() - began);
        this.#answered++;
        assert.equal(reply.type, 'ack', JSON.stringify(reply));
        await sleep(300);
      }
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  /**
   * Whatever somebody did: the process is alive, and this conversation was served all along.
   *
   * @param most how long it may have waited, in ms
   */
  async isUnharmed(most = longestWait): Promise<void> {
    assert.ok(this.#server.isRunning, `The server stopped:\n${this.#server.output}`);
    // One that was sent after the attack: whatever the attack left behind is in its way.
    const next = this.#sent + 1;
    const began = performance.now();
    const allowed = (): number => most + (asBusy * this.#ownDelay.max) / 1e6;
    while (this.#answered < next && !this.#failure && performance.now() - began < 2 * allowed())
      await sleep(20);
    if (this.#failure) throw this.#failure;
    assert.ok(this.#answered >= next, `The bystander was not answered within ${2 * allowed()} ms.`);
    const [longest, bound] = [this.#longest, allowed()];
    this.#longest = 0;
    this.#ownDelay.reset();
    assert.ok(
      longest < bound,
      `The bystander waited ${longest.toFixed(0)} ms for an acknowledgement, ${bound.toFixed(0)} at most are allowed.`,
    );
  }

  /** Ends the conversation; all that was said in it came back once, in order. */
  async ends(): Promise<void> {
    this.#isStopped = true;
    await this.#talk;
    this.#ownDelay.disable();
    if (this.#failure) throw this.#failure;
    const events = this.#wire.socket.events(`conversation:${this.#wire.conversationId}:public`);
    const numbers = events.map(({ seq }) => seq);
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => numbers[0]! + index),
    );
    const said = events.flatMap((event) =>
      event.type === 'message.created' && event.data.message.parts[0]?.type === 'text'
        ? [event.data.message.parts[0].text]
        : [],
    );
    assert.ok(
      said.length > 0 && new Set(said).size === said.length,
      'Something came twice, or nothing came.',
    );
    this.#wire.socket.close();
  }
}
