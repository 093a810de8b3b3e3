import { isBlank } from '@sahay/protocol';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { attachIcon, sendIcon } from '../icons/window-icons.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import { renderer, wear, type Renderers } from '../message/lazy-renderers.ts';
import { base } from '../theme/base.ts';
import { windowControls } from '../theme/window-controls.ts';
import { windowTokens } from '../theme/window-tokens.ts';
import { composerStyles } from './composer.styles.ts';
import { TypingNotice } from './typing-notice.ts';

/** What is to be sent. */
export interface ComposerSendDetail {
  /** Never empty, without white space around it. */
  text: string;
}

/** Files that were chosen, pasted or dropped. */
export interface ComposerFilesDetail {
  files: File[];
}

/** Whether somebody is typing here. */
export interface ComposerTypingDetail {
  active: boolean;
}

/** A file on its way, as the composer shows it. */
export interface ComposerUpload {
  id: string;
  name: string;
  /** 0 to 1. */
  progress: number;
  /** Why it did not arrive, for people; then it can be tried again. */
  problem?: string | undefined;
}

/** Which upload to stop, or to try again. */
export interface ComposerCancelDetail {
  id: string;
}

/** Told of the room that is left once less than this share of it is. */
const nearlyFull = 0.1;
const growsByItself = globalThis.CSS?.supports('field-sizing', 'content');

/**
 * Where a message is written. Grows with its text; Enter sends, Shift+Enter starts a line, and an Enter that ends the composition of
 * an input method does neither.
 *
 * @fires {CustomEvent<ComposerSendDetail>} sahay-compose - The text is to be sent. Cancelled, it stays in the field.
 * @fires {CustomEvent<ComposerFilesDetail>} sahay-files - Files were chosen, pasted or dropped.
 * @fires {CustomEvent<ComposerTypingDetail>} sahay-typing - Somebody types here (said again every few seconds), or stopped.
 * @fires {CustomEvent<ComposerCancelDetail>} sahay-cancel-upload - An upload is to be stopped, or one that failed to be given up.
 * @fires {CustomEvent<ComposerCancelDetail>} sahay-retry-upload - An upload that failed is to be tried again.
 * @csspart field - The field with its edge.
 * @csspart input - The text area.
 * @csspart send - The send button.
 * @csspart attach - The attach button.
 * @csspart emoji - The button that opens the emoji.
 * @csspart record - The button that records.
 * @csspart dictate - The button that takes dictation.
 * @csspart hint - The line that says how much room is left.
 * @cssstate drop - Files are held over the composer.
 */
export class SahayComposer extends SahayElement {
  static override styles = [windowTokens, base, windowControls, composerStyles];
  static override properties: PropertyDeclarations = {
    value: {},
    maxLength: { type: Number, attribute: 'max-length' },
    disabledReason: { attribute: 'disabled-reason' },
    attachments: { type: Boolean },
    accept: {},
    uploads: { attribute: false },
    label: {},
    sendLabel: { attribute: 'send-label' },
    placeholder: {},
    dropping: { state: true, attribute: false },
    draft: { attribute: false },
  };

  /** The text in the field. */
  value = '';
  /** The most that can be sent, in UTF-16 code units. */
  maxLength = 16_000;
  /** Why nothing can be written now, for people; it takes the place of the field. */
  disabledReason = '';
  /** Offers to attach files. */
  attachments = false;
  /** MIME types for the file chooser, comma separated. */
  accept = '';
  /** Files on their way. */
  uploads: readonly ComposerUpload[] = [];
  /** What the field is called to those who do not see it. Default: "Message". */
  label: string | undefined;
  /** What the send button is called. Default: "Send". */
  sendLabel: string | undefined;
  /** What stands in the empty field. Default: "Write a message". */
  placeholder: string | undefined;

  /** Whether files are held over it. */
  dropping = false;
  /** What is written here belongs to this conversation; absent before it has begun. */
  draft: string | undefined;
  readonly #typing = new TypingNotice((active) => this.fire('sahay-typing', { active }));

  constructor() {
    super();
    // A drag tells of itself again and again: by the time of the drop what takes it is here.
    this.addEventListener('dragover', (event) => renderer('extras', () => undefined)?.dragOver(this, event));
  }

