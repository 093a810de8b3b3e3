import { html, nothing, type TemplateResult } from 'lit';
import { shieldIcon } from '../../icons/tool-icons.ts';
import {
  findSensitive,
  maskSensitive,
  type Finding,
  type SensitiveKind,
} from '../../sensitive/find-sensitive.ts';
import type { SahayComposer } from '../composer.ts';

const words = {
  card: 'sensitiveCard',
  iban: 'sensitiveIban',
  nationalId: 'sensitiveId',
} as const satisfies Record<SensitiveKind, string>;

/** Says when a card number, an IBAN or the like stands in the text, and masks it with one tap; what is sent is the writer's own decision. */
export class SensitiveHint {
  readonly #composer: SahayComposer;
  /** What its writer was asked about and sends all the same. */
  #allowed = '';
  #asked = false;
  #looked = '';
  #found: Finding[] = [];

  constructor(composer: SahayComposer) {
    this.#composer = composer;
  }

  /** Whether the text waits for an answer: once for each number. */
  holds(text: string): boolean {
    const numbers = numbersIn(text);
    if (!numbers || numbers === this.#allowed) {
      this.#asked = false;
      return false;
    }
    if (this.#asked) {
      this.#asked = false;
      this.#allowed = numbers;
      return false;
    }
    this.#asked = true;
    this.#composer.requestUpdate();
    return true;
  }

  line(): TemplateResult | typeof nothing {
    const { value, localized } = this.#composer;
    if (value !== this.#looked) {
      this.#looked = value;
      this.#found = findSensitive(value);
      if (!this.#found.length) this.#asked = false;
    }
    const [first] = this.#found;
    const { strings } = localized;
    return html`<div class=${first ? 'sensitive' : ''} part="sensitive" role="status">
      ${
        first
          ? html`${shieldIcon()}<span
                >${strings[words[first.kind]]} ${this.#asked ? strings.sensitiveAsk : ''}</span
              >
              <button type="button" class="text-button" @click=${this.#mask}>
                ${strings.sensitiveMask}
              </button>`
          : nothing
      }
    </div>`;
  }

  readonly #mask = (): void => {
    const { value } = this.#composer;
    this.#composer.value = maskSensitive(value);
    this.#composer.focus();
  };
}

/** What was found, as one string to know it again by. */
const numbersIn = (text: string): string =>
  findSensitive(text)
    .map(({ start, end }) => text.slice(start, end))
    .join();
