import type { Session } from '@sahay/protocol';
import { SahayError } from '../sahay-error.ts';

const sessionEnded: ReadonlySet<string> = new Set([
  'unauthenticated',
  'token_expired',
  'token_invalid',
  'not_found',
  'forbidden',
]);

/** Renews a session with its secret. One that has ended for good is followed by another one. */
export async function refresh(
  { refreshSecret }: Session,
  ask: (path: string, body: unknown) => Promise<Session>,
  mint: () => Promise<Session>,
): Promise<Session> {
  try {
    return await ask('/v1/sessions/refresh', { refreshSecret });
  } catch (error) {
    if (!(error instanceof SahayError && sessionEnded.has(error.code))) throw error;
    // Whoever comes next is somebody else, and sees nothing of the last one.
    return mint();
  }
}