  get #input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#typing.stop();
  }

  /** Puts the cursor into the field. */
  override focus(options?: FocusOptions): void {
    this.#input?.focus(options);
  }

  /** Puts back what could not be sent, before what was written since. */
  giveBack(text: string): void {
    this.value = this.value.trim() ? `${text}\n${this.value}` : text;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!growsByItself && changed.has('value')) this.#extras?.grow(this.#input);
  }

  protected override render(): TemplateResult {
    if (this.disabledReason) return html`<div class="closed">${this.disabledReason}</div>`;
    const { strings } = this.localized;
    const extras = this.#extras;
    const tools = renderer('composer', () => this.requestUpdate())?.toolsFor(this);
    const room = this.#room;
    const roomWords = this.#nearlyFull ? (extras?.roomWords(room, this.localized) ?? '') : '';
    const send = this.sendLabel ?? strings.send;
    return html`${extras && this.uploads.length ? extras.uploadList(this) : nothing}
      <div id="hint" class=${room < 0 ? 'hint over' : 'hint'} part="hint" ?hidden=${!roomWords}>
        ${roomWords}
      </div>
      ${roomWords ? extras!.roomVoice(this, room) : nothing} ${tools?.above()}
      <div class="line">
        ${this.attachments ? this.#attach() : nothing}
        <div class="field" part="field">
          <textarea
            part="input"
            rows="1"
            dir="auto"
            enterkeyhint="send"
            autocomplete="off"
            aria-label=${this.label ?? strings.composerLabel}
            aria-describedby="hint"
            placeholder=${this.dropping && extras ? strings.dropFiles : (this.placeholder ?? strings.composerPlaceholder)}
            .value=${this.value}
            @input=${this.#written}
            @keydown=${this.#pressed}
            @paste=${this.#pasted}
            @blur=${() => this.#typing.stop()}
          ></textarea>
          ${tools?.within()}
        </div>
        <button
          type="button"
          class="icon-button primary send"
          part="send"
          aria-label=${send}
          title=${isBlank(this.value) ? strings.composerEmpty : room < 0 ? roomWords : send}
          ?disabled=${!this.#sendable}
          @click=${this.#send}
        >
          ${sendIcon()}
        </button>
      </div>`;
  }

  #attach(): TemplateResult {
    const { attach } = this.localized.strings;
    return html`<button
        type="button"
        class="icon-button attach"
        part="attach"
        aria-label=${attach}
        title=${attach}
        @click=${() => this.renderRoot.querySelector('input')!.click()}
      >
        ${attachIcon()}
      </button>
      <input type="file" multiple hidden accept=${this.accept || nothing} @change=${this.#chosen} />`;
  }

  get #room(): number {
    return this.maxLength - this.value.trim().length;
  }

  /** Whether little room is left, so that it matters how much. */
  get #nearlyFull(): boolean {
    return this.#room < Math.max(20, this.maxLength * nearlyFull);
  }

  get #sendable(): boolean {
    return !isBlank(this.value) && this.#room >= 0;
  }

  /** What only full, busy or visited composers need, and all where fields do not grow by themselves. */
  get #extras(): Renderers['extras'] | undefined {
    if (growsByItself && !this.#nearlyFull && !this.dropping && !this.uploads.length) return undefined;
    const extras = renderer('extras', () => this.requestUpdate());
    wear(this.shadowRoot, extras?.extraStyles);
    return extras;
  }

  readonly #written = (): void => {
    this.value = this.#input!.value;
    if (this.value.trim()) this.#typing.type();
    else this.#typing.stop();
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    // 229 is what browsers that end a composition before this event still report (Safari).
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.#send();
  };

  readonly #send = (): void => {
    if (!this.#sendable) return;
    this.#typing.stop();
    const taken = this.fire('sahay-compose', { text: this.value.trim() }, true);
    if (taken) this.value = '';
    this.#input?.focus();
  };

  readonly #chosen = ({ currentTarget }: Event): void => {
    const chooser = currentTarget as HTMLInputElement;
    this.offer([...(chooser.files ?? [])]);
    chooser.value = '';
    this.focus();
  };

  readonly #pasted = (event: ClipboardEvent): void => {
    if (this.offer([...(event.clipboardData?.files ?? [])])) event.preventDefault();
  };

  /** Takes files as if they had been chosen here; whether there were any and they can be sent. */
  offer(files: File[]): boolean {
    if (!files.length || !this.attachments || this.disabledReason) return false;
    this.fire('sahay-files', { files });
    return true;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-composer': SahayComposer;
  }
}
