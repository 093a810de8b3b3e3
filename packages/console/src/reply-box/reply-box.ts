import type { ConversationHandle, SupportClient } from '@sahay/client';
import { bookIcon, chatIcon, lockIcon, plusIcon } from '@sahay/elements/icons';
import { sendFiles, type RunningUpload } from '@sahay/elements/internal';
import type {
  ComposerCancelDetail,
  ComposerFilesDetail,
  ComposerSendDetail,
  ComposerTypingDetail,
  SahayComposer,
} from '@sahay/elements/leaf';
import { base, controls, tokens } from '@sahay/elements/theme';
import { defaultLimits, type Part, type Participant } from '@sahay/protocol';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { DismissDetail, InsertDetail } from '../canned-replies/canned-replies.ts';
import type { CannedReply } from '../canned-replies/canned-reply-store.ts';
import { ConsoleElement } from '../internal/console-element.ts';
import { draftsOf, type WritingMode } from '../internal/drafts.ts';
import { wordsOf } from '../rich-reply/rich-draft.ts';
import type { RichReplyDetail } from '../rich-reply/rich-reply.ts';
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
 * @fires {CustomEvent<{ error: unknown }>} sahay-error - A file did not arrive; it can be tried again.
 */
export class SahayReplyBox extends ConsoleElement {
  static override styles = [tokens, base, controls, replyBoxStyles];

  @property({ attribute: false }) client: SupportClient | undefined;
  @property({ attribute: false }) handle: ConversationHandle | undefined;
  /** What the visitor is called. */
  @property() name = '';
  /** Why no reply can be written now; notes always can. */
  @property({ attribute: false }) disabledReason: string | undefined;

