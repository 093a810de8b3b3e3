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
  #scroller: HTMLElement | undefined;
  #busy = false;
  #failed = false;
  #looking = false;

  constructor(list: SahayMessageList) {
    this.#list = list;
  }

  /** Begins to listen, once there is something that scrolls. */
  watch(scroller: HTMLElement): void {
    this.#scroller = scroller;
    scroller.addEventListener('scroll', this.#soon, { passive: true });
  }

  before({ key }: MessageView): readonly Row[] {
    if ((this.#list.messages as MessageList).gap !== key) return none;
    this.#soon();
    const busy = !this.#failed;
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

  #line(busy: boolean): TemplateResult {
    const { loading, loadBetween } = this.#list.localized.strings;
    return html`<button
      type="button"
      class="button quiet"
      ?disabled=${busy}
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
    if (this.#busy || this.#failed) return;
    const line = this.#scroller?.querySelector('.gap')?.getBoundingClientRect();
    const view = this.#scroller?.getBoundingClientRect();
    if (line && view && line.top < view.bottom + near && line.bottom > view.top - near) void this.#fill();
  };

  /** From the side where its reader is. */
  async #fill(): Promise<void> {
    const line = this.#scroller?.querySelector('.gap')?.getBoundingClientRect();
    const view = this.#scroller?.getBoundingClientRect();
    if (!line || !view) return;
    const isAbove = line.top + line.bottom > view.top + view.bottom;
    this.#busy = true;
    const failedBefore = this.#failed;
    try {
      await conversationOf(this.#list)?.loadBetween?.(isAbove ? 'before' : 'after');
      this.#failed = false;
    } catch (error) {
      // Here stands what to press; the page may hear why.
      this.#failed = true;
      const told = { detail: { error }, bubbles: true, composed: true };
      this.#list.dispatchEvent(new CustomEvent('sahay-error', told));
    }
    this.#busy = false;
    if (this.#failed !== failedBefore) this.#list.redraw();
  }
}
