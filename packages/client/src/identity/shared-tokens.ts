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

  constructor(source: TokenSource) {
    this.#source = source;
  }

  /**
   * A token that is good as far as is known.
   *
   * @param bad the token that was refused; a newer one is returned without asking.
   */
  async get(reason: TokenReason = 'first', bad?: string): Promise<string> {
    const token = this.#token;
    if (token && !this.#asking && (reason === 'first' || (bad && bad !== token))) return token;
    this.#asking ??= this.#source.get(token ? reason : 'first').finally(() => (this.#asking = undefined));
    return (this.#token = await this.#asking);
  }

  forget(): Promise<void> {
    this.#token = undefined;
    return this.#source.forget();
  }
}
