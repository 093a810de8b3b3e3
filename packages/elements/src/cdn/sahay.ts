/**
 * The script tag: `<script type="module" src="https://support.example.com/sahay.js"></script>`.
 * Registers `<sahay-bubble>` and, unless the page has one already, puts one on the page with the tag's `data-` attributes.
 */
import { SahayBubble } from '../define/bubble.ts';
import { carry } from './carry.ts';

const tag = [...document.scripts].find((script) => script.src === import.meta.url);

function place(): void {
  const existing = document.querySelector('sahay-bubble');
  const bubble = existing ?? document.createElement('sahay-bubble');
  for (const name of SahayBubble.observedAttributes) {
    const value = tag?.getAttribute(`data-${name}`);
    if (value && !bubble.hasAttribute(name)) bubble.setAttribute(name, value);
  }
  if (!bubble.hasAttribute('server')) bubble.setAttribute('server', new URL(import.meta.url).origin);
  if (existing) return;
  document.body.append(bubble);
  carry(bubble);
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', place);
else place();
