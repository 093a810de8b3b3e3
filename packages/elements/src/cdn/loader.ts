/**
 * The script tag with a queue: `<script async src="https://support.example.com/loader.js"></script>`. A classic script, so that a nonce or
 * a hash of a page's policy reaches what it loads. Puts the bubble on the page with the tag's `data-` attributes, as `sahay.js` does, and then does
 * what `sahay(…)` was called for, in the order of the calls.
 */
import type { SahayBubble } from '../bubble/bubble.ts';
import { warnOnce } from '../internal/warn-once.ts';
import { carry } from './carry.ts';
import { commands, options } from './commands.ts';
import { PageBubble } from './page-bubble.ts';
import { sahayFunction } from './sahay-function.ts';

/**
 * Asked of the prototype: a page may show what somebody else has written, and `<img name="currentScript" src="https://evil.example/">` in it would answer
 * in the document's place, and choose what is loaded.
 */
const { get: currentScript } = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')!;
const script = currentScript!.call(document) as HTMLScriptElement | null;
if (!script)
  throw new Error('loader.js is a classic script: load it by a <script> of its own, without type="module".');
const address = new URL('sahay.js', script.src).href;
const early = sahayFunction();
const waiting = [...(early.q ?? [])];
let bubble: PageBubble | undefined;

function run(call: ArrayLike<unknown>): void {
  if (!bubble) {
    waiting.push(call);
    return;
  }
  const [name, ...args] = Array.from(call);
  if (typeof name === 'function') {
    (name as (bubble: SahayBubble) => void)(bubble.element);
    return;
  }
  const command = Object.hasOwn(commands, String(name))
    ? (commands[name as keyof typeof commands] as (page: PageBubble, ...args: unknown[]) => unknown)
    : undefined;
  if (!command) {
    warnOnce(
      `sahay ${String(name)}`,
      `sahay('${String(name)}') is not known. There are ${Object.keys(commands).join(', ')}.`,
    );
    return;
  }
  const here = bubble;
  void (async () => command(here, ...args))().catch((error: unknown) =>
    console.error(`sahay('${String(name)}') could not be done.`, error),
  );
}

function place(): void {
  const existing = document.querySelector('sahay-bubble');
  const placed = existing ?? document.createElement('sahay-bubble');
  for (const name of options) {
    const value = script!.getAttribute(`data-${name}`);
    if (value && !placed.hasAttribute(name)) placed.setAttribute(name, value);
  }
  if (!placed.hasAttribute('server')) placed.setAttribute('server', new URL(address).origin);
  if (!existing) {
    document.body.append(placed);
    carry(placed);
  }
  void customElements.whenDefined('sahay-bubble').then(() => {
    bubble = new PageBubble(placed);
    for (const call of waiting.splice(0)) run(call);
  });
}

const first: unknown = globalThis.sahayLoader;
if (typeof first === 'string') {
  // Routers that swap the body run the scripts in it anew: that is the same one.
  if (first !== address)
    warnOnce('loader', `There is a loader.js on this page already, from beside ${first}; that one stays.`);
} else {
  globalThis.sahayLoader = address;
  globalThis.sahay = (...call: unknown[]) => run(call);
  import(address).catch((error: unknown) =>
    console.error(`${address} could not be loaded, so there is no chat on this page.`, error),
  );
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', place, { once: true });
  else place();
}

declare global {
  /** Where the first loader takes its files from. */
  var sahayLoader: string | undefined;
}
