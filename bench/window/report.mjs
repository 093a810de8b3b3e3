/* How a run is printed: a row per floor, the same of the peers below it, and how many floors were missed. */
import { measured } from './peers.mjs';

const shown = (value, unit) => `${value.toFixed(unit === '×' || unit === 'kB' ? 2 : 0)} ${unit}`;
export const ms = (value) => `${value.toFixed(0)} ms`;

/** Prints rows, and counts the floors that were missed. */
export class Report {
  missed = 0;
  #peerSeconds;

  /** @param peerSeconds How long a peer may take for one figure; nothing when none are measured. */
  constructor(peerSeconds) {
    this.#peerSeconds = peerSeconds;
  }

  /** A floor, what was measured (less is better), and what it was compared with. */
  row(what, value, unit, { floor, aim }, beside = '') {
    // Also for what is no number: nothing was measured then.
    const good = value <= floor;
    if (!good) this.missed++;
    const marks = `${good ? '✔' : '✖'}${value <= aim ? '★' : ' '}`;
    const bounds = `floor ${`${floor} ${unit}`.padEnd(10)} aim ${`${aim} ${unit}`.padEnd(10)}`;
    console.log(`${marks} ${what.padEnd(58)} ${shown(value, unit).padStart(10)}   ${bounds} ${beside}`);
  }

  /** The same of each peer, with the size it was given (by its name in the peers' sizes) where that is smaller; one that fails says so, and the others go on. */
  async peers(size, measure, show) {
    if (!this.#peerSeconds) return;
    for await (const { name, sizes, whole, value, problem } of measured(this.#peerSeconds, measure)) {
      const given = sizes[size] === whole[size] ? '' : ` (${sizes[size]} of the ${whole[size]})`;
      console.log(`     ${`${name}${given}`.padEnd(44)} ${problem ?? show(value)}`);
    }
  }
}
