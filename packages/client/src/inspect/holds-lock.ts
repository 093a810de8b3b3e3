import type { TabLocks } from '../environment.ts';

/** Whether this very tab holds a lock; `true` where there are no locks. The browser names the holders, but not who asks: a lock of our own tells. */
export async function holdsLock(name: string, locks: TabLocks | undefined): Promise<boolean> {
  if (!locks) return true;
  const ours = `${name}:${Math.random()}`;
  const { held = [] } = await locks.request(ours, () => locks.query());
  const me = held.find((lock) => lock.name === ours)?.clientId;
  return held.some((lock) => lock.name === name && lock.clientId === me);
}
