import type { MessageList, MessageView } from '@sahay/client';
import { html, type TemplateResult } from 'lit';
import type { SahayMessageList } from '../message-list/message-list.ts';
import type { Row } from '../message-list/rows.ts';
import { conversationOf } from '../parts/conversation-of.ts';

const none: readonly Row[] = [];
/** As near as this to the view it is filled, in CSS pixels. */
const near = 240;

/**
 * Stands where messages are missing between an earlier place that a reader was led to and the latest ones, and has them fetched as she
 * comes near, from whichever side; what could not be fetched is asked for again when its button is pressed.
 */
export class GapLine {
  readonly #list: SahayMessageList;
  readonly #say: (words: string) => void;
  #scroller: HTMLElement | undefined;
  #busy = false;
  #failed = false;
  #looking = false;
  /** What the list showed when it was last filled: it is not asked for again on its own while nothing has changed. */
  #asked: unknown;

  /** @param say Tells those who use a screen reader. */
  constructor(list: SahayMessageList, say: (words: string) => void) {
    this.#list = list;
    this.#say = say;
  }

  /** Begins to listen, once there is something that scrolls. */
  watch(scroller: HTMLElement): void {
    this.#scroller = scroller;
    const moved = (): void => {
      this.#asked = undefined;
      this.#soon();
    };
    scroller.addEventListener('scroll', moved, { passive: true });
  }

  before({ key }: MessageView): readonly Row[] {
    if ((this.#list.messages as MessageList).gap !== key) return none;
    this.#soon();
    const busy = this.#busy;
    return [
      {
        key: `gap ${key}`,
        part: 'gap',
        className: 'gap',
        facts: [busy, this.#list.localized],
        content: () => this.#line(busy),
      },
    ];
  }

  /** It stays a button that can hold the focus while it loads. */
  #line(busy: boolean): TemplateResult {
    const { loading, loadBetween } = this.#list.localized.strings;
    return html`<button
      type="button"
      class="button quiet"
      aria-disabled=${busy}
      @click=${() => void this.#fill()}
    >
      ${busy ? loading : loadBetween}
    </button>`;
  }

  /** Where it stands is known once all is drawn, and the view is where it is to stay. */
  readonly #soon = (): void => {
    if (this.#looking || (this.#list.messages as MessageList).gap === undefined) return;
    this.#looking = true;
    requestAnimationFrame(() => setTimeout(this.#look));
  };

  readonly #look = (): void => {
    this.#looking = false;
    if (this.#failed || this.#asked === this.#list.messages) return;
    const line = this.#scroller?.querySelector('.gap')?.getBoundingClientRect();
    const view = this.#scroller?.getBoundingClientRect();
    if (line && view && line.top < view.bottom + near && line.bottom > view.top - near) void this.#fill();
  };

  /** From the side where its reader is. */
  async #fill(): Promise<void> {
    const line = this.#scroller?.querySelector('.gap')?.getBoundingClientRect();
    const view = this.#scroller?.getBoundingClientRect();
    if (this.#busy || !line || !view) return;
    const isAbove = line.top + line.bottom > view.top + view.bottom;
    this.#busy = true;
    this.#asked = this.#list.messages;
    this.#list.redraw();
    try {
      await conversationOf(this.#list)?.loadBetween?.(isAbove ? 'before' : 'after');
      this.#failed = false;
    } catch (error) {
      // Here stands what to press; the page may hear why.
      this.#failed = true;
      this.#say(this.#list.localized.strings.errorUnknown);
      const told = { detail: { error }, bubbles: true, composed: true };
      this.#list.dispatchEvent(new CustomEvent('sahay-error', told));
    }
    this.#busy = false;
    this.#list.redraw();
  }
}
