import { randomUUID } from 'node:crypto';
import type { Session } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';

/** Who a token speaks for, and until when. */
export interface Claims {
  actor: Actor;
  expiresAt: number;
}

/** A session: the latest secret and its number; none once it has ended. */
interface Held {
  actor: Actor;
  latest: { secret: string; number: number } | undefined;
}

/** The reference server's sessions and tokens. */
export class Tokens {
  readonly #tokens = new Map<string, Claims>();
  readonly #secrets = new Map<string, { held: Held; number: number }>();
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
    return this.#next({ actor, latest: undefined }, 1);
  }

  /** The secret before the latest is good until that is used; one older was copied, and ends the session. */
  refresh(secret: string): Session | undefined {
    const { held, number = 0 } = this.#secrets.get(secret) ?? {};
    if (!held?.latest) return undefined;
    const { latest } = held;
    if (number === latest.number) return this.#next(held, number + 1);
    if (number === latest.number - 1) return this.#sessionOf(held, latest.secret);
    held.latest = undefined;
    return undefined;
  }

  #next(held: Held, number: number): Session {
    const secret = `secret-${randomUUID()}`;
    this.#secrets.set(secret, { held, number });
    held.latest = { secret, number };
    return this.#sessionOf(held, secret);
  }

  #sessionOf({ actor }: Held, refreshSecret: string): Session {
    return {
      accessToken: this.mint(actor),
      expiresAt: new Date(this.#now() + this.lifeMs).toISOString(),
      refreshSecret,
      participant: { id: actor.id, role: actor.role },
    };
  }
}
