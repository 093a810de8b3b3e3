import { decodeProtectedHeader, errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Participant } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { HostKey } from '../config/host-key.ts';
import { ProblemError } from '../http/problem-error.ts';
import { cleanName } from './clean-name.ts';
import { knownVisitorId } from './secrets.ts';

/** How long an access token of this server works, in ms. */
export const accessTokenLifetimeMs = 15 * 60_000;

/** The longest a host's token may live, in seconds; a little is forgiven to clocks that differ. */
const longestHostLifetime = 15 * 60;
const clockTolerance = 30;
const ownKeyId = 'sahay-session';
/** Longer tokens carry more than an identity, and cost more to check than anybody should make us. */
const longestToken = 8192;

/** Who a token speaks for, and until when. */
export type VerifiedToken = { actor: Actor; expiresAt: number; sessionId?: string | undefined };

/** What {@link AccessTokens} needs. */
export interface AccessTokensOptions {
  tenantId: string;
  /** At least 32 random bytes; signs this server's own tokens. */
  key: Uint8Array;
  /** The site's own key, where known visitors are configured. */
  hostKey?: HostKey | undefined;
  now?: (() => number) | undefined;
}

/**
 * Signs this server's access tokens and checks them and the host's. Which key checks a token is decided by its key id
 * alone, and each key has one algorithm: no header can choose another.
 */
export class AccessTokens {
  readonly #options: AccessTokensOptions;
  readonly #now: () => number;

  constructor(options: AccessTokensOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** A token for a session of this server's own. */
  async sign(
    participant: Participant,
    sessionId: string,
  ): Promise<{ accessToken: string; expiresAt: string }> {
    const issuedAt = Math.floor(this.#now() / 1000);
    const expires = issuedAt + accessTokenLifetimeMs / 1000;
    const { id, role, name, avatarUrl } = participant;
    const accessToken = await new SignJWT({
      role,
      sid: sessionId,
      ...(name && { name }),
      ...(avatarUrl && { avatarUrl }),
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: ownKeyId })
      .setSubject(id)
      .setAudience(this.#options.tenantId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expires)
      .sign(this.#options.key);
    return { accessToken, expiresAt: new Date(expires * 1000).toISOString() };
  }

  /**
   * Says who a token speaks for.
   *
   * @throws ProblemError `token_expired`, or `token_invalid` for everything else that is wrong with it
   */
  async verify(token: string): Promise<VerifiedToken> {
    if (token.length > longestToken)
      throw invalid(`it has ${token.length} characters, more than ${longestToken}`);
    return keyIdOf(token) === ownKeyId ? this.#verifyOwn(token) : this.#verifyHost(token);
  }

  async #verifyOwn(token: string): Promise<VerifiedToken> {
    const claims = await this.#claims(token, this.#options.key, 'HS256', 0);
    const { sub, role, sid, exp } = claims;
    if (!sub || typeof sid !== 'string' || (role !== 'visitor' && role !== 'agent') || !exp)
      throw invalid('it is incomplete');
    return { actor: this.#actor(sub, role, claims), expiresAt: exp * 1000, sessionId: sid };
  }

  /** A host's token is always a visitor's, whatever role it claims. */
  async #verifyHost(token: string): Promise<VerifiedToken> {
    const { hostKey, tenantId } = this.#options;
    if (!hostKey)
      throw invalid('this server accepts no tokens of other backends; set SAHAY_JWT_KEY and SAHAY_JWT_ALG');
    const claims = await this.#claims(token, hostKey.key, hostKey.algorithm, clockTolerance);
    const { sub, exp, iat } = claims;
    if (!sub || !exp) throw invalid('it needs sub and exp');
    // Whatever is no proper text would be made one, and two subjects could become the same.
    if (typeof sub !== 'string' || /\p{Cs}/u.test(sub)) throw invalid('its sub is not text');
    const now = this.#now() / 1000;
    // Without iat the token's age is unknown: what is left of it must be short enough.
    const begin = iat === undefined ? now : Math.min(iat, now);
    if (iat !== undefined && iat > now + clockTolerance) throw invalid('its iat is in the future');
    if (exp - begin > longestHostLifetime + clockTolerance) throw invalid('it lives longer than 15 minutes');
    return {
      actor: this.#actor(knownVisitorId(tenantId, sub), 'visitor', claims),
      expiresAt: (exp + clockTolerance) * 1000,
    };
  }

  async #claims(
    token: string,
    key: HostKey['key'],
    algorithm: string,
    tolerance: number,
  ): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [algorithm],
        audience: this.#options.tenantId,
        currentDate: new Date(this.#now()),
        clockTolerance: tolerance,
        requiredClaims: ['sub', 'exp'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw new ProblemError('token_expired', 'The access token has expired. Fetch a fresh one.');
      if (error instanceof errors.JOSEError) throw invalid(`it was refused (${error.code})`);
      throw error;
    }
  }

  #actor(id: string, role: 'visitor' | 'agent', claims: JWTPayload): Actor {
    const name = textOf(claims['name'], 200);
    const avatarUrl = role === 'agent' ? textOf(claims['avatarUrl'], 2000) : undefined;
    return {
      id,
      role,
      tenantId: this.#options.tenantId,
      ...(name && { name }),
      ...(avatarUrl && { avatarUrl }),
    };
  }
}

const invalid = (reason: string): ProblemError =>
  new ProblemError('token_invalid', `The access token is not accepted: ${reason}.`);

function keyIdOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid;
  } catch {
    throw invalid('it is not a JWT');
  }
}

const textOf = (claim: unknown, longest: number): string | undefined =>
  typeof claim === 'string' ? cleanName(claim, longest) || undefined : undefined;
