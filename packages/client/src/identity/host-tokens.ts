import type { GetToken } from '../connector/log-connector.ts';
import { SahayError } from '../sahay-error.ts';
import type { TokenSource } from './token-source.ts';

/** Tokens that the host page supplies, for known visitors and for agents. */
export function hostTokens(getToken: GetToken): TokenSource {
  return {
    async get(reason) {
      try {
        const token = await getToken({ reason });
        if (typeof token === 'string' && token) return token;
      } catch (cause) {
        if (cause instanceof SahayError) throw cause;
        throw new SahayError('unauthenticated', 'getToken failed, so nobody is signed in. See the cause.', {
          retryable: true,
          cause,
        });
      }
      throw new SahayError('unauthenticated', 'getToken returned no token. Return a string.', {
        retryable: true,
      });
    },
    forget: () => Promise.resolve(),
  };
}
