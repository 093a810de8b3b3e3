import { html, nothing, render, type TemplateResult } from 'lit';
import type { Locale } from '../locales/locale.ts';
import type { LocaleStrings } from '../locales/locale-strings.ts';
import { wear } from '../message/lazy-renderers.ts';
import { popOver } from '../message-tools/pop-over.ts';
import { loadEmoji, searchEmoji, type Emoji } from './emoji.ts';
import { pickerStyles } from './picker.styles.ts';
import { RecentEmoji } from './recent.ts';

/** The groups, by their first emoji and the text that names each. */
const groups: readonly (readonly [string, keyof LocaleStrings & `emoji${string}`])[] = [
  ['😀', 'emojiFaces'],
  ['👋', 'emojiPeople'],
  ['🐵', 'emojiNature'],
  ['🍇', 'emojiFood'],
  ['⚽', 'emojiActivities'],
  ['💡', 'emojiObjects'],
  ['❗', 'emojiSymbols'],
];

/**
 * Opens the emoji picker beside a button. Emoji are the system's own glyphs and their names come with the package: nothing is asked of
 * anybody else.
 */
export function openPicker(
  button: HTMLElement,
  locale: Locale,
  host: HTMLElement,
  choose: (emoji: string) => void,
): void {
  wear(host.shadowRoot, pickerStyles);
  popOver(button, (box, close) => void new Picker(box, locale, host, (emoji) => (close(), choose(emoji))));
}

class Picker {
  readonly #box: HTMLElement;
  readonly #locale: Locale;
  readonly #choose: (emoji: string) => void;
  readonly #recent: RecentEmoji;
  #all: readonly (readonly Emoji[])[] = [];
  #query = '';

  constructor(box: HTMLElement, locale: Locale, host: HTMLElement, choose: (emoji: string) => void) {
    this.#box = box;
    this.#locale = locale;
    this.#recent = new RecentEmoji(host, () => this.#draw());
    this.#choose = (emoji) => {
      this.#recent.add(emoji);
      choose(emoji);
    };
    box.classList.add('emoji-picker');
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-label', locale.strings.emojiInsert);
    box.addEventListener('keydown', this.#move);
    this.#draw();
    box.querySelector('input')?.focus();
    void loadEmoji(locale.tag).then((all) => {
      this.#all = all;
      this.#draw();
    });
  }

  #draw(): void {
    const { strings } = this.#locale;
    const found = this.#query ? searchEmoji(this.#all, this.#query) : undefined;
    const recent = this.#recent.list;
    render(
      html`<input
          type="search"
          autocomplete="off"
          aria-label=${strings.emojiSearch}
          placeholder=${strings.emojiSearch}
          @input=${(event: Event) => {
            this.#query = (event.target as HTMLInputElement).value;
            this.#draw();
          }}
        />
        <div class="hidden-visually" role="status">
          ${found ? this.#locale.text('foundEmoji', { count: found.length }) : nothing}
        </div>
        <div class="emoji-scroll" tabindex="-1">
          ${
            found
              ? found.length
                ? this.#grid(strings.emojiSearch, found)
                : html`<p>${strings.emojiNone}</p>`
              : html`${recent.length ? this.#grid(strings.emojiRecent, this.#named(recent)) : nothing}
                ${this.#all.map((group, index) => this.#grid(strings[groups[index]![1]], group))}`
          }
        </div>
        ${found ? nothing : this.#tabs(strings)}`,
      this.#box,
    );
  }

  #grid(label: string, emoji: readonly Emoji[]): TemplateResult {
    return html`<h3>${label}</h3>
      <div class="emoji-grid" role="group" aria-label=${label}>
        ${emoji.map(
          ({ emoji: one, name }) =>
            html`<button
              type="button"
              tabindex="-1"
              title=${name}
              aria-label=${name}
              @click=${() => this.#choose(one)}
            >
              ${one}
            </button>`,
        )}
      </div>`;
  }

  #tabs(strings: LocaleStrings): TemplateResult {
    const offset = this.#recent.list.length ? 1 : 0;
    const go = (index: number): void => {
      const grid = this.#box.querySelectorAll('.emoji-grid')[index + offset];
      grid?.previousElementSibling?.scrollIntoView();
      grid?.querySelector('button')?.focus({ preventScroll: true });
    };
    return html`<div class="emoji-groups" role="group" aria-label=${strings.emojiGroups}>
      ${groups.map(
        ([one, key], index) =>
          html`<button
            type="button"
            title=${strings[key]}
            aria-label=${strings[key]}
            @click=${() => go(index)}
          >
            ${one}
          </button>`,
      )}
    </div>`;
  }

  #named(recent: readonly string[]): Emoji[] {
    const all = this.#all.flat();
    return recent.map(
      (one) => all.find(({ emoji }) => emoji === one) ?? { emoji: one, name: one, words: '' },
    );
  }

  /** Down from the search leads into the emoji; there the arrows lead as they stand. */
  readonly #move = (event: KeyboardEvent): void => {
    const buttons = [...this.#box.querySelectorAll<HTMLElement>('.emoji-grid > button')];
    const field = this.#box.querySelector('input')!;
    const now = buttons.findIndex((button) => button.matches(':focus'));
    if (now < 0) {
      if (!field.matches(':focus')) return;
      const first = buttons[0];
      if (event.key === 'Enter' && first && this.#query) first.click();
      else if (event.key === 'ArrowDown') first?.focus();
      else return;
      return event.preventDefault();
    }
    const forward = this.#box.matches(':dir(rtl)') ? -1 : 1;
    const sideways = { ArrowRight: forward, ArrowLeft: -forward }[event.key];
    const to = sideways !== undefined ? buttons[now + sideways] : below(buttons, now, event.key);
    if (to === undefined && !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    (to ?? field).focus();
    to?.scrollIntoView({ block: 'nearest' });
  };
}

/** The button above or below one, by where they stand. */
function below(buttons: HTMLElement[], now: number, key: string): HTMLElement | undefined {
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (!step) return undefined;
  const { left, top } = buttons[now]!.getBoundingClientRect();
  for (let index = now + step; buttons[index]; index += step) {
    const box = buttons[index]!.getBoundingClientRect();
    if (box.top === top) continue;
    const row = buttons.filter((button) => button.getBoundingClientRect().top === box.top);
    const distance = (button: HTMLElement): number => Math.abs(button.getBoundingClientRect().left - left);
    return row.reduce((best, button) => (distance(button) < distance(best) ? button : best));
  }
  return undefined;
}
