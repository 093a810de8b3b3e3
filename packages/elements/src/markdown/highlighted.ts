import { html, noChange } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import type * as Tokens from './code-tokens.ts';

/** Colours come once the code has rested this long, in milliseconds: while it streams in, every token would colour all of it again. */
const rest = 150;
/** Longer code stays plain: colouring it would hold the page up. */
const longest = 20_000;
const loadTokens = (): Promise<typeof Tokens> => import('./code-tokens.ts');

/** Code as plain text at once, in colours a little later. What colours it is fetched when the first code appears. */
class Highlighted extends AsyncDirective {
  #text: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  render(text: string, language: string): unknown {
    if (text === this.#text) return noChange;
    this.#text = text;
    clearTimeout(this.#timer);
    if (language && text.length <= longest)
      this.#timer = setTimeout(() => void this.#colour(text, language), rest);
    return text;
  }

  protected override disconnected(): void {
    clearTimeout(this.#timer);
    this.#text = undefined;
  }

  async #colour(text: string, language: string): Promise<void> {
    // Without colours the code is as good to read: what could not be fetched is not missed.
    const tokens = await loadTokens().then(
      ({ codeTokens }) => codeTokens(text, language),
      () => undefined,
    );
    if (!tokens || text !== this.#text || !this.isConnected) return;
    this.setValue(
      tokens.map(({ kind, text: piece }) => (kind ? html`<span class=${kind}>${piece}</span>` : piece)),
    );
  }
}

export const highlighted = directive(Highlighted);
