const day = 24 * 3_600_000;

interface Formatter {
  format(value: number): string;
}

/** The words for two days that no formatter capitalises and punctuates the way a divider needs. */
export interface DayWords {
  today: string;
  yesterday: string;
}

/** Local midnight of the day that `time` falls on, in milliseconds; daylight saving is the calendar's business. */
function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/**
 * Dates, times and numbers in one language; lengths of time and sizes are in `measures.ts`. Making a formatter of `Intl` costs about as much as formatting a thousand
 * values, so each is made once; get an instance by `formatsFor`.
 */
export class Formats {
  /** The language, as a BCP 47 tag. */
  readonly tag: string;
  readonly #made = new Map<string, Formatter>();

  constructor(tag: string) {
    this.tag = tag;
  }

  /** A plain number in the digits of the language. */
  number(value: number): string {
    return this.measure(value);
  }

  /** A fraction as a percentage: 0.42 is "42%". */
  percent(fraction: number): string {
    return this.measure(fraction, { style: 'percent', maximumFractionDigits: 0 });
  }

  /** The hour and minute of `time` (milliseconds). */
  time(time: number): string {
    return this.date(time, { hour: 'numeric', minute: '2-digit' });
  }

  /** Date and time of `time` (milliseconds) in full, for titles and screen readers. */
  dateTime(time: number): string {
    return this.date(time, { dateStyle: 'long', timeStyle: 'short' });
  }

  /** The heading of a day: today, yesterday, a weekday of the last week, else the date. */
  day(time: number, now: number, words: DayWords): string {
    // Rounded, since a day of the clock change has 23 or 25 hours.
    const days = Math.round((startOfDay(now) - startOfDay(time)) / day);
    if (days === 0) return words.today;
    if (days === 1) return words.yesterday;
    if (days > 1 && days < 7) return this.date(time, { weekday: 'long' });
    const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
    return this.date(time, { day: 'numeric', month: 'long', ...(!sameYear && { year: 'numeric' }) });
  }

  /** A number in the ways of `Intl.NumberFormat`. */
  measure(value: number, options: Intl.NumberFormatOptions = {}): string {
    return this.#formatter(options, Intl.NumberFormat).format(value);
  }

  /** A time (milliseconds) in the ways of `Intl.DateTimeFormat`. */
  date(time: number, options: Intl.DateTimeFormatOptions): string {
    return this.#formatter(options, Intl.DateTimeFormat).format(time);
  }

  #formatter<Options extends object>(
    options: Options,
    kind: new (tag: string, options: Options) => Formatter,
  ): Formatter {
    const key = kind.name + JSON.stringify(options);
    const made = this.#made.get(key) ?? new kind(this.tag, options);
    this.#made.set(key, made);
    return made;
  }
}

const all = new Map<string, Formats>();

/** The formats of a language, always the same object for the same tag. */
export function formatsFor(tag: string): Formats {
  const formats = all.get(tag) ?? new Formats(tag);
  all.set(tag, formats);
  return formats;
}
