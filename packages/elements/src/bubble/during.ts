/**
 * Does something for as long as its reason stays the same: begins when there is one, ends (by its signal) when it is gone, and begins anew
 * when it is another.
 *
 * @returns What looks at the reason again; call it whenever it may have changed.
 */
export function during<T>(
  reason: () => T | undefined | null | false | '',
  act: (reason: T, signal: AbortSignal) => void,
): () => void {
  let held: unknown;
  let doing: AbortController | undefined;
  return () => {
    const now = reason() || undefined;
    if (now === held) return;
    doing?.abort();
    doing = undefined;
    held = now;
    if (now) act(now, (doing = new AbortController()).signal);
  };
}
