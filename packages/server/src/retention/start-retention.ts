import type { Logger } from 'pino';
import type { Store } from '../storage/store.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What {@link startRetention} needs. */
export interface RetentionParts {
  store: Pick<Store, 'trim'>;
  /** Days that events stay. */
  days: number;
  clock: () => number;
  logger: Logger;
  /** How often is looked, in ms. Default one hour. */
  everyMs?: number | undefined;
}

/**
 * Takes from the log what is older than it should be, at once and then every hour, a slice at a time so that nobody waits
 * behind it. Returns the stop.
 */
export function startRetention({ store, days, clock, logger, everyMs = hourMs }: RetentionParts): () => void {
  let isStopped = false;
  const trim = async (): Promise<void> => {
    const before = clock() - days * dayMs;
    let removed = 0;
    for (let after: number | undefined = 0; after !== undefined && !isStopped;) {
      const slice = await store.trim({ before, after });
      removed += slice.removed;
      after = slice.next;
    }
    if (removed > 0) logger.info({ removed, days }, 'Old events left the log.');
  };
  const look = (): void =>
    void trim().catch((error: unknown) => {
      if (!isStopped) logger.error({ err: error }, 'Old events could not be taken from the log.');
    });
  look();
  const timer = setInterval(look, everyMs).unref();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
