import type { GetToken, TokenReason } from '../connector/log-connector.ts';
import { SahayError } from '../sahay-error.ts';

/**
 * A token that the host page supplies, for known visitors and for agents.
 *
 * @throws SahayError `unauthenticated` when there is none.
 */
export async function hostToken(getToken: GetToken, reason: TokenReason): Promise<string> {
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
}
