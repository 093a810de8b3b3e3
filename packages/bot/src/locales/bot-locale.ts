/** The sentences the bot says itself, as opposed to what it quotes. Plain text. */
export interface BotSentences {
  readonly greeting: string;
  readonly thanks: string;
  readonly goodbye: string;
  /** Said when a message holds no words. */
  readonly unclear: string;
  /** Said above near answers to choose from. */
  readonly choose: string;
  /** Label of the option that none of the near answers fits. */
  readonly noneOfThese: string;
  readonly askedForPerson: string;
  readonly notCovered: string;
  readonly didNotHelp: string;
}

/**
 * Words by which a wish is recognised. An entry is one word or several in a row; `*` at the end of a word stands for any
 * ending. Case, accents and apostrophes do not matter.
 */
export interface BotPhrases {
  /** Words of which a greeting consists: one of `core`, and nothing that is in neither list. "I need help" is one too: it says nothing yet. */
  readonly greeting: WordLists;
  readonly thanks: WordLists;
  readonly goodbye: WordLists;
  /** Whom one asks for: a person, an agent. */
  readonly people: readonly string[];
  /** What one wants of them: talk, connect. */
  readonly contact: readonly string[];
  /** Names a person asks for by themselves, when the message says little else. */
  readonly peopleAlone: readonly string[];
  /** Small words that may stand beside `peopleAlone` without changing the wish. */
  readonly besidePeople: readonly string[];
  /** Words showing that somebody asks about other people's talking, and not for a person. */
  readonly aboutOthers: readonly string[];
  /** "That did not help", clear by itself. */
  readonly notHelpful: readonly string[];
  /** "No", "still broken": clear only right after an answer. */
  readonly notHelpfulAfterAnswer: readonly string[];
  /** "Yes", "it works now": thanks, but only right after an answer. Beside them may stand what may stand beside thanks. */
  readonly helpedAfterAnswer?: readonly string[];
  /** Words a question begins with: "how do I reopen what is not solved" is no complaint, and "is it working" no thanks. */
  readonly questionStarts: readonly string[];
}

/** Words of which a whole message consists. */
export interface WordLists {
  /** At least one of these must be there. */
  readonly core: readonly string[];
  /** These may stand beside it. */
  readonly filler: readonly string[];
}

/** A language that the bot speaks and understands: its sentences, and the words by which it sees a wish. */
export interface BotLocale {
  /** BCP 47 language of the sentences, for example `bn`. */
  readonly lang: string;
  readonly sentences: BotSentences;
  readonly phrases: BotPhrases;
}
