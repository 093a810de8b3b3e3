import { directionOf } from './direction.ts';
import type { LocaleStrings, PluralText } from './locale-strings.ts';

const rtlLetter = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * One language with its words: fills in values, chooses plural forms, writes numbers with the right digits. The words are
 * those of the visitor's window, unless another package brings its own.
 */
export class Locale<Words extends Record<keyof Words, string | PluralText> = LocaleStrings> {
  /** The BCP 47 tag that dates and numbers are written by, for example `bn-BD`. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly strings: Words;
  readonly #number: Intl.NumberFormat;
  readonly #plural: Intl.PluralRules;

  constructor(tag: string, strings: Words) {
    this.tag = tag;
    this.direction = directionOf(tag);
    this.strings = strings;
    this.#number = new Intl.NumberFormat(tag);
    this.#plural = new Intl.PluralRules(tag);
  }

  /**
   * The text of `key` with its placeholders filled in; a placeholder without a value stays as it is.
   *
   * @example locale.text('unread', { count: 3 }) // "3 unread messages", "না-পড়া বার্তা ৩টি"
   */
  text(key: keyof Words, values: Readonly<Record<string, string | number>> = {}): string {
    const entry: string | PluralText = this.strings[key];
    const template =
      typeof entry === 'string' ? entry : (entry[this.#plural.select(Number(values.count))] ?? entry.other);
    return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = values[name];
      if (value === undefined) return placeholder;
      return typeof value === 'number' ? this.#number.format(value) : this.#isolated(value);
    });
  }

  /** A name or file name of the other reading direction must not reorder the sentence around it. */
  #isolated(value: string): string {
    const foreign = this.direction === 'rtl' ? /\p{Script=Latin}|\d/u : rtlLetter;
    return foreign.test(value) ? `\u2068${value}\u2069` : value;
  }
}
