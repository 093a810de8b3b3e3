import type * as Reserve from './reserve.ts';
import { ours } from './sahay-error.ts';

/** Functions of the reserve by their names, given their first argument: each is fetched when it is called. */
export function lazily<K extends string>(
  names: readonly K[],
  pick: (reserve: typeof Reserve) => object,
  context: unknown,
): Record<K, (...args: never[]) => Promise<unknown>> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      (...args: unknown[]): Promise<unknown> =>
        ours(
          import('./reserve.ts').then((reserve) =>
            (pick(reserve) as Record<string, (...args: unknown[]) => unknown>)[name]?.(context, ...args),
          ),
        ),
    ]),
  ) as Record<K, () => Promise<unknown>>;
}
