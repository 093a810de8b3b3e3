import { LitElement, type PropertyDeclarations } from 'lit';
import type { Locale } from '../locales/locale.ts';
import {
  isRegistered,
  loadLocale,
  localeIfLoaded,
  matchLocale,
  onLocalesChange,
} from '../locales/locale-registry.ts';
import type { StringKey } from '../locales/locale-strings.ts';
import type { Formats } from './formats.ts';
import { formatsFor } from './formats.ts';
import { surroundingLanguages } from './surrounding-languages.ts';
import { allowedValue, warnOnce } from './warn-once.ts';

/** How an element chooses between light and dark. */
export type ColorScheme = 'auto' | 'light' | 'dark';

const colorSchemes = ['auto', 'light', 'dark'] as const;
const connected = new Set<SahayElement>();

/** Elements follow the page when its language changes, and each other. */
function resolveAll(): void {
  for (const element of connected) element.resolveLocale();
}

let watching = false;

function watchPage(): void {
  if (watching) return;
  watching = true;
  new MutationObserver(resolveAll).observe(document.documentElement, { attributeFilter: ['lang'] });
  addEventListener('languagechange', resolveAll);
  onLocalesChange(resolveAll);
}

/**
 * What all Sahay elements share: the language, the reading direction and the colour scheme.
 *
 * The language is the first that is registered of: the element's `locale`, the closest ancestor with a `locale` (a Sahay
 * element) or `lang`, the document's `lang`, the browser's languages, English. Until its texts have been loaded the
 * element speaks English; it is drawn again when they are here. `lang` and `dir` on the element follow, unless the page
 * has set them there itself.
 */
export class SahayElement extends LitElement {
  static override properties: PropertyDeclarations = {
    locale: {},
    colorScheme: { attribute: 'color-scheme', reflect: true },
  };

  /** Language of the texts, as a BCP 47 tag; by default that of the surroundings. */
  locale: string | undefined;

  /** `light`, `dark`, or `auto` to follow the visitor's system (the default). Any other value warns and means `auto`. */
  get colorScheme(): ColorScheme | undefined {
    return this.#colorScheme;
  }
  set colorScheme(value: ColorScheme | null | undefined) {
    const before = this.#colorScheme;
    this.#colorScheme = value
      ? allowedValue(`<${this.localName} color-scheme>`, value, colorSchemes, 'auto')
      : undefined;
    this.requestUpdate('colorScheme', before);
  }

  #colorScheme: ColorScheme | undefined;
  #localized = localeIfLoaded('en')!;
  #tag = 'en';
  #ownLang: string | undefined;
  #ownDir: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    connected.add(this);
    watchPage();
    this.resolveLocale();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    connected.delete(this);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('locale')) this.resolveLocale();
  }

  /** The language in use; its `tag` is the one that was found, also while its texts are still loading. */
  get localized(): Locale {
    return this.#localized;
  }

  /** The tag the element was matched to, for example `bn-BD`. */
  get localeTag(): string {
    return this.#tag;
  }

  /** Dates, numbers and sizes in the language in use. */
  get formats(): Formats {
    return formatsFor(this.#localized.tag);
  }

  /** The text of `key` in the language in use, see `Locale.text`. */
  text(key: StringKey, values?: Readonly<Record<string, string | number>>): string {
    return this.#localized.text(key, values);
  }

  /** Sends an event that crosses shadow roots; whether nobody cancelled it. */
  protected fire(type: string, detail?: unknown, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
  }

  /** Looks at the surroundings again. Called by itself; call it after changing the `lang` of an ancestor that is not `<html>`. */
  resolveLocale(): void {
    const tag = matchLocale(this.#candidates());
    if (this.locale && !isRegistered(this.locale)) {
      warnOnce(
        `<${this.localName} locale>${this.locale}`,
        `<${this.localName} locale="${this.locale}"> has no texts yet, so "${tag}" is used. Add them with registerLocale().`,
      );
    }
    const here = localeIfLoaded(tag);
    const moved = tag !== this.#tag;
    this.#tag = tag;
    if (here) this.#use(here);
    else void loadLocale(tag).then((locale) => tag === this.#tag && this.#use(locale));
    // Those inside it may follow; where nothing moves any more, this ends.
    if (moved) resolveAll();
  }

  #use(locale: Locale): void {
    if (this.isConnected) this.#mark(locale);
    if (locale === this.#localized) return;
    this.#localized = locale;
    this.requestUpdate();
  }

  /** Screen readers choose a voice by `lang`; styles mirror by `dir`. What the page has set itself is left alone. */
  #mark({ tag, direction }: Locale): void {
    const lang = this.getAttribute('lang');
    if (lang === null || lang === this.#ownLang) {
      this.#ownLang = tag;
      if (lang !== tag) this.setAttribute('lang', tag);
    }
    const dir = this.getAttribute('dir');
    if (dir === null || dir === this.#ownDir) {
      this.#ownDir = direction;
      if (dir !== direction) this.setAttribute('dir', direction);
    }
  }

  *#candidates(): Generator<string | null | undefined> {
    yield this.locale;
    const lang = this.getAttribute('lang');
    if (lang !== this.#ownLang) yield lang;
    yield* surroundingLanguages(this);
  }
}
