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
}

/** Which upload to stop. */
export interface ComposerCancelDetail {
  id: string;
}

/** Told of the room that is left once less than this share of it is. */
const nearlyFull = 0.1;
const growsByItself = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content');

/**
 * Where a message is written. Grows with its text; Enter sends, Shift+Enter starts a line, and an Enter that ends the composition of
 * an input method does neither.
 *
 * @fires {CustomEvent<ComposerSendDetail>} sahay-compose - The text is to be sent. Cancelled, it stays in the field.
 * @fires {CustomEvent<ComposerFilesDetail>} sahay-files - Files were chosen, pasted or dropped.
 * @fires {CustomEvent<ComposerTypingDetail>} sahay-typing - Somebody types here (said again every few seconds), or stopped.
 * @fires {CustomEvent<ComposerCancelDetail>} sahay-cancel-upload - An upload is to be stopped.
 * @csspart field - The field with its edge.
 * @csspart input - The text area.
 * @csspart send - The send button.
 * @csspart attach - The attach button.
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

  private get input(): HTMLTextAreaElement | null | undefined {
    return this.shadowRoot?.querySelector<HTMLTextAreaElement>('textarea');
  }
  private get chooser(): HTMLInputElement | null | undefined {
    return this.shadowRoot?.querySelector<HTMLInputElement>('input[type=file]');
  }
  private dropping = false;
  readonly #typing = new TypingNotice((active) => this.fire('sahay-typing', { active }));
  readonly #internals = this.attachInternals();

  constructor() {
    super();
    this.addEventListener('dragover', this.#dragOver);
    this.addEventListener('dragleave', () => this.#drop(false));
    this.addEventListener('drop', this.#dropped);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#typing.stop();
  }

  /** Puts the cursor into the field. */
  override focus(options?: FocusOptions): void {
    this.input?.focus(options);
  }

  /** Puts back what could not be sent, before what was written since. */
  giveBack(text: string): void {
    this.value = this.value.trim() ? `${text}\n${this.value}` : text;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!growsByItself && changed.has('value')) this.#grow();
  }

  /** Firefox and older Safari: the field takes the height of its text; style sheets bound it. */
  #grow(): void {
    const { input } = this;
    if (!input) return;
    input.style.setProperty('height', 'auto');
    input.style.setProperty('height', `${input.scrollHeight}px`);
  }

  protected override render(): TemplateResult {
    if (this.disabledReason) return html`<div class="closed">${this.disabledReason}</div>`;
    const { strings } = this.localized;
    const extras = this.#extras;
    const reason = this.#refusal(extras);
    const nearlyFull = this.#nearlyFull;
    const cancel = (id: string): boolean => this.fire('sahay-cancel-upload', { id });
    return html`${extras && this.uploads.length ? extras.uploadList(this.uploads, this, cancel) : nothing}
      <div
        id="hint"
        class=${this.#room < 0 ? 'hint over' : 'hint'}
        part="hint"
        role="status"
        ?hidden=${!nearlyFull}
      >
        ${nearlyFull ? extras?.roomWords(this.#room, this.localized) : nothing}
      </div>
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
        </div>
        <button
          type="button"
          class="icon-button primary send"
          part="send"
          aria-label=${this.sendLabel ?? strings.send}
          title=${reason ?? this.sendLabel ?? strings.send}
          ?disabled=${reason !== undefined}
          @click=${this.#send}
        >
          ${sendIcon()}
        </button>
      </div>`;
  }

  #attach(): TemplateResult {
    return html`<button
        type="button"
        class="icon-button attach"
        part="attach"
        aria-label=${this.localized.strings.attach}
        title=${this.localized.strings.attach}
        @click=${() => this.chooser?.click()}
      >
        ${attachIcon()}
      </button>
      <input type="file" multiple hidden accept=${this.accept || nothing} @change=${this.#chosen} />`;
  }

  /** Whether little room is left, so that it matters how much. */
  get #nearlyFull(): boolean {
    return this.#room < Math.max(20, this.maxLength * nearlyFull);
  }

  get #room(): number {
    return this.maxLength - this.value.trim().length;
  }

  /** What only full, busy or visited composers need; asked for as soon as there is cause. */
  get #extras(): Renderers['extras'] | undefined {
    if (!this.#nearlyFull && !this.dropping && !this.uploads.length) return undefined;
    const extras = renderer('extras', () => this.requestUpdate());
    wear(this.shadowRoot, extras?.extraStyles);
    return extras;
  }

  /** Why the text cannot be sent as it stands; nothing when it can. */
  #refusal(extras = this.#extras): string | undefined {
    if (isBlank(this.value)) return this.localized.strings.composerEmpty;
    return this.#room < 0 ? (extras?.roomWords(this.#room, this.localized) ?? '') : undefined;
  }

  readonly #written = (): void => {
    this.value = this.input!.value;
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
    if (this.#refusal() !== undefined) return;
    this.#typing.stop();
    const taken = this.fire('sahay-compose', { text: this.value.trim() }, true);
    if (taken) this.value = '';
    this.input?.focus();
  };

  readonly #chosen = (): void => {
    const { files } = this.chooser!;
    this.#offer([...(files ?? [])]);
    this.chooser!.value = '';
    this.input?.focus();
  };

  readonly #pasted = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (this.#offer(files)) event.preventDefault();
  };

  readonly #dragOver = (event: DragEvent): void => {
    if (!this.attachments || this.disabledReason || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#drop(true);
  };

  readonly #dropped = (event: DragEvent): void => {
    this.#drop(false);
    if (this.#offer([...(event.dataTransfer?.files ?? [])])) event.preventDefault();
  };

  #drop(over: boolean): void {
    this.dropping = over;
    if (over) this.#internals.states.add('drop');
    else this.#internals.states.delete('drop');
  }

  #offer(files: File[]): boolean {
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
