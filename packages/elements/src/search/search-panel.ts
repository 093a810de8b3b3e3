import { html, render } from 'lit';
import type { ChatRoom } from '../chat/later.ts';
import { closeIcon, searchIcon } from '../icons/late-icons.ts';
import { arrowUpIcon } from '../icons/tool-icons.ts';
import { rememberFocus } from '../internal/focus.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import type { SahayMessageList } from '../message-list/message-list.ts';
import { wear } from '../message/lazy-renderers.ts';
import { indexOf } from '../message-tools/index-of.ts';
import { mark, rowWith } from '../message-tools/message-link.ts';
import { searchConversation, type SearchState } from './conversation-search.ts';
import { highlight } from './highlight.ts';
import { searchStyles } from './search.styles.ts';

completeEnglish();

/** How long after the last letter the search begins, in milliseconds. */
const pause = 200;
const nothingYet: SearchState = { keys: [], searching: false };
const open = new WeakMap<ShadowRoot, SearchPanel>();

/** Opens the search of a window's conversation, or puts the focus into the one that is open. */
export function openSearch(room: ChatRoom): void {
  const there = open.get(room.root);
  if (there) return there.focus();
  open.set(room.root, new SearchPanel(room, () => open.delete(room.root)));
}

/** A line above the transcript: finds words in all of the conversation, also where the browser's own search sees nothing. */
class SearchPanel {
  readonly #room: ChatRoom;
  readonly #list: SahayMessageList;
  readonly #box = document.createElement('div');
  readonly #closed: () => void;
  readonly #giveBack = rememberFocus();
  #query = '';
  #state = nothingYet;
  /** The message that is shown, by its key, so that earlier finds do not move it. */
  #shown: string | undefined;
  #running: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(room: ChatRoom, closed: () => void) {
    this.#room = room;
    this.#closed = closed;
    this.#list = room.root.querySelector<SahayMessageList>('sahay-message-list')!;
    wear(room.root, searchStyles);
    this.#box.className = 'search';
    this.#box.part.add('search');
    this.#box.setAttribute('role', 'search');
    this.#box.addEventListener('keydown', this.#pressed);
    this.#list.before(this.#box);
    this.#draw();
    this.focus();
  }

  focus(): void {
    this.#box.querySelector('input')!.select();
  }

  #draw(): void {
    const { strings } = this.#list.localized;
    const { keys } = this.#state;
    render(
      html`${searchIcon()}<input
          type="search"
          autocomplete="off"
          enterkeyhint="search"
          aria-label=${strings.search}
          placeholder=${strings.search}
          @input=${this.#written}
        /><span class="count" role="status">${this.#words()}</span
        ><button
          type="button"
          class="icon-button"
          aria-label=${strings.searchEarlier}
          title=${strings.searchEarlier}
          ?disabled=${!keys.length}
          @click=${() => this.#step(-1)}
        >
          ${arrowUpIcon()}</button
        ><button
          type="button"
          class="icon-button later"
          aria-label=${strings.searchLater}
          title=${strings.searchLater}
          ?disabled=${!keys.length}
          @click=${() => this.#step(1)}
        >
          ${arrowUpIcon()}</button
        ><button type="button" class="icon-button" aria-label=${strings.close} @click=${() => this.#close()}>
          ${closeIcon()}
        </button>`,
      this.#box,
    );
  }

  /** Which of how many is shown; said aloud, as it stands in a live region. */
  #words(): string {
    const locale = this.#list.localized;
    const { keys, searching } = this.#state;
    if (!this.#query) return '';
    if (!keys.length) return locale.strings[searching ? 'searchGoesOn' : 'searchNone'];
    const index = keys.indexOf(this.#shown ?? '') + 1;
    const count = locale.text('searchCount', { index, count: keys.length });
    return searching ? `${count} …` : count;
  }

  readonly #written = ({ target }: Event): void => {
    this.#query = (target as HTMLInputElement).value.trim();
    this.#running?.abort();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(), pause);
  };

  async #search(): Promise<void> {
    const { handle, attempt } = this.#room;
    this.#running?.abort();
    const { signal } = (this.#running = new AbortController());
    this.#state = nothingYet;
    this.#shown = undefined;
    highlight([], '');
    if (!this.#query || !handle) return this.#draw();
    await attempt(() =>
      searchConversation(handle, this.#query, signal, (state) => {
        this.#state = state;
        if (this.#shown === undefined) this.#show(state.keys.at(-1));
        this.#draw();
      }),
    );
    if (signal.aborted || !this.#state.searching) return;
    this.#state = { ...this.#state, searching: false };
    this.#draw();
  }

  #step(by: 1 | -1): void {
    const { keys } = this.#state;
    if (!keys.length) return;
    const now = keys.indexOf(this.#shown ?? '');
    this.#show(keys.at((now + by + keys.length) % keys.length));
    this.#draw();
  }

  #show(key: string | undefined): void {
    this.#shown = key;
    if (key === undefined) return;
    const list = this.#list;
    // What was only just loaded stands in the list after its next redraw.
    const show = (turns: number): void => {
      if (this.#shown !== key) return;
      list.reveal(key);
      const index = indexOf(list.messages, key);
      const view = index < 0 ? undefined : list.messages.at(index);
      const row = view && rowWith(list, view);
      if (!row) return void (turns && setTimeout(() => show(turns - 1), 30));
      mark(list, view, false);
      highlight([row], this.#query);
    };
    show(20);
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const { key, shiftKey, isComposing, target } = event;
    if (isComposing) return;
    if (key === 'Escape') this.#close();
    else if (key === 'Enter' && target instanceof HTMLInputElement) this.#step(shiftKey ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #close(): void {
    this.#running?.abort();
    clearTimeout(this.#timer);
    highlight([], '');
    this.#box.remove();
    this.#closed();
    this.#giveBack(this.#room.composer ?? undefined);
  }
}
