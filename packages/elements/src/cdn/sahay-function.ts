import type { SahayBubble, Teaser } from '../bubble/bubble.ts';

/** Facts for those who answer; told with the first message, or at once where there is a conversation. */
export interface Told {
  name?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  /** A `null` takes the fact away. */
  attributes?: Record<string, string | number | boolean | null> | undefined;
}

/** What `sahay(name, …)` takes, by name. */
export interface SahayCommands {
  open: [];
  close: [];
  toggle: [];
  show: [];
  hide: [];
  /** Options by their attributes' names, also in camel case; `null` takes one away. */
  set: [options: Record<string, string | number | null>];
  /** An offer beside the closed bubble; nothing takes it away. */
  teaser: [teaser?: Teaser | undefined];
  /** Opens the window and says something in the visitor's name. */
  send: [text: string];
  /** Opens the window with a text to be sent. */
  write: [text: string];
  /** The next message starts a new conversation. */
  new: [];
  tell: [facts: Told];
  /** She has signed in: her token, or what fetches one (see `SupportClient.identify`). */
  identify: [token: string | (() => Promise<string>)];
  /** Waits until what she wrote has arrived, then ends the session and leaves nothing behind. */
  logout: [];
  /** Listens to an event of the bubble by its name without `sahay-`, such as `unread-change`. */
  on: [event: string, listener: (event: CustomEvent) => void];
}

/** `sahay('open')`, or `sahay((bubble) => …)`. */
export interface SahayFunction {
  <K extends keyof SahayCommands>(name: K, ...args: SahayCommands[K]): void;
  (run: (bubble: SahayBubble) => void): void;
  /** Calls that wait for the script. */
  q?: ArrayLike<unknown>[];
}

declare global {
  // The name that the snippet writes into the page.
  var sahay: SahayFunction | undefined;
}

/** The page's `sahay` function; where the script has not come yet, one that remembers what it is called with. */
export function sahayFunction(): SahayFunction {
  const here = globalThis.sahay;
  if (typeof here === 'function') return here;
  const stub = ((...call: unknown[]) => void stub.q!.push(call)) as SahayFunction;
  stub.q = [];
  globalThis.sahay = stub;
  return stub;
}
