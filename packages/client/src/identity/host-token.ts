import type { ConnectorHost, GetToken, TokenReason } from '../connector/log-connector.ts';
import { SahayError } from '../sahay-error.ts';
import { speaksFor } from '../session/unclaimed.ts';

/**
 * A token that the host page supplies, for known visitors and for agents.
 *
 * @throws SahayError `unauthenticated` when there is none.
 */
export async function hostToken(
  { storage }: Pick<ConnectorHost, 'storage'>,
  getToken: GetToken,
  reason: TokenReason,
): Promise<string> {
  try {
    const token = await getToken({ reason });
    if (typeof token === 'string' && token) {
      speaksFor(storage, subjectOf(token));
      return token;
    }
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

/** Whom a JSON Web Token says that it speaks for. Others may be of any shape, and tell nothing. */
function subjectOf(token: string): string | undefined {
  const [, claims = ''] = token.split('.');
  try {
    const { sub } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: unknown };
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}
