import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long a link to a file works, in ms. */
export const linkLifetimeMs = 5 * 60_000;

/** What a link's query says of it. */
export type LinkVerdict = 'valid' | 'expired' | 'forged';

/** Makes and checks links to one file each, valid for five minutes, that need no other credential. */
export class LinkSigner {
  readonly #key: Uint8Array;
  readonly #now: () => number;

  /** @param key at least 32 random bytes used for nothing else */
  constructor(key: Uint8Array, now: () => number = Date.now) {
    this.#key = key;
    this.#now = now;
  }

  /** A link's path and query, and when it ends in ms since 1970. */
  sign(attachmentId: string): { path: string; expiresAt: number } {
    const expiresAt = Math.ceil((this.#now() + linkLifetimeMs) / 1000) * 1000;
    const expires = String(expiresAt / 1000);
    const signature = this.#signature(attachmentId, expires).toString('base64url');
    return {
      path: `/v1/attachments/${encodeURIComponent(attachmentId)}/content?expires=${expires}&signature=${signature}`,
      expiresAt,
    };
  }

  check(attachmentId: string, expires: string | undefined, signature: string | undefined): LinkVerdict {
    if (!expires || !signature || !/^\d{1,12}$/.test(expires)) return 'forged';
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#signature(attachmentId, expires);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
    return Number(expires) * 1000 > this.#now() ? 'valid' : 'expired';
  }

  #signature(attachmentId: string, expires: string): Buffer {
    return createHmac('sha256', this.#key).update(`${attachmentId}\n${expires}`).digest();
  }
}
