import type { Clock } from '../clock.ts';

/** How long the server may take to answer a ping, in ms; less when the page has just been woken. */
const answerMs = 10_000;
const wokenAnswerMs = 4_000;

/** Asks regularly whether the other side is there, and says when it is not. */
export interface Heartbeat {
  /** @param everyMs how often to ask. */
  start(everyMs: number): void;
  /** Something came, whatever it was. */
  heard(): void;
  /** Asks now: the page was asleep, and nobody knows what became of the line. */
  probe(): void;
  stop(): void;
}

/** A heartbeat that has not begun. */
export function heartbeat(clock: Clock, ping: () => void, dead: () => void): Heartbeat {
  let cancels: (() => void)[] = [];
  let frames = 0;
  let running = false;

  const ask = (withinMs: number): void => {
    const before = frames;
    ping();
    cancels.push(
      clock.after(withinMs, () => {
        if (frames === before) dead();
      }),
    );
  };
  const stop = (): void => {
    running = false;
    for (const cancel of cancels.splice(0)) cancel();
  };

  return {
    stop,
    start(everyMs) {
      stop();
      running = true;
      const period = Math.min(Math.max(everyMs, 1_000), 300_000);
      const again = () => (cancels = [clock.after(period, beat)]);
      const beat = () => {
        again();
        ask(Math.min(period, answerMs));
      };
      again();
    },
    heard() {
      frames++;
    },
    probe() {
      if (running) ask(wokenAnswerMs);
    },
  };
}
