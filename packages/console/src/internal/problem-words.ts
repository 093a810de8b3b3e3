import { SahayError } from '@sahay/client';
import type { Locale } from '@sahay/elements/internal';
import type { ConsoleStrings } from '../locales/console-strings.ts';

/** What to say when something an agent asked for was refused. */
export function problemWords(error: unknown, { strings }: Locale<ConsoleStrings>): string {
  switch (error instanceof SahayError ? error.code : undefined) {
    case 'already_controlled':
      return strings.alreadyTaken;
    case 'not_controller':
      return strings.notYours;
    case 'conversation_closed':
      return strings.closedSince;
    case 'capability_absent':
      return strings.noBot;
    case 'message_too_long':
      return strings.tooLong;
    default:
      return strings.actionFailed;
  }
}
