import type { ConnectionSnapshot } from '../support-client.ts';
import type { Readable } from '../readable.ts';
import { errorOf } from '../error-of.ts';
import { SahayError } from '../sahay-error.ts';

/** Resolves once connected; rejects when there is no use in waiting. */
export function untilOnline(connection: Readable<ConnectionSnapshot>): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const { state, cause, problem } = connection.getSnapshot();
      if (state === 'online') resolve();
      else if (state === 'stopped')
        reject(
          problem ? errorOf(problem) : new SahayError('cancelled', `The connection was stopped (${cause}).`),
        );
      else return;
      stop();
    };
    const stop = connection.subscribe(look);
    look();
  });
}
