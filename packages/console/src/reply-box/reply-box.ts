import type { ConversationHandle, SupportClient } from '@sahay/client';
import { chatIcon, lockIcon } from '@sahay/elements/icons';
import { acceptedTypes, refusalOf, UploadsController } from '@sahay/elements/internal';
import type {
  ComposerCancelDetail,
  ComposerFilesDetail,
  ComposerSendDetail,
  ComposerTypingDetail,
  SahayComposer,
} from '@sahay/elements/leaf';
import { base, controls, tokens } from '@sahay/elements/theme';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { ConsoleElement } from '../internal/console-element.ts';
import { draftsOf, type WritingMode } from '../internal/drafts.ts';
import { replyBoxStyles } from './reply-box.styles.ts';

/** Something that failed, and the words that were to be said. */
export interface ReplyProblemDetail {
  error: unknown;
  /** What to show; without it the error's own words. */
  text?: string | undefined;
}

/** What is to be noted. */
export interface NoteDetail {
  text: string;
}

/**
 * Where an agent writes: a reply to the visitor, or a note for the team, in two fields that never mix. Uses the visitor's composer.
 *
 * @fires {CustomEvent<NoteDetail>} sahay-note - A note is to be saved.
 * @fires {CustomEvent<ReplyProblemDetail>} sahay-problem - A message or a file could not be sent.
 */
export class SahayReplyBox extends ConsoleElement {
  static override styles = [tokens, base, controls, replyBoxStyles];

  @property({ attribute: false }) client: SupportClient | undefined;
  @property({ attribute: false }) handle: ConversationHandle | undefined;
  /** What the visitor is called. */
  @property() name = '';
  /** Why no reply can be written now; notes always can. */
  @property({ attribute: false }) disabledReason: string | undefined;

  @query('sahay-composer') private composer!: SahayComposer | null;
  @state() private mode: WritingMode = 'reply';
  readonly #uploads = new UploadsController(this);

  /** Puts the cursor where one writes. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.composer?.focus(options));
  }

  /** Shows the draft as it is kept now. */
  reload(): void {
    if (!this.client || !this.handle) return;
    const draft = draftsOf(this.client).get(this.handle.id);
    this.mode = draft.mode;
    void this.updateComplete.then(() => {
      if (this.composer) this.composer.value = draft[draft.mode];
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('handle')) this.reload();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { client, handle, mode } = this;
    if (!client || !handle) return nothing;
    return html`<div class="box ${mode}">
      ${this.#modes()} ${keyed(`${handle.id} ${mode}`, this.#composer(client, handle))}
    </div>`;
  }

  #modes(): TemplateResult {
    const { strings } = this.words;
    const choice = (mode: WritingMode, label: string, icon: TemplateResult) =>
      html`<label
        ><input
          type="radio"
          name="mode"
          value=${mode}
          .checked=${this.mode === mode}
          @change=${() => this.#write(mode)}
        />${icon}${label}</label
      >`;
    return html`<div class="bar">
      <div class="modes" role="radiogroup" aria-label=${strings.writeTo}>
        ${choice('reply', strings.reply, chatIcon())} ${choice('note', strings.note, lockIcon())}
      </div>
      <span class="seen" role="status"
        >${this.mode === 'note' ? strings.noteSeenBy : strings.replySeenBy}</span
      >
    </div>`;
  }

  #composer(client: SupportClient, handle: ConversationHandle): TemplateResult {
    const { words, mode, name } = this;
    const note = mode === 'note';
    return html`<sahay-composer
      .value=${draftsOf(client).get(handle.id)[mode]}
      .label=${note ? words.strings.noteLabel : words.text('replyLabel', { name })}
      .sendLabel=${note ? words.strings.saveNote : undefined}
      .placeholder=${note ? words.strings.notePlaceholder : words.text('replyPlaceholder', { name })}
      .disabledReason=${note ? '' : (this.disabledReason ?? '')}
      .attachments=${!note && client.capabilities.has('attachments')}
      .accept=${acceptedTypes}
      .uploads=${note ? [] : this.#uploads.list}
      @input=${this.#keepDraft}
      @sahay-compose=${this.#compose}
      @sahay-files=${(event: CustomEvent<ComposerFilesDetail>) => this.#sendFiles(event.detail.files)}
      @sahay-cancel-upload=${(event: CustomEvent<ComposerCancelDetail>) => this.#uploads.cancel(event.detail.id)}
      @sahay-typing=${(event: CustomEvent<ComposerTypingDetail>) => {
        // Nobody is told that a note is being written.
        if (mode === 'reply') handle.typing(event.detail.active);
      }}
    ></sahay-composer>`;
  }

  #write(mode: WritingMode): void {
    this.mode = mode;
    if (this.client && this.handle) draftsOf(this.client).change(this.handle.id, { mode });
    this.focus();
  }

  readonly #keepDraft = (event: Event): void => {
    this.#keep(this.handle, this.mode, (event.currentTarget as SahayComposer).value);
  };

  #keep(handle: ConversationHandle | undefined, mode: WritingMode, text: string): void {
    if (this.client && handle) draftsOf(this.client).change(handle.id, { [mode]: text });
  }

  readonly #compose = (event: CustomEvent<ComposerSendDetail>): void => {
    // The field keeps its text until it is known to be taken.
    event.preventDefault();
    const composer = event.currentTarget as SahayComposer;
    const { text } = event.detail;
    const { mode, handle } = this;
    if (!handle) return;
    const taken = (): void => {
      // Somebody may have gone on writing meanwhile.
      if (composer.value.trim() !== text) return;
      composer.value = '';
      this.#keep(handle, mode, '');
    };
    if (mode === 'note') {
      this.fire('sahay-note', { text } satisfies NoteDetail);
      taken();
      return;
    }
    handle.send(text).then(taken, (error: unknown) => {
      this.fire('sahay-problem', { error } satisfies ReplyProblemDetail);
    });
  };

  #sendFiles(files: readonly File[]): void {
    const { handle, words } = this;
    if (!handle) return;
    for (const file of files) {
      const refusal = refusalOf(file, this.localized, this.formats);
      if (refusal) {
        this.fire('sahay-problem', { error: undefined, text: refusal } satisfies ReplyProblemDetail);
        continue;
      }
      this.#uploads.send(handle, file).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : '';
        const text = words.text('uploadFailed', { name: file.name, why });
        this.fire('sahay-problem', { error, text } satisfies ReplyProblemDetail);
      });
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-reply-box': SahayReplyBox;
  }
}
