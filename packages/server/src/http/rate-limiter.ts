import { ProblemError } from './problem-error.ts';

/** How many of something are accepted: `burst` at once, `perSecond` for long. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** Addresses remembered at once; beyond it those that have been quiet longest are forgotten. */
const mostKeys = 50_000;

/** Token buckets by key, such as an address or a participant. */
export class RateLimiter {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /**
   * Takes one token of a key's bucket.
   *
   * @throws ProblemError `rate_limited` with `retryAfterMs`, when the bucket is empty
   */
  take(key: string): void {
    const now = this.#now();
    const { burst, perSecond } = this.#rate;
    const held = this.#buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, held.tokens + (Math.max(0, now - held.at) / 1000) * perSecond);
    // Deleted and set again, the map's order is the order of last use.
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    if (this.#buckets.size > mostKeys) this.#forgetOldest();
    if (tokens >= 1) return;
    const retryAfterMs = Math.ceil(((1 - tokens) / perSecond) * 1000);
    throw new ProblemError(
      'rate_limited',
      `Too many requests at once. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
      {
        retryAfterMs,
      },
    );
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}

/** How often what may be asked of the HTTP interface. */
export interface HttpRates {
  /** New sessions of one address; many visitors may share one. Default 60 at once, 1 a second. */
  sessions: Rate;
  /** Sign-ins and other requests about agents of one address. Default 30 at once, 1 a second. */
  agents: Rate;
  /** Everything else of one address. Default 300 at once, 50 a second. */
  requests: Rate;
  /** Uploads of one participant. Default 20 at once, 1 a second. */
  uploads: Rate;
  /** Searches of one participant: each reads up to 2 MB while commits wait. Default 60 at once, 5 a second. */
  searches: Rate;
}

export const defaultHttpRates: HttpRates = {
  sessions: { burst: 60, perSecond: 1 },
  agents: { burst: 30, perSecond: 1 },
  requests: { burst: 300, perSecond: 50 },
  uploads: { burst: 20, perSecond: 1 },
  searches: { burst: 60, perSecond: 5 },
};

/** A limiter for each rate. */
export type RateLimiters = Record<keyof HttpRates, RateLimiter>;

/** Makes the limiters of one server. */
export function createRateLimiters(rates: Partial<HttpRates>, now: () => number): RateLimiters {
  const limiter = (name: keyof HttpRates): RateLimiter =>
    new RateLimiter(rates[name] ?? defaultHttpRates[name], now);
  return {
    sessions: limiter('sessions'),
    agents: limiter('agents'),
    requests: limiter('requests'),
    uploads: limiter('uploads'),
    searches: limiter('searches'),
  };
}
