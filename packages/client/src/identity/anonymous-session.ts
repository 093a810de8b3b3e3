import type { Session } from '@sahay/protocol';
import { follows } from '@sahay/protocol/validate';
import type { Clock } from '../clock.ts';
import type { TokenReason } from '../connector/log-connector.ts';
import { outOfLine, SahayError } from '../sahay-error.ts';
import type { ClientStorage } from '../storage/client-storage.ts';
import type { TokenSource } from './token-source.ts';

/** Where the session is stored. */
export const sessionKey = 'session';

/** How long a stored token has to be good for, to be used instead of a fresh one, in ms. */
const marginMs = 30_000;

/** What an anonymous session needs from those around it. */
export interface AnonymousSessionOptions {
  storage: ClientStorage;
  clock: Clock;
  /** Names the lock that keeps two tabs from using one secret at once. */
  namespace: string;
  /** `POST`s JSON, without a token; rejects with a `SahayError` unless the answer is a success. */
  post: (path: string, body: unknown) => Promise<unknown>;
}

/** An anonymous visitor's tokens: a session minted on first need, renewed with a secret that changes each time. */
export class AnonymousSession implements TokenSource {
  readonly #options: AnonymousSessionOptions;
  #last: string | undefined;

  constructor(options: AnonymousSessionOptions) {
    this.#options = options;
  }

  get(reason: TokenReason): Promise<string> {
    const { namespace } = this.#options;
    const locks = globalThis.navigator?.locks;
    return locks ? locks.request(`${namespace}:session`, () => this.#renewed(reason)) : this.#renewed(reason);
  }

  async forget(): Promise<void> {
    await this.#options.storage.write((writer) => writer.delete(sessionKey));
  }

  async #renewed(reason: TokenReason): Promise<string> {
    const { storage, clock } = this.#options;
    const held = (await storage.read((reader) => reader.get(sessionKey))) as Session | undefined;
    const fresh = held && Date.parse(held.expiresAt) - clock.now() > marginMs;
    // Another tab may have renewed it meanwhile.
    if (fresh && (reason === 'first' || held.accessToken !== this.#last))
      return (this.#last = held.accessToken);
    const session = held ? await this.#refresh(held) : await this.#mint();
    await storage.write((writer) => writer.put(sessionKey, session));
    return (this.#last = session.accessToken);
  }

  async #refresh({ refreshSecret }: Session): Promise<Session> {
    try {
      return await this.#ask('/v1/sessions/refresh', { refreshSecret });
    } catch (error) {
      if (!(error instanceof SahayError && sessionEnded.has(error.code))) throw error;
      // The session has ended for good: whoever comes next is somebody else, and sees nothing of the last one.
      return this.#mint();
    }
  }

  #mint(): Promise<Session> {
    return this.#ask('/v1/sessions', {});
  }

  async #ask(path: string, body: unknown): Promise<Session> {
    const session = await this.#options.post(path, body);
    if (follows('Session', session)) return session;
    throw outOfLine('session');
  }
}

const sessionEnded: ReadonlySet<string> = new Set([
  'unauthenticated',
  'token_expired',
  'token_invalid',
  'not_found',
  'forbidden',
]);
