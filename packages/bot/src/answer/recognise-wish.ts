import type { BotLocale } from '../locales/index.ts';
import { words } from '../text/words.ts';
import { consistsOf, PhraseMatcher } from './phrase-matcher.ts';

/** What a message wants that no article answers. */
export type Wish = 'person' | 'did_not_help' | 'greeting' | 'thanks' | 'goodbye' | 'nothing_said';

/** Longer messages describe a problem; a wish hidden in them is left to the search, but a call for a person is not. */
const LONGEST_COMPLAINT = 9;
const LONGEST_SMALL_TALK = 8;
const LONGEST_CALL = 40;
/** Between "talk" and "person" stand at most this many other words. */
const WIDEST_GAP = 5;

const LISTS = [
  'people',
  'contact',
  'peopleAlone',
  'besidePeople',
  'aboutOthers',
  'notHelpful',
  'notHelpfulAfterAnswer',
  'questionStarts',
] as const;

type Matchers = Record<(typeof LISTS)[number], PhraseMatcher>;

const SMALL_TALK = ['goodbye', 'thanks', 'greeting'] as const;

function callsForPerson(wordList: readonly string[], is: Matchers): boolean {
  if (wordList.length > LONGEST_CALL || is.aboutOthers.isIn(wordList)) return false;
  if (consistsOf(wordList, is.peopleAlone, is.besidePeople)) return true;
  const contacts = is.contact.findAll(wordList);
  return is.people.findAll(wordList).some((person) =>
    contacts.some((contact) => {
      const gap =
        contact.start < person.start
          ? person.start - (contact.start + contact.length)
          : contact.start - (person.start + person.length);
      return gap >= 0 && gap <= WIDEST_GAP;
    }),
  );
}

function saysItDidNotHelp(wordList: readonly string[], is: Matchers, isAfterAnswer: boolean): boolean {
  if (wordList.length > LONGEST_COMPLAINT || is.questionStarts.lengthAt(wordList, 0) > 0) return false;
  if (is.notHelpful.isIn(wordList)) return true;
  return isAfterAnswer && wordList.length <= 6 && is.notHelpfulAfterAnswer.lengthAt(wordList, 0) > 0;
}

/**
 * Recognises wishes in any of the given locales at once, for visitors write English on a Bengali page and the other way round.
 */
export class WishRecogniser {
  readonly #locales: readonly { is: Matchers; talk: readonly [Wish, PhraseMatcher, PhraseMatcher][] }[];

  constructor(locales: readonly BotLocale[]) {
    this.#locales = locales.map(({ phrases }) => ({
      is: Object.fromEntries(LISTS.map((list) => [list, new PhraseMatcher(phrases[list])])) as Matchers,
      talk: SMALL_TALK.map((topic): [Wish, PhraseMatcher, PhraseMatcher] => [
        topic,
        new PhraseMatcher(phrases[topic].core),
        new PhraseMatcher(phrases[topic].filler),
      ]),
    }));
  }

  /**
   * The wish a message expresses, undefined when it is a question to look up.
   *
   * @param isAfterAnswer whether the message before this one was an answer of the bot's: only then does "no" complain
   */
  recognise(text: string, isAfterAnswer: boolean): Wish | undefined {
    const wordList = words(text.slice(0, 1000));
    if (wordList.length === 0) return 'nothing_said';
    if (this.#locales.some(({ is }) => callsForPerson(wordList, is))) return 'person';
    if (this.#locales.some(({ is }) => saysItDidNotHelp(wordList, is, isAfterAnswer))) return 'did_not_help';
    if (wordList.length > LONGEST_SMALL_TALK) return undefined;
    for (const { talk } of this.#locales) {
      const found = talk.find(([, core, filler]) => consistsOf(wordList, core, filler));
      if (found !== undefined) return found[0];
    }
    return undefined;
  }
}
