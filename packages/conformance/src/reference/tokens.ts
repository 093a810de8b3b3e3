import { randomUUID } from 'node:crypto';
import type { Session } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';

/** Who a token speaks for, and until when. */
export interface Claims {
  actor: Actor;
  expiresAt: number;
}

/** The reference server's sessions and tokens. */
export class Tokens {
  readonly #tokens = new Map<string, Claims>();
  readonly #secrets = new Map<string, Actor>();
  readonly #now: () => number;
  readonly lifeMs = 900_000;

  constructor(now: () => number) {
    this.#now = now;
  }

  mint(actor: Actor): string {
    const token = `token-${randomUUID()}`;
    this.#tokens.set(token, { actor, expiresAt: this.#now() + this.lifeMs });
    return token;
  }

  claims(token: string): Claims | 'expired' | undefined {
    const claims = this.#tokens.get(token);
    return claims && claims.expiresAt <= this.#now() ? 'expired' : claims;
  }

  /** Whom a token spoke for, even when it has expired. */
  bearer(token: string): Actor | undefined {
    return this.#tokens.get(token)?.actor;
  }

  session(actor: Actor): Session {
    const refreshSecret = `secret-${randomUUID()}`;
    this.#secrets.set(refreshSecret, actor);
    return {
      accessToken: this.mint(actor),
      expiresAt: new Date(this.#now() + this.lifeMs).toISOString(),
      refreshSecret,
      participant: { id: actor.id, role: actor.role },
    };
  }

  refresh(secret: string): Session | undefined {
    const actor = this.#secrets.get(secret);
    return actor && this.session(actor);
  }
}
