const hour = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes far longer than asking it; there is one for each zone that was asked for. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const held = formats.get(timeZone);
  if (held) return held;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}

/** Whether a name is one of the IANA time zones that this platform knows, such as `Asia/Dhaka`. Offsets are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * What clocks show in a zone at an instant, as the instant at which clocks in UTC show the same (ms, whole seconds).
 *
 * @throws RangeError for a time zone that is not known
 */
export function wallTime(timeZone: string, instant: number): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
}

/**
 * When clocks in a zone show a time. Where they show it twice, since they were put back, `which` says which time is meant;
 * where they skip it, it is the moment at which they do. One change of the clocks within three days is reckoned with.
 *
 * @param wall as {@link wallTime} gives it
 */
export function instantOf(timeZone: string, wall: number, which: 'first' | 'last'): number {
  const offsetAt = (instant: number): number =>
    wallTime(timeZone, instant) - Math.floor(instant / 1000) * 1000;
  const [early, late] = [wall - 36 * hour, wall + 36 * hour];
  const [before, after] = [offsetAt(early), offsetAt(late)];
  const found = [wall - before, wall - after].filter((instant) => instant + offsetAt(instant) === wall);
  if (found.length > 0) return which === 'first' ? Math.min(...found) : Math.max(...found);
  let [low, high] = [early, late];
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
