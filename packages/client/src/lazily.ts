import type * as Reserve from './reserve.ts';
import { ours } from './sahay-error.ts';

/**
 * Functions of the reserve, given their first argument: each is fetched when it is called.
 *
 * @param names theirs, with spaces in between: as a list they would take more to download
 */
export function lazily(
  names: string,
  pick: (reserve: typeof Reserve) => object,
  context: unknown,
): Record<string, (...args: never[]) => Promise<unknown>> {
  return Object.fromEntries(
    names
      .split(' ')
      .map((name) => [
        name,
        (...args: unknown[]): Promise<unknown> =>
          ours(
            import('./reserve.ts').then((reserve) =>
              (pick(reserve) as Record<string, (...args: unknown[]) => unknown>)[name]?.(context, ...args),
            ),
          ),
      ]),
  );
}
