import type { MessageView } from '@sahay/client';
import type { Part } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { closeIcon, replyIcon } from '../../icons/late-icons.ts';
import { pencilIcon } from '../../icons/tool-icons.ts';
import { attempt } from '../../message-tools/attempt.ts';
import { onlyText } from '../../message-tools/message-offers.ts';
import { messageText } from '@sahay/protocol/core';
import type { SahayComposer } from '../composer.ts';

/** The most of a message that is quoted; the backend keeps no more than it finds in the message. */
const quoted = 200;

/** The message that what is written answers or replaces. */
export class About {
  readonly #composer: SahayComposer;
  #kind: 'reply' | 'edit' | undefined;
  #view: MessageView | undefined;
  /** What stood in the field before a message was put there to be edited. */
  #before = '';

  constructor(composer: SahayComposer) {
    this.#composer = composer;
    composer.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#view || event.defaultPrevented) return;
      event.stopPropagation();
      this.#end();
    });
  }

  get editing(): boolean {
    return this.#kind === 'edit';
  }

  begin(kind: 'reply' | 'edit', view: MessageView): void {
    if (this.editing) this.#composer.value = this.#before;
    this.#kind = kind;
    this.#view = view;
    if (kind === 'edit') {
      this.#before = this.#composer.value;
      this.#composer.value = onlyText(view)?.text ?? '';
    }
    this.#composer.requestUpdate();
    void this.#composer.updateComplete.then(() => this.#composer.focus());
  }

  /** Says what it is about, with a way out. */
  bar(): TemplateResult | typeof nothing {
    const view = this.#view;
    if (!view) return nothing;
    const { strings } = this.#composer.localized;
    const { author } = view.message;
    const name = author.name ?? strings[author.role === 'bot' ? 'bot' : 'agent'];
    const replying = view.own ? strings.reply : this.#composer.localized.text('replyTo', { name });
    const label = this.editing ? strings.editMessage : replying;
    return html`<div class="about" part="about" role="group" aria-label=${label}>
      ${this.editing ? pencilIcon() : replyIcon()}
      <div role="status">
        <b>${label}</b>
        <span dir="auto">${messageText(view.message).slice(0, quoted)}</span>
      </div>
      <button type="button" class="icon-button" aria-label=${strings.cancel} @click=${() => this.#end()}>
        ${closeIcon()}
      </button>
    </div>`;
  }

  #end(): void {
    this.drop();
    this.#composer.focus();
  }

  /** What is written is about nothing any more. */
  drop(): void {
    if (this.editing) this.#composer.value = this.#before;
    this.#view = this.#kind = undefined;
    this.#composer.requestUpdate();
  }

  /** Sends what was written as an answer or an edit; whether it was about anything. */
  takes(text: string): boolean {
    const view = this.#view;
    const kind = this.#kind;
    if (!view) return false;
    const before = this.#before;
    this.#view = this.#kind = undefined;
    attempt(this.#composer, async (room) => {
      try {
        const isTaken =
          kind === 'edit'
            ? (await room.handle?.do?.('message.edit', edited(view, text)), true)
            : await room.send(text, answer(view, text));
        if (!isTaken) this.#restore(kind!, view, text);
        else if (kind === 'edit' && before) this.#composer.giveBack(before);
      } catch (error) {
        this.#restore(kind!, view, text);
        throw error;
      }
    });
    return true;
  }

  /** What was not taken can be tried again as it was. */
  #restore(kind: 'reply' | 'edit', view: MessageView, text: string): void {
    this.#kind = kind;
    this.#view = view;
    this.#composer.giveBack(text);
    this.#composer.requestUpdate();
  }
}

function edited(view: MessageView, text: string): { messageId: string; parts: Part[] } {
  const { id, parts } = view.message;
  const old = onlyText(view);
  return { messageId: id, parts: parts.map((part) => (part === old ? { ...old, text } : part)) };
}

function answer({ message }: MessageView, text: string): { replyTo: string; parts: Part[] } {
  return {
    replyTo: message.id,
    parts: [
      { partId: 'quote', type: 'quote', messageId: message.id, text: quoteOf(message) },
      { partId: 'text', type: 'text', text },
    ],
  };
}

/** Words that stand in the message as they are; without any the backend says what it is. */
function quoteOf({ parts }: MessageView['message']): string {
  const text = parts.find((part) => part.type === 'text')?.text ?? '';
  return text.slice(0, quoted).replace(/[\uD800-\uDBFF]$/, '');
}
