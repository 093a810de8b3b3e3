import type { Availability } from '@sahay/protocol';
import type { Formats } from '../internal/formats.ts';
import type { Locale } from '../locales/locale.ts';

const day = 86_400_000;

/** That nobody answers now, and until when, in the visitor's own time; what is not known is not said. */
export function closedWords(
  { opensAt, closedBecause }: Availability,
  locale: Locale,
  formats: Formats,
): string {
  const { strings } = locale;
  if (!closedBecause || closedBecause === 'nobody_there') return strings.nobodyHere;
  return `${opensAt === undefined ? strings.hoursClosed : locale.text('hoursOpensAt', { time: when(Date.parse(opensAt), formats) })} ${strings.hoursLeave}`;
}

/** Soon, a weekday says enough. */
function when(time: number, formats: Formats): string {
  const ahead = time - Date.now();
  const near = ahead < 6 * day;
  return formats.date(time, {
    weekday: 'long',
    hour: 'numeric',
    minute: '2-digit',
    ...(!near && { day: 'numeric', month: 'long' }),
  });
}
