import type { ConnectionSnapshot } from '@sahay/client';
import type { Locale } from '@sahay/elements/internal';
import type { ConsoleStrings } from '../locales/console-strings.ts';

/** What to say about the connection; nothing while all is well. */
export function connectionWords(
  connection: ConnectionSnapshot | undefined,
  { strings }: Locale<ConsoleStrings>,
): string | undefined {
  switch (connection?.state) {
    case 'connecting':
      return strings.connecting;
    case 'waiting':
      return strings.reconnecting;
    case 'offline':
      return strings.offline;
    case 'stopped':
      return strings.stopped;
    default:
      return undefined;
  }
}
