import { html, type TemplateResult } from 'lit';
import { dictateIcon } from '../../icons/tool-icons.ts';
import type { SahayComposer } from '../composer.ts';
import { insertText } from './insert-text.ts';
import { sayProblem } from './say-problem.ts';

/** What browsers have of it, as far as it is used here. */
interface Recognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  start(): void;
  stop(): void;
  onresult:
    | ((event: {
        resultIndex: number;
        results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>;
      }) => void)
    | null;
  onend: (() => void) | null;
  onerror: ((event: { error: string }) => void) | null;
}
type RecognitionClass = new () => Recognition;

function recognition(): RecognitionClass | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as {
    SpeechRecognition?: RecognitionClass;
    webkitSpeechRecognition?: RecognitionClass;
  };
  return SpeechRecognition ?? webkitSpeechRecognition;
}

/** Whether this browser can write down what is said. */
export const canDictate = (): boolean => recognition() !== undefined;

/** Writes down what is said, in the window's language. The browser does it, and may send the sound to its maker: only ever after a press. */
export class Dictation {
  readonly #composer: SahayComposer;
  #running: Recognition | undefined;

  constructor(composer: SahayComposer) {
    this.#composer = composer;
    composer.addController({ hostDisconnected: () => this.stop() });
  }

  button(): TemplateResult {
    const { strings } = this.#composer.localized;
    const label = this.#running ? strings.dictateStop : strings.dictate;
    return html`<button
      type="button"
      class="icon-button dictate"
      part="dictate"
      aria-pressed=${this.#running !== undefined}
      aria-label=${label}
      title=${label}
      @click=${() => (this.#running ? this.#running.stop() : this.#start())}
    >
      ${dictateIcon()}
    </button>`;
  }

  stop(): void {
    this.#running?.stop();
  }

  #start(): void {
    const running = new (recognition()!)();
    this.#running = running;
    running.lang = this.#composer.localized.tag;
    running.continuous = true;
    running.interimResults = false;
    running.onresult = ({ resultIndex, results }) => {
      for (let index = resultIndex; index < results.length; index++) {
        const said = results[index]!;
        if (said.isFinal) this.#write(said[0]!.transcript.trim());
      }
    };
    running.onend = () => this.#ended();
    running.onerror = ({ error }) => {
      if (error !== 'no-speech' && error !== 'aborted')
        sayProblem(this.#composer, this.#composer.localized.strings.dictateFailed);
    };
    running.start();
    this.#composer.requestUpdate();
  }

  #write(words: string): void {
    const { value } = this.#composer;
    insertText(this.#composer, value && !/\s$/.test(value) ? ` ${words}` : words);
  }

  #ended(): void {
    this.#running = undefined;
    this.#composer.requestUpdate();
    this.#composer.focus();
  }
}