  @query('sahay-canned-replies') private canned!: HTMLElement | null;
  @query('sahay-composer') private composer!: SahayComposer | null;
  @state() private mode: WritingMode = 'reply';
  /** Where canned replies are chosen: opened by a slash, which is given back when none is, or by the button. */
  @state() private choosing: 'slash' | 'button' | undefined;
  @state() private editing = false;
  /** What of a card, quick replies or a form is being written, and the words above it. */
  @state() private composingRich: { text: string; below?: readonly Part[] | undefined } | undefined;
  @state() private uploads: ReadonlyMap<string, RunningUpload> = new Map();

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
      ${this.#canned(client)}${this.#rich()}${this.#modes()}
      ${keyed(`${handle.id} ${mode}`, this.#composer(client, handle))}
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
          @click=${(event: MouseEvent) => {
            // Who points wants to write; who walks through the choice by keyboard stays in it.
            if (event.detail > 0) this.focus();
          }}
        />${icon}${label}</label
      >`;
    return html`<div class="bar">
      <div class="modes" role="radiogroup" aria-label=${strings.writeTo}>
        ${choice('reply', strings.reply, chatIcon())} ${choice('note', strings.note, lockIcon())}
      </div>
      <span class="seen" role="status"
        >${this.mode === 'note' ? strings.noteSeenBy : strings.replySeenBy}</span
      >
      ${this.#tools()}
    </div>`;
  }

  #tools(): TemplateResult | typeof nothing {
    const { strings } = this.words;
    if (this.mode === 'reply' && this.disabledReason) return nothing;
    return html`<div class="tools">
      <button
        type="button"
        class="icon-button"
        aria-label=${strings.insertCanned}
        title=${strings.insertCanned}
        aria-expanded=${this.choosing ? 'true' : 'false'}
        @mousedown=${(event: Event) => event.preventDefault()}
        @click=${() => this.#choose(this.choosing ? undefined : 'button')}
      >
        ${bookIcon()}
      </button>
      ${
        this.mode === 'reply'
          ? html`<button
              type="button"
              class="icon-button"
              aria-label=${strings.richReply}
              title=${strings.richReply}
              aria-haspopup="dialog"
              @click=${() => (this.composingRich = { text: this.composer?.value.trim() ?? '' })}
            >
              ${plusIcon()}
            </button>`
          : nothing
      }
    </div>`;
  }

  #canned(client: SupportClient): TemplateResult | typeof nothing {
    if (this.editing) {
      return html`<sahay-canned-reply-editor
        .client=${client}
        @sahay-close=${() => {
          this.editing = false;
        }}
      ></sahay-canned-reply-editor>`;
    }
    if (!this.choosing) return nothing;
    return html`<sahay-canned-replies
      .client=${client}
      @sahay-insert=${(event: CustomEvent<InsertDetail>) => this.#insert(event.detail.reply)}
      @sahay-dismiss=${(event: CustomEvent<DismissDetail>) => this.#dismiss(event.detail)}
      @sahay-edit=${() => {
        this.choosing = undefined;
        this.editing = true;
      }}
    ></sahay-canned-replies>`;
  }

  /** What stands in the field, such as a canned reply, becomes the words above what is sent. */
  #rich(): TemplateResult | typeof nothing {
    const { composingRich } = this;
    if (!composingRich) return nothing;
    return html`<sahay-rich-reply
      .author=${this.#author}
      .beginning=${composingRich.text}
      .below=${composingRich.below}
      @sahay-rich-reply=${(event: CustomEvent<RichReplyDetail>) => this.#sendRich(event.detail)}
      @sahay-close=${() => {
        this.composingRich = undefined;
      }}
    ></sahay-rich-reply>`;
  }

  /** Who has the conversation: whom the visitor will see as its author. */
  get #author(): Participant {
    const { participants, assignment } = this.handle?.getSnapshot().conversation ?? {};
    const found = participants?.find(({ id }) => id === assignment?.controlledBy);
    return found ?? { id: 'agent', role: 'agent' };
  }

  #sendRich({ parts }: RichReplyDetail): void {
    const { handle, mode } = this;
    if (!handle) return;
    const text = this.composer?.value ?? '';
    this.#fill('');
    handle.send({ parts }).catch((error: unknown) => {
      this.composer?.giveBack(text);
      this.#keep(handle, mode, text);
      this.fire('sahay-problem', { error } satisfies ReplyProblemDetail);
    });
  }

  #choose(by: 'slash' | 'button' | undefined): void {
    this.choosing = by;
    if (by) void this.updateComplete.then(() => this.canned?.focus());
    else this.focus();
  }

  /** Puts a reply behind what is written already. One with more than words is shown before it is sent; a note holds words alone. */
  #insert({ text, parts }: CannedReply): void {
    this.choosing = undefined;
    const note = this.mode === 'note';
    const lines = [this.composer?.value.trimEnd(), text, note ? wordsOf(parts) : ''];
    const words = lines.filter(Boolean).join('\n');
    // At once: what opens above remembers whom to give the focus back to.
    this.composer?.focus();
    if (parts && !note) this.composingRich = { text: words, below: parts };
    else this.#fill(words);
  }

  /** What was typed after the slash is not lost: it becomes the message. */
  #dismiss({ typed, left }: DismissDetail): void {
    const bySlash = this.choosing === 'slash';
    this.choosing = undefined;
    if (bySlash && typed) this.#fill(`/${typed}`);
    if (!left) this.focus();
  }

  #fill(text: string): void {
    if (this.composer) this.composer.value = text;
    this.#keep(this.handle, this.mode, text);
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
      .accept=${defaultLimits.attachmentTypes.join(',')}
      .uploads=${note ? [] : [...this.uploads.values()]}
      @keydown=${this.#pressed}
      @input=${this.#keepDraft}
      @sahay-compose=${this.#compose}
      @sahay-files=${(event: CustomEvent<ComposerFilesDetail>) => this.#sendFiles(event.detail.files)}
      @sahay-cancel-upload=${(event: CustomEvent<ComposerCancelDetail>) => this.uploads.get(event.detail.id)?.stop()}
      @sahay-retry-upload=${(event: CustomEvent<ComposerCancelDetail>) => this.uploads.get(event.detail.id)?.again?.()}
      @sahay-typing=${(event: CustomEvent<ComposerTypingDetail>) => {
        // Nobody is told that a note is being written.
        if (mode === 'reply') handle.typing(event.detail.active);
      }}
    ></sahay-composer>`;
  }

  #write(mode: WritingMode): void {
    this.mode = mode;
    if (this.client && this.handle) draftsOf(this.client).change(this.handle.id, { mode });
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const opens =
      event.key === '/' && !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!opens || (event.currentTarget as SahayComposer).value) return;
    event.preventDefault();
    this.#choose('slash');
  };

  readonly #keepDraft = (event: Event): void => {
    this.#keep(this.handle, this.mode, (event.currentTarget as SahayComposer).value);
  };

  #keep(handle: ConversationHandle | undefined, mode: WritingMode, text: string): void {
    if (this.client && handle) draftsOf(this.client).change(handle.id, { [mode]: text });
  }

  readonly #compose = (event: CustomEvent<ComposerSendDetail>): void => {
    const composer = event.currentTarget as SahayComposer;
    const { text } = event.detail;
    const { mode, handle } = this;
    if (!handle) return event.preventDefault();
    // The field is free at once, or a second Enter would send the same again; what is not taken comes back.
    this.#keep(handle, mode, '');
    if (mode === 'note') {
      this.fire('sahay-note', { text } satisfies NoteDetail);
      return;
    }
    handle.send(text).catch((error: unknown) => {
      composer.giveBack(text);
      this.#keep(handle, mode, composer.value);
      this.fire('sahay-problem', { error } satisfies ReplyProblemDetail);
    });
  };

  #sendFiles(files: readonly File[]): void {
    const { handle, localized, formats } = this;
    if (!handle) return;
    void sendFiles(files, {
      locale: localized,
      formats,
      begin: () => handle,
      show: (id, upload) => {
        const uploads = new Map(this.uploads);
        if (upload) uploads.set(id, upload);
        else uploads.delete(id);
        this.uploads = uploads;
      },
      refuse: (text, error) => this.fire('sahay-problem', { error, text } satisfies ReplyProblemDetail),
      failed: (error) => this.fire('sahay-error', { error }),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-reply-box': SahayReplyBox;
  }
}
