/**
 * The first of these lines that is read: the first in view. Where messages are missing in the upper half of the view, the first after that:
 * what comes in there pushes up what stands above it, out of the way.
 */
export function firstRead(lines: Iterable<HTMLElement>, scroller: HTMLElement): HTMLElement | undefined {
  const view = scroller.getBoundingClientRect();
  const gap = scroller.querySelector('.gap')?.getBoundingClientRect();
  const isAbove = gap && gap.top + gap.bottom < view.top + view.bottom;
  const top = isAbove ? Math.max(view.top, gap.bottom) : view.top;
  for (const line of lines)
    if (!line.matches('.gap') && line.getBoundingClientRect().bottom > top) return line;
  return undefined;
}
