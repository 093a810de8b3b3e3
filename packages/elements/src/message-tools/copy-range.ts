import type { MessageList, MessageView } from '@sahay/client';
import { whileConnected } from '../internal/while-connected.ts';
import type { SahayMessageList } from '../message-list/message-list.ts';
import { indexOf } from './index-of.ts';
import type { MessageButton } from './list-tools.ts';
import { messageText } from '@sahay/protocol/core';

/** One end of what is selected: in which message, and where. */
interface End {
  key: string;
  node: Node;
  offset: number;
}

/**
 * What is copied from a transcript says who said it and when, in order, also of messages that are no longer in the page: the window
 * keeps few of them, so both ends of a selection are remembered by their messages.
 */
export class CopyRange {
  readonly #list: SahayMessageList;
  readonly #scroller: HTMLElement;
  #start: End | undefined;
  #end: End | undefined;
  /** Whether all of the transcript was asked for. */
  #whole = false;

  constructor(list: SahayMessageList, scroller: HTMLElement) {
    this.#list = list;
    this.#scroller = scroller;
    whileConnected(list, document, 'selectionchange', () => this.#follow());
    scroller.addEventListener('pointerdown', ({ shiftKey }) => {
      this.#whole = false;
      if (!shiftKey) this.#forget();
    });
    scroller.addEventListener('keydown', this.#selectAll);
    scroller.addEventListener('copy', this.#copy);
  }

  readonly #selectAll = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, target } = event;
    if (key.toLowerCase() !== 'a' || !(ctrlKey || metaKey) || target !== this.#scroller) return;
    const rows = this.#scroller.querySelector('.rows')!;
    if (!rows.firstElementChild) return;
    event.preventDefault();
    document.getSelection()?.setBaseAndExtent(rows, 0, rows, rows.childNodes.length);
    this.#whole = true;
  };

  #follow(): void {
    const range = this.#range();
    if (!range || range.collapsed) {
      // Lines that leave the page take a selection along; it ends when its reader begins another.
      if (!this.#whole && !isGone(this.#start) && !isGone(this.#end)) this.#forget();
      return;
    }
    this.#start = this.#outer(this.#start, this.#endAt(range.startContainer, range.startOffset), -1);
    this.#end = this.#outer(this.#end, this.#endAt(range.endContainer, range.endOffset), 1);
  }

  /** Where a selection ends now; what left the page counts as long as it lies further out. */
  #outer(before: End | undefined, now: End | undefined, direction: 1 | -1): End | undefined {
    if (!before || !isGone(before)) return now ?? before;
    const { messages } = this.#list;
    const further = now
      ? (indexOf(messages, now.key) - indexOf(messages, before.key)) * direction > 0
      : false;
    return further ? now : before;
  }

  #forget(): void {
    this.#start = this.#end = undefined;
  }

  /** What is selected, if it lies in the transcript. */
  #range(): StaticRange | Range | undefined {
    const root = this.#list.shadowRoot!;
    const own = (root as ShadowRoot & { getSelection?: () => Selection }).getSelection?.();
    const range = own?.rangeCount ? own.getRangeAt(0) : composedRange(root);
    return range &&
      this.#scroller.contains(range.startContainer) &&
      this.#scroller.contains(range.endContainer)
      ? range
      : undefined;
  }

  #endAt(node: Node, offset: number): End | undefined {
    const view = viewAt(node);
    return view && { key: view.key, node, offset };
  }

  readonly #copy = (event: ClipboardEvent): void => {
    const { messages } = this.#list;
    const last = messages.length - 1;
    const [from, to] = this.#whole
      ? [0, last]
      : [this.#start, this.#end].map((end) => (end ? indexOf(messages, end.key) : -1));
    // Words of one message are copied as they are.
    if (from! < 0 || to! < 0 || from === to) return;
    const lines: string[] = [];
    const { gap } = messages as MessageList;
    for (let index = from!; index <= to!; index++) {
      const view = messages.at(index)!;
      if (view.key === gap && lines.length) lines.push('[…]');
      lines.push(this.#spoken(view));
    }
    event.clipboardData?.setData('text/plain', lines.join('\n\n'));
    event.preventDefault();
  };

  #spoken({ key, message, own }: MessageView): string {
    const { strings } = this.#list.localized;
    const { author } = message;
    const name = own ? strings.you : (author.name ?? strings[author.role === 'bot' ? 'bot' : 'agent']);
    const time = Date.parse(message.createdAt);
    const when = Number.isNaN(time) ? '' : `, ${this.#list.formats.dateTime(time)}`;
    const words = this.#whole ? undefined : this.#partly(key);
    return `${name}${when}:\n${words ?? messageText(message)}`;
  }

  /** Of the first and last message only what is selected. */
  #partly(key: string): string | undefined {
    const [start, end] = [this.#start, this.#end];
    const at = key === start?.key ? start : key === end?.key ? end : undefined;
    const bubble = at?.node.isConnected && elementOf(at.node)?.closest('.bubble');
    if (!bubble) return undefined;
    const range = document.createRange();
    range.selectNodeContents(bubble);
    if (at === start) range.setStart(at.node, at.offset);
    else range.setEnd(at.node, at.offset);
    return range.toString().trim() || undefined;
  }
}

function composedRange(root: ShadowRoot): StaticRange | undefined {
  const shadowRoots: ShadowRoot[] = [];
  for (let at: Node = root; at instanceof ShadowRoot; at = at.host.getRootNode()) shadowRoots.push(at);
  return document.getSelection()?.getComposedRanges?.({ shadowRoots })[0];
}

const isGone = (end: End | undefined): boolean => end !== undefined && !end.node.isConnected;

const elementOf = (node: Node): Element | null => (node instanceof Element ? node : node.parentElement);

function viewAt(node: Node): MessageView | undefined {
  return elementOf(node)?.closest('.row')?.querySelector<MessageButton>('.act')?.view;
}
