import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../http/problem-error.ts';

/** How long the link back into a conversation works, in ms. */
export const continuationLifetimeMs = 3 * 24 * 3_600_000;

/** Whom a link back was made for. */
export interface Continuation {
  conversationId: string;
  visitorId: string;
}

/** Makes and checks what stands in the links of e-mails: signed, each for one purpose, and good for nothing else. */
export class MailLinks {
  readonly #key: Uint8Array;
  readonly #now: () => number;

  /** @param key at least 32 random bytes used for nothing else */
  constructor(key: Uint8Array, now: () => number) {
    this.#key = key;
    this.#now = now;
  }

  /** What lets whoever has it go on with one conversation for three days. */
  continuation({ conversationId, visitorId }: Continuation): { token: string; expiresAt: number } {
    const expiresAt = this.#now() + continuationLifetimeMs;
    return { token: this.#sign('continue', [conversationId, visitorId, String(expiresAt)]), expiresAt };
  }

  /** @throws ProblemError `token_invalid`, or `token_expired` */
  readContinuation(token: string): Continuation {
    const [conversationId = '', visitorId = '', expiresAt = ''] = this.#read('continue', token);
    if (Number(expiresAt) <= this.#now())
      throw new ProblemError(
        'token_expired',
        'This link is older than three days. Open the page you wrote from instead.',
      );
    return { conversationId, visitorId };
  }

  /** What takes an address from the list of those that get e-mails; it does not run out. */
  unsubscribe(address: string): string {
    return this.#sign('unsubscribe', [this.addressDigest(address)]);
  }

  /** The digest of the address that wants no more. @throws ProblemError `token_invalid` */
  readUnsubscribe(token: string): string {
    return this.#read('unsubscribe', token)[0] ?? '';
  }

  /** By which an address is known without being kept. */
  addressDigest(address: string): string {
    return createHmac('sha256', this.#key)
      .update(`address\n${address.trim().toLowerCase()}`)
      .digest('base64url');
  }

  #sign(purpose: string, fields: readonly string[]): string {
    const body = Buffer.from(fields.join('\n')).toString('base64url');
    return `${body}.${this.#signature(purpose, body).toString('base64url')}`;
  }

  #read(purpose: string, token: string): string[] {
    const [body = '', signature = ''] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#signature(purpose, body);
    if (token.length > 1_000 || given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new ProblemError(
        'token_invalid',
        'This link is not one of ours, or not whole. Copy it again from the e-mail.',
      );
    return Buffer.from(body, 'base64url').toString('utf8').split('\n');
  }

  #signature(purpose: string, body: string): Buffer {
    return createHmac('sha256', this.#key).update(`${purpose}\n${body}`).digest();
  }
}
