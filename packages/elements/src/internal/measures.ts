import type { Formats } from './formats.ts';

/* Lengths of time and sizes in words: apart from the other formats, since a window says them only when it must. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const relative = new Map<string, Intl.RelativeTimeFormat>();

/** How long ago `time` was: "now", "5 min. ago", "2 hr. ago"; from a day on the date. A time ahead of `now` is "now". */
export function relativeTime(formats: Formats, time: number, now: number): string {
  const { tag } = formats;
  const format = relative.get(tag) ?? new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'short' });
  relative.set(tag, format);
  const ago = now - time;
  if (ago < minute) return format.format(0, 'second');
  if (ago < hour) return format.format(-Math.floor(ago / minute), 'minute');
  if (ago < day) return format.format(-Math.floor(ago / hour), 'hour');
  return formats.date(time, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** A length of time (milliseconds), rounded up to minutes or, from an hour and a half on, to hours. */
export function duration(formats: Formats, milliseconds: number): string {
  const hours = milliseconds >= 1.5 * hour;
  const value = Math.max(1, Math.ceil(milliseconds / (hours ? hour : minute)));
  return unit(formats, hours ? 'hour' : 'minute', value);
}

/** A file size in bytes, as "312 kB" or "4.2 MB" (powers of 1,000). */
export function fileSize(formats: Formats, bytes: number): string {
  if (bytes < 1000) return unit(formats, 'byte', bytes);
  if (bytes < 999_500) return unit(formats, 'kilobyte', Math.round(bytes / 1000));
  return unit(formats, 'megabyte', Math.round(bytes / 100_000) / 10);
}

function unit(formats: Formats, name: string, value: number): string {
  const unitDisplay = name === 'byte' || name === 'minute' || name === 'hour' ? 'long' : 'short';
  return formats.measure(value, { style: 'unit', unit: name, unitDisplay });
}
