import type { Clock } from '../clock.ts';

/** How long the server may take to answer a ping, in ms; less when the page has just been woken. */
const answerMs = 10_000;
const wokenAnswerMs = 4_000;

/** Asks regularly whether the other side is there, and says when it is not. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #ping: () => void;
  readonly #dead: () => void;
  #cancels: (() => void)[] = [];
  #frames = 0;
  #running = false;

  constructor(clock: Clock, ping: () => void, dead: () => void) {
    this.#clock = clock;
    this.#ping = ping;
    this.#dead = dead;
  }

  /** @param everyMs how often to ask. */
  start(everyMs: number): void {
    this.stop();
    this.#running = true;
    const period = Math.min(Math.max(everyMs, 1_000), 300_000);
    const beat = () => {
      this.#cancels = [this.#clock.after(period, beat)];
      this.#ask(Math.min(period, answerMs));
    };
    this.#cancels = [this.#clock.after(period, beat)];
  }

  /** Something came, whatever it was. */
  heard(): void {
    this.#frames++;
  }

  /** Asks now: the page was asleep, and nobody knows what became of the line. */
  probe(): void {
    if (this.#running) this.#ask(wokenAnswerMs);
  }

  stop(): void {
    this.#running = false;
    for (const cancel of this.#cancels.splice(0)) cancel();
  }

  #ask(withinMs: number): void {
    const before = this.#frames;
    this.#ping();
    this.#cancels.push(
      this.#clock.after(withinMs, () => {
        if (this.#frames === before) this.#dead();
      }),
    );
  }
}
