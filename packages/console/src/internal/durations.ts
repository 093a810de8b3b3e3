/** A length of time in words, as exact as it is worth: at least a second, then minutes, hours, days. */
export function durationWords(seconds: number, tag: string): string {
  const [value, unit] = scaled(Math.max(1, seconds));
  const format = {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  } as const;
  return new Intl.NumberFormat(tag, format).format(value);
}

function scaled(seconds: number): [number, 'second' | 'minute' | 'hour' | 'day'] {
  if (seconds < 90) return [Math.round(seconds), 'second'];
  if (seconds < 90 * 60) return [Math.round(seconds / 60), 'minute'];
  if (seconds < 48 * 3600) return [seconds / 3600, 'hour'];
  return [seconds / 86_400, 'day'];
}
