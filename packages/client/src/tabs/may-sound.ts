import { locksOf } from '../environment.ts';
import type { Session } from '../session/session.ts';

/** What lets go of the claim that a session holds. */
const held = new WeakMap<Session, () => void>();

/**
 * See `SupportClient.maySound`. The lock that stands for the key is kept until this tab claims another one: a tab that was
 * asleep, and hears of the same message later, finds it taken.
 */
export async function maySound(session: Session, key: string): Promise<boolean> {
  const locks = locksOf(session.host.environment);
  if (!locks) return true;
  return new Promise<boolean>((answer) => {
    locks
      .request(`${session.host.namespace}:sound:${key}`, { ifAvailable: true }, (lock) => {
        answer(Boolean(lock));
        return lock ? until(session) : undefined;
      })
      // Where locks are forbidden, no other tab knows of what this one shows.
      .catch(() => answer(true));
  });
}

/** Resolves when the session claims something else, or ends. */
function until(session: Session): Promise<void> {
  held.get(session)?.();
  return new Promise((resolve) => {
    const release = (): void => {
      unsubscribe();
      resolve();
    };
    const unsubscribe = session.connection.subscribe(() => {
      if (session.connection.getSnapshot().state === 'stopped') release();
    });
    held.set(session, release);
  });
}
