/** How often each side writes in a storm, in ms. */
const writeEveryMs = 400;
/** How long nothing is broken after something was, in ms: at least, and at most. */
const pauseMs = [1_500, 4_500];
/** What breaks, by how often it does. Half-open lines take long to be noticed, so there are few of them. */
const faults = ['cut', 'cut', 'cut', 'expire', 'expire', 'kill', 'kill', 'freeze'];

const between = ([least, most]) => least + Math.random() * (most - least);

/** Both sides write, and something breaks now and then. */
export class Storm {
  #write;
  #break;
  #timers = [];
  #isOn = false;

  /** @param {{ write: (side: 'v' | 'd') => unknown, break: (fault: string) => unknown }} does */
  constructor(does) {
    this.#write = does.write;
    this.#break = does.break;
  }

  get isOn() {
    return this.#isOn;
  }

  start() {
    this.#isOn = true;
    this.#timers = ['v', 'd'].map((side) => setInterval(() => this.#write(side), writeEveryMs));
    this.#next();
  }

  stop() {
    this.#isOn = false;
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#timer);
  }

  #timer;

  #next() {
    this.#timer = setTimeout(() => {
      this.#break(faults[Math.floor(Math.random() * faults.length)]);
      this.#next();
    }, between(pauseMs));
  }
}
