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
  readonly #masked: () => void;
  /** What its writer was asked about and sends all the same. */
  #allowed = '';
  /** What she is asked about. */
  #asked = '';
  #looked = '';
  #found: Finding[] = [];

  /** @param masked called when what stood in the field is another text */
  constructor(composer: SahayComposer, masked: () => void) {
    this.#composer = composer;
    this.#masked = masked;
    // A key that is held down is no answer to a question that has just been asked.
    composer.shadowRoot!.addEventListener(
      'keydown',
      (event) => {
        const { key, repeat } = event as KeyboardEvent;
        if (!this.#asked || key !== 'Enter' || !repeat) return;
        event.preventDefault();
        event.stopPropagation();
      },
      { capture: true },
    );
  }

  /** Whether the text waits for an answer: once for each number. */
  holds(text: string): boolean {
    const numbers = numbersIn(text);
    if (numbers && numbers === this.#asked) this.#allowed = numbers;
    const waits = numbers !== '' && numbers !== this.#allowed;
    this.#asked = waits ? numbers : '';
    this.#composer.requestUpdate();
    return waits;
  }

  line(): TemplateResult | typeof nothing {
    const { value, localized } = this.#composer;
    if (value !== this.#looked) {
      this.#looked = value;
      this.#found = findSensitive(value);
      if (this.#asked !== numbersIn(value, this.#found)) this.#asked = '';
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
    // The draft holds it, too.
    this.#masked();
    this.#composer.focus();
  };
}

/** What was found, as one string to know it again by. */
const numbersIn = (text: string, found = findSensitive(text)): string =>
  found.map(({ start, end }) => text.slice(start, end)).join();
