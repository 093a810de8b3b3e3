/** How a roving focus moves: along the lines (`inline`, turned round in right-to-left scripts) or across them (`block`). */
export type RovingAxis = 'inline' | 'block';

/** Where a key leads in a list of `count` from `index`; nothing for keys that do not move. The ends meet. */
export function stepFor(
  event: KeyboardEvent,
  index: number,
  count: number,
  axis: RovingAxis,
): number | undefined {
  if (!count || event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const rtl = axis === 'inline' && (event.currentTarget as Element).matches(':dir(rtl)');
  const [next, previous] =
    axis === 'block'
      ? ['ArrowDown', 'ArrowUp']
      : rtl
        ? ['ArrowLeft', 'ArrowRight']
        : ['ArrowRight', 'ArrowLeft'];
  if (event.key === next) return (index + 1) % count;
  if (event.key === previous) return (index - 1 + count) % count;
  if (event.key === 'Home') return 0;
  if (event.key === 'End') return count - 1;
  return undefined;
}
