import { SahayError } from '../sahay-error.ts';
import type { Session } from './session.ts';

/**
 * Resolves in a while, or once somebody gives up what it is for. No timer outlives the session.
 *
 * @throws SahayError `cancelled` when the session ends meanwhile
 */
export function pause({ host, connection }: Session, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = (end: () => void): void => {
      cancel();
      unsubscribe();
      signal?.removeEventListener('abort', givenUp);
      end();
    };
    const givenUp = (): void => over(resolve);
    const cancel = host.clock.after(ms, () => over(resolve));
    const unsubscribe = connection.subscribe(() => {
      if (connection.getSnapshot().state === 'stopped')
        over(() => reject(new SahayError('cancelled', 'The session ended before it could be tried again.')));
    });
    signal?.addEventListener('abort', givenUp);
  });
}
