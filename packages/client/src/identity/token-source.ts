import type { TokenReason } from '../connector/log-connector.ts';

/** Supplies access tokens. */
export interface TokenSource {
  /** A token; `reason` says why the last one will not do. */
  get(reason: TokenReason): Promise<string>;
  /** Forgets all, stored secrets included. */
  forget(): Promise<void>;
}

/** Asks once however many need a token, and keeps it until it is no good. */
export class SharedTokens {
  readonly #source: TokenSource;
  #token: string | undefined;
  #asking: Promise<string> | undefined;
  #used = false;

  constructor(source: TokenSource) {
    this.#source = source;
  }

  /**
   * A token that is good as far as is known.
   *
   * @param bad the token that was refused; a newer one is returned without asking.
   */
  async get(reason: TokenReason = 'first', bad?: string): Promise<string> {
    if (this.#asking) return this.#asking;
    if (this.#token !== undefined && (reason === 'first' || (bad !== undefined && bad !== this.#token)))
      return this.#token;
    const why = this.#used ? reason : 'first';
    this.#asking = this.#source.get(why).finally(() => (this.#asking = undefined));
    this.#token = await this.#asking;
    this.#used = true;
    return this.#token;
  }

  forget(): Promise<void> {
    this.#token = undefined;
    this.#used = false;
    return this.#source.forget();
  }
}
