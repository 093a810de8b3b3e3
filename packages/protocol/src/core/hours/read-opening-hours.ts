import type { Holiday, HoursRange, OpeningHours } from '../../generated/types.ts';
import {
  fieldsOf,
  flagOf,
  listOf,
  numberOf,
  readingOf,
  textOf,
  wrong,
  type Reading,
} from '../settings/reading.ts';
import { minutesOf, weekdays } from './hours-at.ts';
import { isTimeZone } from './zoned-time.ts';

const mostRanges = 8;
const mostHolidays = 400;
const longestReply = 30 * 86_400;

/**
 * Opening hours as somebody wrote them, checked: the first thing that is wrong is said with its place. A console may check
 * with it before it sends, the backend checks again.
 *
 * @example
 * readOpeningHours({ timeZone: 'Asia/Dacca', week: { monday: [{ from: '9:00', to: '17:00' }] } })
 * // { error: { field: 'hours.week.monday[0].from', message: '… must be a time from 00:00 to 23:59, such as "09:00".' } }
 */
export function readOpeningHours(value: unknown): Reading<OpeningHours> {
  return readingOf(() => {
    const known = ['timeZone', 'week', 'holidays', 'closedNow', 'expectedReplySeconds'];
    const { timeZone, week, holidays, closedNow, expectedReplySeconds } = fieldsOf(value, 'hours', known);
    if (typeof timeZone !== 'string' || timeZone.length > 64 || !isTimeZone(timeZone))
      wrong(
        'hours.timeZone',
        '"hours.timeZone" must be a time zone by its IANA name, such as "Asia/Dhaka" or "UTC".',
      );
    const seconds = numberOf(expectedReplySeconds, 'hours.expectedReplySeconds', 1, longestReply);
    return {
      timeZone,
      week: weekOf(week),
      ...(holidays !== undefined && { holidays: holidaysOf(holidays) }),
      ...(flagOf(closedNow, 'hours.closedNow') && { closedNow: true }),
      ...(seconds !== undefined && { expectedReplySeconds: seconds }),
    };
  });
}

function weekOf(value: unknown): OpeningHours['week'] {
  const week = fieldsOf(value, 'hours.week', weekdays);
  return Object.fromEntries(
    weekdays
      .filter((weekday) => week[weekday] !== undefined)
      .map((weekday) => [weekday, rangesOf(week[weekday], `hours.week.${weekday}`)]),
  );
}

function holidaysOf(value: unknown): Holiday[] {
  const holidays = listOf(value, 'hours.holidays', mostHolidays, (item, field): Holiday => {
    const { date, name, ranges } = fieldsOf(item, field, ['date', 'name', 'ranges']);
    if (typeof date !== 'string' || !isDate(date))
      wrong(`${field}.date`, `"${field}.date" must be a day of the calendar, such as "2026-12-25".`);
    return {
      date,
      ...(name !== undefined && { name: textOf(name, `${field}.name`, 120) }),
      ...(ranges !== undefined && { ranges: rangesOf(ranges, `${field}.ranges`) }),
    };
  });
  for (const [index, { date }] of holidays.entries())
    if (holidays.findIndex((other) => other.date === date) < index)
      wrong(`hours.holidays[${index}].date`, `${date} stands among the holidays twice. Keep one.`);
  return holidays;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function rangesOf(value: unknown, field: string): HoursRange[] {
  const ranges = listOf(value, field, mostRanges, rangeOf);
  const sorted = [...ranges].sort((a, b) => minutesOf(a.from) - minutesOf(b.from));
  for (const [index, { from }] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before && endOf(before) > minutesOf(from))
      wrong(
        field,
        `In "${field}" the hours from ${before.from} to ${before.to} and from ${from} overlap. Make them one.`,
      );
  }
  return sorted;
}

const endOf = ({ from, to }: HoursRange): number =>
  minutesOf(to) > minutesOf(from) ? minutesOf(to) : minutesOf(to) + 24 * 60;

function rangeOf(value: unknown, field: string): HoursRange {
  const { from, to } = fieldsOf(value, field, ['from', 'to']);
  if (typeof from !== 'string' || !/^([01]\d|2[0-3]):[0-5]\d$/.test(from))
    wrong(`${field}.from`, `"${field}.from" must be a time from 00:00 to 23:59, such as "09:00".`);
  if (typeof to !== 'string' || !/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(to))
    wrong(`${field}.to`, `"${field}.to" must be a time from 00:00 to 24:00, such as "17:30".`);
  if (from === to)
    wrong(
      `${field}.to`,
      `"${field}" begins and ends at ${String(from)}. For a whole day write 00:00 to 24:00.`,
    );
  return { from, to };
}
