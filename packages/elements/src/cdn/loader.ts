/**
 * The script tag with a queue: `<script async src="https://support.example.com/loader.js"></script>`. A classic script, so that a nonce or
 * a hash of a page's policy reaches what it loads. Puts the bubble on the page with the tag's `data-` attributes, as `sahay.js` does, and then does
 * what `sahay(…)` was called for, in the order of the calls.
 */
import type { SahayBubble } from '../bubble/bubble.ts';
import { warnOnce } from '../internal/warn-once.ts';
import { commands, options } from './commands.ts';
import { sahayFunction } from './sahay-function.ts';

const script = document.currentScript as HTMLScriptElement;
const address = new URL('sahay.js', script.src).href;
const early = sahayFunction();
const waiting = [...(early.q ?? [])];
let bubble: SahayBubble | undefined;

function run(call: ArrayLike<unknown>): void {
  if (!bubble) {
    waiting.push(call);
    return;
  }
  const [name, ...args] = Array.from(call);
  if (typeof name === 'function') {
    (name as (bubble: SahayBubble) => void)(bubble);
    return;
  }
  const command = Object.hasOwn(commands, String(name))
    ? (commands[name as keyof typeof commands] as (bubble: SahayBubble, ...args: unknown[]) => unknown)
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
    const value = script.getAttribute(`data-${name}`);
    if (value && !placed.hasAttribute(name)) placed.setAttribute(name, value);
  }
  if (!placed.hasAttribute('server')) placed.setAttribute('server', new URL(address).origin);
  if (!existing) document.body.append(placed);
  void customElements.whenDefined('sahay-bubble').then(() => {
    bubble = placed;
    for (const call of waiting.splice(0)) run(call);
  });
}

if (globalThis.sahayLoader) warnOnce('loader', 'loader.js is on this page twice; the first one stays.');
else {
  globalThis.sahayLoader = true;
  globalThis.sahay = (...call: unknown[]) => run(call);
  import(address).catch((error: unknown) =>
    console.error(`${address} could not be loaded, so there is no chat on this page.`, error),
  );
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', place, { once: true });
  else place();
}

declare global {
  var sahayLoader: boolean | undefined;
}
