import { backoff } from '../connection/backoff.ts';
import type { LinkRequestInit } from '../connector/log-connector.ts';
import { SahayError } from '../sahay-error.ts';
import { pause } from '../session/pause.ts';
import type { Session } from '../session/session.ts';
import { requestOver } from './request.ts';

/** How often what came too often is asked again, and how long a wait may be for that, in ms: somebody looks at it. */
const mostTries = 10;
const longestWaitMs = 30_000;

/**
 * A request that may be made twice. Where it is refused for coming too often, it is made again when the backend says.
 *
 * @throws SahayError why it is refused, `rate_limited` among it when that would take too long
 */
export async function patiently(session: Session, path: string, init?: LinkRequestInit): Promise<Response> {
  for (let tries = 0; ; tries++) {
    try {
      return await requestOver(session, path, init);
    } catch (error) {
      if (!(error instanceof SahayError) || error.code !== 'rate_limited') throw error;
      const { retryAfterMs = 0 } = error;
      if (tries === mostTries || retryAfterMs > longestWaitMs) throw error;
      await pause(session, backoff(tries, session.host.random, retryAfterMs));
    }
  }
}
