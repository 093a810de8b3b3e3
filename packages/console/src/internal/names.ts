import type { ConversationView } from '@sahay/client';
import type { Locale } from '@sahay/elements/internal';
import type { Handoff, Participant } from '@sahay/protocol';
import { visitorAs } from '@sahay/protocol/core';
import type { ConsoleStrings } from '../locales/console-strings.ts';

/** Ids may hold signs that nobody would read aloud. */
const shortOf = (id: string): string =>
  id
    .replace(/[^a-z\d]/gi, '')
    .slice(-4)
    .toUpperCase();

/** The visitor of a conversation, by the name she came with or gave. */
export const visitorIn = ({ conversation, staff, id }: ConversationView): Participant =>
  visitorAs(conversation?.visitor ?? { id, role: 'visitor' }, staff?.context);

/** What a visitor is called: her name, else a number short enough to tell two of them apart. */
export function visitorName({ name, id }: Participant, words: Locale<ConsoleStrings>): string {
  return name?.trim() || words.text('visitorNumber', { number: shortOf(id) });
}

/** Why people were asked, in words. */
export function reasonWords(reason: Handoff['reason'], { strings }: Locale<ConsoleStrings>): string {
  switch (reason) {
    case 'asked_for_person':
      return strings.reasonAsked;
    case 'not_covered':
      return strings.reasonNotCovered;
    case 'did_not_help':
      return strings.reasonDidNotHelp;
    case 'transfer':
      return strings.reasonTransfer;
    case 'policy':
      return strings.reasonPolicy;
    default:
      return strings.reasonOther;
  }
}

/** A language's name in the reader's language; a tag nobody knows stays as it is. */
export function languageName(tag: string, reader: string): string {
  try {
    return new Intl.DisplayNames(reader, { type: 'language' }).of(tag) ?? tag;
  } catch {
    // Not a language tag: shown as it came.
    return tag;
  }
}
