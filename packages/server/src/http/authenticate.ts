import type { Actor } from '@sahay/protocol/core';
import type { VerifiedToken } from '../identity/access-tokens.ts';
import type { HttpContext, HttpParts } from './http-env.ts';
import { ProblemError } from './problem-error.ts';

/** Who asks. @throws ProblemError as {@link verifyToken} does */
export async function authenticate(c: HttpContext, parts: Pick<HttpParts, 'identity'>): Promise<Actor> {
  return (await verifyToken(c, parts)).actor;
}

/**
 * What the token says, by the `Authorization` header and nothing else: a token in an address would end up in histories and logs.
 *
 * @throws ProblemError `unauthenticated`, `token_expired` or `token_invalid`
 */
export async function verifyToken(
  c: HttpContext,
  { identity }: Pick<HttpParts, 'identity'>,
): Promise<VerifiedToken> {
  const [scheme, token] = (c.req.header('authorization') ?? '').split(/\s+/);
  if (scheme?.toLowerCase() !== 'bearer' || !token)
    throw new ProblemError(
      'unauthenticated',
      'Send an access token in the Authorization header: Bearer <token>.',
    );
  return identity.verify(token);
}

/** Like {@link authenticate}, for what agents alone may do. */
export async function authenticateAgent(c: HttpContext, parts: Pick<HttpParts, 'identity'>): Promise<Actor> {
  const actor = await authenticate(c, parts);
  if (actor.role !== 'agent')
    throw new ProblemError('forbidden', 'Only agents may do this. Sign in to the console.');
  return actor;
}
