import type { Clock } from '../clock.ts';
import { SahayError } from '../sahay-error.ts';

/** A link is asked for anew this long before it ends, in ms. */
const marginMs = 30_000;

/** Signed links to attachments, each kept until shortly before it ends. */
export class SignedLinks {
  readonly #links = new Map<string, { url: Promise<string>; until: number }>();
  readonly #clock: Clock;
  readonly #ask: (path: string) => Promise<Response>;
  readonly #base: string;

  /** @param base what a relative link is relative to, when the response does not say. */
  constructor(clock: Clock, ask: (path: string) => Promise<Response>, base: string) {
    this.#clock = clock;
    this.#ask = ask;
    this.#base = base;
  }

  get(attachmentId: string): Promise<string> {
    const known = this.#links.get(attachmentId);
    if (known && known.until > this.#clock.now()) return known.url;
    const link = { url: this.#fresh(attachmentId), until: Infinity };
    link.url.catch(() => this.#links.delete(attachmentId));
    this.#links.set(attachmentId, link);
    return link.url;
  }

  async #fresh(attachmentId: string): Promise<string> {
    const response = await this.#ask(`/v1/attachments/${encodeURIComponent(attachmentId)}/link`);
    const { url, expiresAt } = ((await response.json()) ?? {}) as { url?: unknown; expiresAt?: unknown };
    if (typeof url !== 'string' || typeof expiresAt !== 'string')
      throw new SahayError('invalid_frame', 'The server gave no link to the attachment.');
    const link = this.#links.get(attachmentId);
    if (link) link.until = Date.parse(expiresAt) - marginMs;
    return new URL(url, response.url || this.#base).href;
  }
}
