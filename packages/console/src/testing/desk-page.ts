import { fixture, html } from '@open-wc/testing';
import type { SahayComposer, SahayMessageList } from '@sahay/elements/leaf';
import type { SahayConversation } from '../conversation/conversation.ts';
import type { SahayDesk } from '../desk/desk.ts';
import type { SahayReplyBox } from '../reply-box/reply-box.ts';
import type { FakeAgentClient } from './fake-agent-client.ts';

/** Three redraws (the desk's, its children's, theirs), and the end of what moves: half faded in, colours are not what they will be. */
export async function settled(): Promise<void> {
  for (;;) {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    const moving = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    if (!moving.length) return;
    await Promise.allSettled(moving.map(({ finished }) => finished));
  }
}

/** A desk in the page, and the ways into what it shows. */
export class DeskPage {
  readonly desk: SahayDesk;

  constructor(desk: SahayDesk) {
    this.desk = desk;
  }

  /** Opens a desk with these conversations; the last is on screen. */
  static async open(client: FakeAgentClient, ...ids: string[]): Promise<DeskPage> {
    sessionStorage.clear();
    const desk = await fixture<SahayDesk>(html`<sahay-desk .client=${client} lang="en"></sahay-desk>`);
    for (const id of ids) {
      desk.open(id);
      await desk.updateComplete;
    }
    await settled();
    return new DeskPage(desk);
  }

  get conversation(): SahayConversation {
    return this.desk.shadowRoot!.querySelector('sahay-conversation[active]')!;
  }

  get list(): SahayMessageList {
    return this.conversation.shadowRoot!.querySelector('sahay-message-list')!;
  }

  get replyBox(): SahayReplyBox {
    return this.conversation.shadowRoot!.querySelector('sahay-reply-box')!;
  }

  get composer(): SahayComposer {
    return this.replyBox.shadowRoot!.querySelector('sahay-composer')!;
  }

  get field(): HTMLTextAreaElement | null {
    return this.composer.shadowRoot!.querySelector('textarea');
  }

  get header(): HTMLElement {
    return this.conversation.shadowRoot!.querySelector('header')!;
  }

  /** The buttons of the header by their words. */
  get actions(): string[] {
    return [...this.header.querySelectorAll('.button')].map((button) => button.textContent.trim());
  }

  get tabs(): HTMLElement[] {
    return [...this.desk.shadowRoot!.querySelectorAll<HTMLElement>('[role=tab]')];
  }

  /** What an agent sees in the transcript: its rows, and what stands between them, in the order on screen. */
  get transcript(): string[] {
    const content = this.list.shadowRoot!.querySelector('.content')!;
    return [...content.querySelectorAll('.row, .notice, slot')].flatMap((element) => {
      const found = element instanceof HTMLSlotElement ? element.assignedElements() : [element];
      return found.map((one) => one.textContent.replace(/\s+/g, ' ').trim()).filter(Boolean);
    });
  }

  async press(words: string): Promise<void> {
    const found = [...this.header.querySelectorAll<HTMLElement>('.button')].find((button) =>
      button.textContent.includes(words),
    );
    found!.click();
    await settled();
  }

  async write(text: string): Promise<void> {
    this.field!.value = text;
    this.field!.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await settled();
  }

  async key(target: EventTarget, key: string): Promise<KeyboardEvent> {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true });
    target.dispatchEvent(event);
    await settled();
    return event;
  }

  /** Chooses whom the words are for. */
  async mode(mode: 'reply' | 'note'): Promise<void> {
    this.replyBox.shadowRoot!.querySelector<HTMLInputElement>(`input[value=${mode}]`)!.click();
    await settled();
  }
}
