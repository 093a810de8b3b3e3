import { html, render } from 'lit';
import type { ChatRoom } from '../chat/later.ts';
import { closeIcon, searchIcon } from '../icons/late-icons.ts';
import { arrowUpIcon } from '../icons/tool-icons.ts';
import { rememberFocus } from '../internal/focus.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import type { SahayMessageList } from '../message-list/message-list.ts';
import { wear } from '../message/lazy-renderers.ts';
import { messageWith, revealMessage, rowWith } from '../message-tools/message-link.ts';
import { searchConversation, type SearchState } from './conversation-search.ts';
import { highlight } from './highlight.ts';
import { searchStyles } from './search.styles.ts';

completeEnglish();

/** How long after the last letter the search begins, in milliseconds. */
const pause = 200;
const nothingYet: SearchState = { ids: [], searching: false };
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
  /** The message that is shown, by its id, so that earlier finds do not move it. */
  #shown: string | undefined;
  #running: AbortController | undefined;
  #leading: AbortController | undefined;
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
    const { ids } = this.#state;
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
          ?disabled=${!ids.length}
          @click=${() => this.#step(-1)}
        >
          ${arrowUpIcon()}</button
        ><button
          type="button"
          class="icon-button later"
          aria-label=${strings.searchLater}
          title=${strings.searchLater}
          ?disabled=${!ids.length}
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
    const { ids, searching } = this.#state;
    if (!this.#query) return '';
    if (!ids.length) return locale.strings[searching ? 'searchGoesOn' : 'searchNone'];
    const index = ids.indexOf(this.#shown ?? '') + 1;
    const count = locale.text('searchCount', { index, count: ids.length });
    return searching ? `${count} …` : count;
  }

  readonly #written = ({ target }: Event): void => {
    this.#query = (target as HTMLInputElement).value.trim();
    this.#running?.abort();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(), pause);
  };

  async #search(): Promise<void> {
    const { client, handle, attempt } = this.#room;
    this.#running?.abort();
    const { signal } = (this.#running = new AbortController());
    this.#state = nothingYet;
    this.#shown = undefined;
    highlight([], '');
    if (!this.#query || !handle) return this.#draw();
    await attempt(() =>
      searchConversation(handle, this.#query, {
        asks: handle.search !== undefined && (client?.capabilities.has('search') ?? false),
        signal,
        told: (state) => {
          this.#state = state;
          if (this.#shown === undefined) this.#show(state.ids.at(-1));
          this.#draw();
        },
      }),
    );
    if (signal.aborted || !this.#state.searching) return;
    this.#state = { ...this.#state, searching: false };
    this.#draw();
  }

  #step(by: 1 | -1): void {
    const { ids } = this.#state;
    if (!ids.length) return;
    const now = ids.indexOf(this.#shown ?? '');
    this.#show(ids.at((now + by + ids.length) % ids.length));
    this.#draw();
  }

  /** Leads to a message, which may have to be fetched first, unless another one is wanted meanwhile. */
  #show(id: string | undefined): void {
    this.#shown = id;
    this.#leading?.abort();
    if (id === undefined) return;
    const { signal } = (this.#leading = new AbortController());
    const list = this.#list;
    void this.#room.attempt(async () => {
      if (!(await revealMessage(list, id, { focus: false, signal }))) return;
      const view = messageWith(list, id);
      const row = view && rowWith(list, view);
      if (row) highlight([row], this.#query);
    });
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
    this.#leading?.abort();
    clearTimeout(this.#timer);
    highlight([], '');
    this.#box.remove();
    this.#closed();
    this.#giveBack(this.#room.composer ?? undefined);
  }
}
