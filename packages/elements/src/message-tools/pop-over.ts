import { css } from 'lit';
import { wear } from '../message/lazy-renderers.ts';

const looks = css`
  :where(.pop-over) {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: var(--_space-1);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
`;

/**
 * Shows something beside a button, above all else, until it is left: by Escape, by a press elsewhere, or by `close`. The focus goes back to
 * the button unless it was put elsewhere.
 *
 * @param fill draws it, once it stands in the page
 * @returns `close`
 */
export function popOver(
  button: HTMLElement,
  fill: (box: HTMLElement, close: () => void) => void,
): () => void {
  const root = button.getRootNode() as ShadowRoot;
  wear(root, looks);
  const box = document.createElement('div');
  box.className = 'pop-over';
  box.popover = 'auto';
  const close = (): void => {
    if (box.matches(':popover-open')) box.hidePopover();
  };
  button.after(box);
  box.addEventListener('beforetoggle', ({ newState }) => {
    if (newState === 'open') return;
    button.removeAttribute('aria-expanded');
    if (box.contains(root.activeElement)) button.focus({ preventScroll: true });
  });
  box.addEventListener('toggle', ({ newState }) => newState === 'closed' && box.remove());
  button.setAttribute('aria-expanded', 'true');
  box.showPopover();
  fill(box, close);
  place(box, button);
  return close;
}

const gap = 6;

/** Below the button or above it, wherever there is room, within the window it stands in. */
function place(box: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const frame = (
    (button.getRootNode() as ShadowRoot).host ?? document.documentElement
  ).getBoundingClientRect();
  const room = {
    left: Math.max(0, frame.left),
    right: Math.min(innerWidth, frame.right),
  };
  const rtl = box.matches(':dir(rtl)');
  const wanted = rtl ? at.right - width : at.left;
  const left = Math.max(room.left + gap, Math.min(wanted, room.right - width - gap));
  const below = at.bottom + gap;
  const top = Math.max(gap, below + height <= innerHeight - gap ? below : at.top - height - gap);
  box.style.setProperty('left', `${left}px`);
  box.style.setProperty('top', `${top}px`);
}
