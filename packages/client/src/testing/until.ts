import type { Readable } from '../readable.ts';

/** Resolves with the snapshot that satisfies a condition; rejects after a while with the last one seen. */
export function until<T>(
  source: Readable<T>,
  condition: (snapshot: T) => boolean,
  withinMs = 5_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = () => {
      unsubscribe();
      clearTimeout(timer);
    };
    const look = () => {
      const snapshot = source.getSnapshot();
      if (!condition(snapshot)) return;
      finish();
      resolve(snapshot);
    };
    const unsubscribe = source.subscribe(look);
    const timer = setTimeout(() => {
      finish();
      reject(
        new Error(
          `It did not happen within ${withinMs} ms. Last seen: ${JSON.stringify(source.getSnapshot())}`,
        ),
      );
    }, withinMs);
    look();
  });
}
