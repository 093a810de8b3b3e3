import { compare } from './compare.js';

/** A tab that has said nothing for so long is gone, in ms: those in the background may be slow. */
const goneAfterMs = 5_000;

/** What was sent in this run, and what every view shows of it. */
export class Tally {
  #run = Math.random().toString(36).slice(2, 6);
  #sent = new Map([
    ['v', 0],
    ['d', 0],
  ]);
  /** Views in this page: conversation handles by name. */
  #handles = new Map();
  /** What other tabs say that they show. */
  #tabs = new Map();
  #channel = new BroadcastChannel('sahay-proof');

  constructor() {
    this.#channel.onmessage = ({ data }) => {
      if (data.shown) this.#tabs.set(data.tab, { ...data, at: performance.now() });
      else this.#tabs.delete(data.tab);
    };
  }

  /** Says something from one side, numbered. Resolves once it was taken. */
  async say(from, handle) {
    const n = this.#sent.get(from) + 1;
    this.#sent.set(from, n);
    await handle.send(`${from}${n} · ${this.#run}`);
    return { from, n };
  }

  watch(name, handle) {
    this.#handles.set(name, handle);
  }

  get #views() {
    const now = performance.now();
    const here = [...this.#handles.values()].map((handle) => shownIn(handle, this.#run));
    const there = [...this.#tabs.values()].filter(({ at }) => now - at < goneAfterMs);
    return [
      ...here,
      ...there.map(({ shown, hasEarlier }) => ({
        hasEarlier,
        shown: shown.filter(({ run }) => run === this.#run),
      })),
    ];
  }

  counts(isSettled = false) {
    return compare(this.#sent, this.#views, isSettled);
  }

  /** Whether every view shows these. */
  areShown(messages) {
    return this.#views.every(({ shown }) =>
      messages.every(({ from, n }) => shown.some((one) => one.from === from && one.n === n)),
    );
  }
}

/** The numbered messages of a view, of one run or of all. */
export function shownIn(handle, run) {
  const { messages, hasEarlier } = handle.getSnapshot();
  const shown = [];
  for (const { message } of messages) {
    const text = message.parts.find(({ type }) => type === 'text')?.text ?? '';
    const found = /^([vd])(\d+) · (\w+)$/.exec(text);
    if (found && (!run || found[3] === run))
      shown.push({ from: found[1], n: Number(found[2]), run: found[3] });
  }
  return { shown, hasEarlier };
}

/** In a tab of its own: tells the others what is shown here. Returns the end. */
export function tellOthers(handle) {
  const channel = new BroadcastChannel('sahay-proof');
  const tab = crypto.randomUUID();
  const tell = () => channel.postMessage({ tab, ...shownIn(handle()) });
  const timer = setInterval(() => handle() && tell(), 250);
  addEventListener('pagehide', () => channel.postMessage({ tab }));
  return () => clearInterval(timer);
}
