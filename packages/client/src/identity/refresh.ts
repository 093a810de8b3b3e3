import type { Session } from '@sahay/protocol';
import { SahayError } from '../sahay-error.ts';
import type { ClientStorage } from '../storage/client-storage.ts';
import { sessionKey } from './anonymous-session.ts';

const sessionEnded: ReadonlySet<string> = new Set([
  'unauthenticated',
  'token_expired',
  'token_invalid',
  'not_found',
  'forbidden',
]);

/** Renews a session with its secret, and stores it. One that has ended for good is followed by another one. */
export async function refresh(
  { refreshSecret }: Session,
  ask: (path: string, body: unknown) => Promise<Session>,
  mint: () => Promise<Session>,
  storage: ClientStorage,
): Promise<Session> {
  // Whoever comes next is somebody else, and sees nothing of the last one.
  const session = await ask('/v1/sessions/refresh', { refreshSecret }).catch((error: unknown) => {
    if (error instanceof SahayError && sessionEnded.has(error.code)) return mint();
    throw error;
  });
  await storage.write(async (writer) => {
    const stored = (await writer.get(sessionKey)) as Session | undefined;
    // Who was logged out in another tab meanwhile does not come back.
    if (!storage.durable || stored?.refreshSecret === refreshSecret) writer.put(sessionKey, session);
  });
  return session;
}
