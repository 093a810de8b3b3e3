import type { SahayMessageList } from '../message-list/message-list.ts';

/** How long it takes, in milliseconds: the tokens' `--_base`. */
const duration = 200;
const easing = 'cubic-bezier(.2,.8,.2,1)';

/**
 * Lets a message that arrives push the others up in one movement instead of a jump, while its reader is at the end. An answer that
 * streams in only grows: its lines must stay still to be read.
 */
export function pushUp(list: SahayMessageList, scroller: HTMLElement): void {
  const content = scroller.querySelector<HTMLElement>('.content')!;
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let last = list.messages.at(-1)?.key;
  let height = content.offsetHeight;
  // It is told between layout and paint, after the list has gone to its end.
  new ResizeObserver(() => {
    const key = list.messages.at(-1)?.key;
    const grown = content.offsetHeight - height;
    const arrived = key !== last;
    last = key;
    height += grown;
    if (!arrived || still.matches || !list.following || grown <= 0 || grown > scroller.clientHeight) return;
    // What is moved down must not make the end of the transcript longer meanwhile.
    content.animate({ overflow: ['clip', 'clip'] }, duration);
    for (const child of content.children)
      child.animate({ translate: [`0 ${grown}px`, '0 0'] }, { duration, easing });
  }).observe(content);
}
