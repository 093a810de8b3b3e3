import { SahayElement, type Locale } from '@sahay/elements/internal';
import { consoleLocale } from '../locales/console-locale.ts';
import type { ConsoleStrings } from '../locales/console-strings.ts';

/** What the console's elements share: the language of their own words, beside those of the visitor's elements. */
export class ConsoleElement extends SahayElement {
  /** The console's words in the language in use. */
  protected get words(): Locale<ConsoleStrings> {
    return consoleLocale(this.localized.tag);
  }

  /** Fires an event that crosses shadow roots and may be cancelled; returns whether nobody did. */
  protected override fire(type: `sahay-${string}`, detail: unknown = {}): boolean {
    return super.fire(type, detail, true);
  }
}
