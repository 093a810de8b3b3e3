import type { Session } from '@sahay/protocol';
import { follows } from '@sahay/protocol/validate';
import { locksOf } from '../environment.ts';
import type { ConnectorHost, TokenReason } from '../connector/log-connector.ts';
import { outOfLine } from '../sahay-error.ts';
import type { TokenSource } from './shared-tokens.ts';

/** Where the session is stored. */
export const sessionKey = 'session';

/** How long a stored token has to be good for, to be used instead of a fresh one, in ms. */
const marginMs = 30_000;

/** What an anonymous session needs from those around it; the namespace names the lock that keeps two tabs from using one secret at once. */
type SessionHost = Pick<ConnectorHost, 'storage' | 'clock' | 'namespace' | 'environment'>;

/**
 * An anonymous visitor's tokens: a session minted on first need, renewed with a secret that changes each time.
 *
 * @param post `POST`s JSON, without a token; rejects with a `SahayError` unless the answer is a success.
 */
export function anonymousSession(
  { storage, clock, namespace, environment }: SessionHost,
  post: (path: string, body: unknown) => Promise<unknown>,
): TokenSource {
  let last: Session | undefined;

  const ask = async (path: string, body: unknown): Promise<Session> => {
    const session = await post(path, body);
    if (follows('Session', session)) return session;
    throw outOfLine('session');
  };
  const mint = (): Promise<Session> => ask('/v1/sessions', {});

  const renewed = async (reason: TokenReason): Promise<string> => {
    const stored = (await storage.read((reader) => reader.get(sessionKey))) as Session | undefined;
    // Memory that took the place of a storage knows nobody yet.
    const held = stored ?? (storage.durable ? undefined : last);
    const fresh = held && Date.parse(held.expiresAt) - clock.now() > marginMs;
    // Another tab may have renewed it meanwhile.
    if (fresh && (reason === 'first' || held.accessToken !== last?.accessToken))
      return (last = held).accessToken;
    // Most visits end before their token does.
    const session = await (held
      ? import('../reserve.ts').then(({ refresh }) => refresh(held, ask, mint, storage))
      : mint());
    if (!held) await storage.write((writer) => writer.put(sessionKey, session));
    return (last = session).accessToken;
  };

  return {
    get(reason) {
      // Where storage is forbidden, locks are too (they reject); but then no other tab shares the session.
      const locks = storage.durable && locksOf(environment);
      return locks ? locks.request(`${namespace}:session`, () => renewed(reason)) : renewed(reason);
    },
    forget: () =>
      storage.write(async (writer) => {
        const stored = (await writer.get(sessionKey)) as Session | undefined;
        // Another tab may have begun a new one meanwhile.
        if (stored?.accessToken === last?.accessToken) writer.delete(sessionKey);
      }),
  };
}
