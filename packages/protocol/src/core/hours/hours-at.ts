import type { Availability, HoursRange, OpeningHours } from '../../generated/types.ts';
import { instantOf, wallTime } from './zoned-time.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** How many days ahead the next opening is looked for; and from how many on hours without an end count as always open. */
const [daysAhead, daysOpen] = [400, 8];

/** The days as {@link Date.getUTCDay} counts them. */
export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

/** Whether it is open by the hours alone, and until when that stays so; times in ms since 1970. */
export type HoursState =
  | { open: true; closesAt?: number | undefined }
  | {
      open: false;
      because: Exclude<Availability['closedBecause'], 'nobody_there' | undefined>;
      opensAt?: number | undefined;
    };

/** Minutes since midnight of a time such as `09:30`; `24:00` is the day's end. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/**
 * Whether it is open at a moment. A range belongs to the day on which it begins, also where it ends on the next; a holiday's
 * ranges take the place of that day's. Ranges that touch are one. Pure; the time zones are the platform's.
 *
 * @example hoursAt({ timeZone: 'Asia/Dhaka', week: { monday: [{ from: '09:00', to: '17:00' }] } }, Date.now())
 */
export function hoursAt(hours: OpeningHours, now: number): HoursState {
  if (hours.closedNow) return { open: false, because: 'switched_off' };
  const today = Math.floor(wallTime(hours.timeZone, now) / day) * day;
  let closesAt: number | undefined;
  for (let ahead = -1; ahead <= daysAhead; ahead++) {
    if (closesAt !== undefined && ahead > daysOpen) break;
    for (const [from, to] of openingsOf(hours, today + ahead * day)) {
      if (closesAt !== undefined && from > closesAt) return { open: true, closesAt };
      if (closesAt !== undefined) closesAt = Math.max(closesAt, to);
      else if (from > now) return { open: false, because: whyClosed(hours, today), opensAt: from };
      else if (to > now) closesAt = to;
    }
  }
  if (closesAt === undefined) return { open: false, because: whyClosed(hours, today) };
  return closesAt - now > (daysOpen - 2) * day ? { open: true } : { open: true, closesAt };
}

const whyClosed = (hours: OpeningHours, date: number): 'holiday' | 'outside_hours' =>
  holidayOn(hours, date) ? 'holiday' : 'outside_hours';

/** The openings that begin on a day, as instants. */
function openingsOf(hours: OpeningHours, date: number): [from: number, to: number][] {
  const holiday = holidayOn(hours, date);
  const ranges = holiday ? holiday.ranges : hours.week[weekdays[new Date(date).getUTCDay()]!];
  return (ranges ?? [])
    .map((range) => instantsOf(hours.timeZone, date, range))
    .filter(([from, to]) => to > from)
    .sort(([a], [b]) => a - b);
}

function instantsOf(timeZone: string, date: number, range: HoursRange): [number, number] {
  const [from, to] = [minutesOf(range.from), minutesOf(range.to)];
  const end = to > from ? to : to + 24 * 60;
  return [
    instantOf(timeZone, date + from * minute, 'first'),
    instantOf(timeZone, date + end * minute, 'last'),
  ];
}

const holidayOn = ({ holidays }: OpeningHours, date: number) => {
  const text = new Date(date).toISOString().slice(0, 10);
  return holidays?.find((holiday) => holiday.date === text);
};
