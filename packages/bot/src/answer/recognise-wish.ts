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

/** What people say with a thumb or a face, in place of words. */
const PLEASED = /[\u{1F44C}\u{1F44D}\u{1F64F}\u{1F389}\u{1F4AF}\u{1F600}-\u{1F60E}\u{1F642}\u2705\u2764]/u;
const DISPLEASED = /[\u{1F44E}\u{1F61E}-\u{1F624}\u{1F62D}\u{1F641}\u274C]/u;

/** Arabic and Greek have question marks of their own; a full-width one comes from Chinese and Japanese keyboards. */
const QUESTION_MARK = /[?\u061F\u037E\uFF1F]/u;

type Matchers = Record<(typeof LISTS)[number], PhraseMatcher>;

const SMALL_TALK = ['goodbye', 'thanks', 'greeting'] as const;

type Talk = readonly [Wish, PhraseMatcher, PhraseMatcher];

const isTalk = (wordList: readonly string[], [, core, filler]: Talk): boolean =>
  consistsOf(wordList, core, filler);

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
  readonly #locales: readonly { is: Matchers; talk: readonly Talk[]; helped: Talk }[];

  constructor(locales: readonly BotLocale[]) {
    this.#locales = locales.map(({ phrases }) => ({
      is: Object.fromEntries(LISTS.map((list) => [list, new PhraseMatcher(phrases[list])])) as Matchers,
      talk: SMALL_TALK.map((topic): Talk => [
        topic,
        new PhraseMatcher(phrases[topic].core),
        new PhraseMatcher(phrases[topic].filler),
      ]),
      helped: [
        'thanks',
        new PhraseMatcher([...phrases.thanks.core, ...(phrases.helpedAfterAnswer ?? [])]),
        new PhraseMatcher(phrases.thanks.filler),
      ],
    }));
  }

  /**
   * The wish a message expresses, undefined when it is a question to look up.
   *
   * @param isAfterAnswer whether the message before this one was an answer of the bot's: only then does "no" complain, and "yes" thank
   */
  recognise(text: string, isAfterAnswer: boolean): Wish | undefined {
    const said = text.slice(0, 1000);
    const wordList = words(said);
    if (wordList.length === 0) return wordless(said, isAfterAnswer);
    if (this.#locales.some(({ is }) => callsForPerson(wordList, is))) return 'person';
    // "No thanks" is no complaint, so what says nothing but thanks comes first.
    const isQuestion = QUESTION_MARK.test(said) || this.#asks(wordList);
    const talk =
      wordList.length > LONGEST_SMALL_TALK
        ? undefined
        : this.#smallTalk(wordList, { isAfterAnswer, isQuestion });
    if (talk !== undefined && talk !== 'greeting') return talk;
    if (this.#locales.some(({ is }) => saysItDidNotHelp(wordList, is, isAfterAnswer))) return 'did_not_help';
    return talk;
  }

  #asks(wordList: readonly string[]): boolean {
    return this.#locales.some(({ is }) => is.questionStarts.lengthAt(wordList, 0) > 0);
  }

  #smallTalk(
    wordList: readonly string[],
    { isAfterAnswer, isQuestion }: { isAfterAnswer: boolean; isQuestion: boolean },
  ): Wish | undefined {
    for (const { talk, helped } of this.#locales) {
      const found = talk.find((one) => isTalk(wordList, one));
      if (found !== undefined) return found[0];
      // "Is it working now?" consists of the words of "yes, it is working now". Without an answer before it, a bare "yes" is no question that
      // people could be asked.
      if (!isQuestion && isTalk(wordList, helped)) return isAfterAnswer ? 'thanks' : 'nothing_said';
    }
    return undefined;
  }
}

/** A thumb after an answer says as much as a word. */
function wordless(text: string, isAfterAnswer: boolean): Wish {
  if (isAfterAnswer && DISPLEASED.test(text)) return 'did_not_help';
  return isAfterAnswer && PLEASED.test(text) ? 'thanks' : 'nothing_said';
}
