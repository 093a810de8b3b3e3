import type { MessageView } from '@sahay/client';
import { html, nothing, type TemplateResult } from 'lit';
import { smileIcon } from '../../icons/tool-icons.ts';
import { completeEnglish } from '../../locales/complete-english.ts';
import { renderer, wear } from '../../message/lazy-renderers.ts';
import { attempt } from '../../message-tools/attempt.ts';
import type { SahayComposer } from '../composer.ts';
import { loadPicker } from '../lazy-tools.ts';
import { About } from './about.ts';
import { composerToolStyles } from './composer-tools.styles.ts';
import { canDictate, Dictation } from './dictation.ts';
import { Drafts } from './drafts.ts';
import { canRecord, Recorder } from './recorder.ts';
import { insertText } from './insert-text.ts';
import { SensitiveHint } from './sensitive-hint.ts';
import { Suggester } from './suggester.ts';

completeEnglish();

const all = new WeakMap<SahayComposer, ComposerTools>();

/** The tools of a composer: the same object each time. */
export function toolsFor(composer: SahayComposer): ComposerTools {
  const tools = all.get(composer) ?? new ComposerTools(composer);
  all.set(composer, tools);
  tools.follow();
  return tools;
}

/**
 * What a composer can do beside taking words: keep drafts, answer and edit messages, offer emoji, suggestions, dictation and recordings,
 * and say when a number stands in the text that others should not read. It arrives once one can write.
 */
export class ComposerTools {
  readonly #composer: SahayComposer;
  readonly #about: About;
  readonly #drafts: Drafts;
  readonly #hint: SensitiveHint;
  readonly #suggester: Suggester;
  readonly #recorder: Recorder;
  readonly #dictation: Dictation;
  /** The conversation that is shown. */
  #shown: string | undefined;

  constructor(composer: SahayComposer) {
    this.#composer = composer;
    wear(composer.shadowRoot, composerToolStyles);
    this.#about = new About(composer);
    this.#drafts = new Drafts(
      composer,
      () => this.#about.editing,
      () => this.#forget(),
    );
    this.#hint = new SensitiveHint(composer, () => this.#drafts.written());
    this.#suggester = new Suggester(composer);
    this.#recorder = new Recorder(composer);
    this.#dictation = new Dictation(composer);
    // What stands in the way of sending hears of it first.
    composer.addEventListener(
      'sahay-compose',
      (event) => this.#compose(event as CustomEvent<{ text: string }>),
      {
        capture: true,
      },
    );
    composer.addEventListener('input', () => this.#drafts.written());
    // Word processors put a picture of what was copied beside its words: those who paste mean the words.
    composer.addEventListener(
      'paste',
      (event) => {
        const { clipboardData } = event;
        if (clipboardData?.getData('text/html') && clipboardData.getData('text/plain'))
          event.stopImmediatePropagation();
      },
      { capture: true },
    );
    takeDrops(composer);
  }

  /** Looks at what the composer is about now. */
  follow(): void {
    const { draft } = this.#composer;
    // A message of another conversation can be neither answered nor edited here.
    if (this.#shown !== undefined && this.#shown !== draft) this.#about.drop();
    this.#shown = draft;
    this.#drafts.follow();
  }

  /** She who wrote here has gone. */
  #forget(): void {
    this.#about.drop();
    this.#recorder.drop();
    this.#dictation.stop();
    for (const { id } of this.#composer.uploads)
      this.#composer.dispatchEvent(new CustomEvent('sahay-cancel-upload', { detail: { id } }));
  }

  /** Begins to answer or to edit a message. */
  answer(kind: 'reply' | 'edit', view: MessageView): void {
    this.#about.begin(kind, view);
  }

  /** What stands above the line one writes in. */
  above(): TemplateResult {
    return html`${this.#about.bar()}${this.#recorder.panel()}${this.#hint.line()}${this.#suggester.list()}`;
  }

  /** What stands in the field, after the text. */
  within(): TemplateResult {
    const { strings } = this.#composer.localized;
    return html`<div class="tools">
      ${canDictate() ? this.#dictation.button() : nothing}<button
        type="button"
        class="icon-button emoji"
        part="emoji"
        aria-label=${strings.emojiInsert}
        aria-haspopup="dialog"
        title=${strings.emojiInsert}
        @click=${this.#pick}
      >
        ${smileIcon()}</button
      >${this.#composer.attachments && canRecord() ? this.#recorder.button() : nothing}
    </div>`;
  }

  readonly #pick = ({ currentTarget }: Event): void => {
    const button = currentTarget as HTMLElement;
    const composer = this.#composer;
    attemptLoad(composer, async () => {
      const { openPicker } = await loadPicker();
      openPicker(button, composer.localized, composer, (emoji) => insertText(composer, emoji));
    });
  };

  #compose(event: CustomEvent<{ text: string }>): void {
    const { text } = event.detail;
    if (this.#hint.holds(text)) stop(event);
    else if (this.#about.takes(text)) {
      event.stopImmediatePropagation();
      event.stopPropagation();
    } else this.#drafts.sent();
  }
}

/** Where files are listened for already; composers come and go. */
const heard = new WeakSet<Node>();

/** Files may be dropped anywhere on the window. */
function takeDrops(composer: SahayComposer): void {
  const root = composer.getRootNode();
  if (!(root instanceof ShadowRoot) || heard.has(root)) return;
  heard.add(root);
  root.host.addEventListener('dragover', (event) => {
    for (const one of root.querySelectorAll('sahay-composer'))
      renderer('extras', () => undefined)?.dragOver(one, event as DragEvent);
  });
}

function stop(event: Event): void {
  event.stopImmediatePropagation();
  event.preventDefault();
}

/** What cannot be fetched is said by the window. */
function attemptLoad(composer: SahayComposer, work: () => Promise<void>): void {
  work().catch((error: unknown) =>
    attempt(composer, () => {
      throw error;
    }),
  );
}
