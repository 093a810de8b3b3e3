const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The words for two days that no formatter capitalises and punctuates the way a divider needs. */
export interface DayWords {
  today: string;
  yesterday: string;
}

/** Local midnight of the day that `time` falls on, in milliseconds; daylight saving is the calendar's business. */
function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/** Whether two times (milliseconds) fall on the same local day. */
export function sameDay(one: number, other: number): boolean {
  return startOfDay(one) === startOfDay(other);
}

/**
 * Dates, times and sizes in one language. Making a formatter of `Intl` costs about as much as formatting a thousand
 * values, so each is made once; get an instance by `formatsFor`.
 */
export class Formats {
  readonly #tag: string;
  readonly #made = new Map<string, { format(value: number): string }>();
  #relative: Intl.RelativeTimeFormat | undefined;

  constructor(tag: string) {
    this.#tag = tag;
  }

  /** A plain number in the digits of the language. */
  number(value: number): string {
    return this.#number('number', {}, value);
  }

  /** A fraction as a percentage: 0.42 is "42%". */
  percent(fraction: number): string {
    return this.#number('percent', { style: 'percent', maximumFractionDigits: 0 }, fraction);
  }

  /** The hour and minute of `time` (milliseconds). */
  time(time: number): string {
    return this.#date('time', { hour: 'numeric', minute: '2-digit' }, time);
  }

  /** Date and time of `time` (milliseconds) in full, for titles and screen readers. */
  dateTime(time: number): string {
    return this.#date('full', { dateStyle: 'long', timeStyle: 'short' }, time);
  }

  /** The heading of a day: today, yesterday, a weekday of the last week, else the date. */
  day(time: number, now: number, words: DayWords): string {
    // Rounded, since a day of the clock change has 23 or 25 hours.
    const days = Math.round((startOfDay(now) - startOfDay(time)) / day);
    if (days === 0) return words.today;
    if (days === 1) return words.yesterday;
    if (days > 1 && days < 7) return this.#date('weekday', { weekday: 'long' }, time);
    if (new Date(time).getFullYear() === new Date(now).getFullYear()) {
      return this.#date('day', { day: 'numeric', month: 'long' }, time);
    }
    return this.#date('date', { day: 'numeric', month: 'long', year: 'numeric' }, time);
  }

  /** How long ago `time` was: "now", "5 min. ago", "2 hr. ago"; from a day on the date. A time ahead of `now` is "now". */
  relative(time: number, now: number): string {
    this.#relative ??= new Intl.RelativeTimeFormat(this.#tag, { numeric: 'auto', style: 'short' });
    const ago = now - time;
    if (ago < minute) return this.#relative.format(0, 'second');
    if (ago < hour) return this.#relative.format(-Math.floor(ago / minute), 'minute');
    if (ago < day) return this.#relative.format(-Math.floor(ago / hour), 'hour');
    return this.#date('date', { day: 'numeric', month: 'long', year: 'numeric' }, time);
  }

  /** A length of time (milliseconds), rounded up to minutes or, from an hour and a half on, to hours. */
  duration(milliseconds: number): string {
    const hours = milliseconds >= 1.5 * hour;
    const value = Math.max(1, Math.ceil(milliseconds / (hours ? hour : minute)));
    return hours ? this.#unit('hour', value) : this.#unit('minute', value);
  }

  /** A file size in bytes, as "312 kB" or "4.2 MB" (powers of 1,000). */
  fileSize(bytes: number): string {
    if (bytes < 1000) return this.#unit('byte', bytes);
    if (bytes < 999_500) return this.#unit('kilobyte', Math.round(bytes / 1000));
    return this.#unit('megabyte', Math.round(bytes / 100_000) / 10);
  }

  #unit(unit: string, value: number): string {
    const unitDisplay = unit === 'byte' || unit === 'minute' || unit === 'hour' ? 'long' : 'short';
    return this.#number(unit, { style: 'unit', unit, unitDisplay }, value);
  }

  #number(key: string, options: Intl.NumberFormatOptions, value: number): string {
    return this.#formatter(key, () => new Intl.NumberFormat(this.#tag, options)).format(value);
  }

  #date(key: string, options: Intl.DateTimeFormatOptions, value: number): string {
    return this.#formatter(key, () => new Intl.DateTimeFormat(this.#tag, options)).format(value);
  }

  #formatter(key: string, make: () => { format(value: number): string }): { format(value: number): string } {
    const made = this.#made.get(key) ?? make();
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
