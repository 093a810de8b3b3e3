import { SahayElement, type Locale } from '@sahay/elements/internal';
import { consoleLocale } from '../locales/console-locale.ts';
import type { ConsoleStrings } from '../locales/console-strings.ts';

/** What the console's elements share: the language of their own words, beside those of the visitor's elements. */
export class ConsoleElement extends SahayElement {
  /** The console's words in the language in use. */
  protected get words(): Locale<ConsoleStrings> {
    return consoleLocale(this.localized.tag);
  }

  /** Fires an event that crosses shadow roots; returns whether nobody cancelled it. */
  protected fire(type: `sahay-${string}`, detail: unknown = {}): boolean {
    return this.dispatchEvent(
      new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }),
    );
  }
}
