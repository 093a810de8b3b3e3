/** Where an answer comes from. */
export interface Citation {
  readonly articleId: string;
  readonly title: string;
  /** Where people can read the whole article, when it says so itself. */
  readonly url?: string;
  /** What the article says, as plain text of at most about 200 characters. */
  readonly quote: string;
}

/** An article the bot considered. */
export interface ConsideredArticle {
  readonly id: string;
  readonly title: string;
  /** Strength of the match, comparable within one trace. */
  readonly score: number;
  /** Probability that it answers the question, 0 to 1. */
  readonly confidence: number;
}

/** How the bot came by its outcome, for the people who answer ("Why this answer?"). */
export interface Trace {
  /** The visitor's words, cut to 2,000 characters. */
  readonly question: string;
  /** Language of the articles that were searched, BCP 47. */
  readonly language: string;
  readonly outcome: Outcome['kind'];
  /** Probability that the best article answers the question, 0 to 1. */
  readonly confidence: number;
  /** The confidence from which the bot answers by itself. */
  readonly threshold: number;
  /** At most five, best first. */
  readonly articles: readonly ConsideredArticle[];
  /**
   * `exact`: a title or phrasing word for word; `phrasing`: the classifier trained on example phrasings; `retrieval`: the
   * search; `choice`: the visitor chose an option; `wish`: recognised words such as "a person, please".
   */
  readonly matchedBy: 'exact' | 'phrasing' | 'retrieval' | 'choice' | 'wish' | 'none';
  /** Which writer worded the answer; missing when the article's own words were used. */
  readonly writer?: string;
  /** Why a writer was not used although there is one: what happened, and what to do. */
  readonly writerProblem?: string;
  readonly durationMs: number;
}

/** One thing the visitor may mean. */
export interface ChoiceOption {
  readonly label: string;
  /** Give it back as `value` when the visitor picks the option. */
  readonly value: string;
  readonly articleId?: string;
}

/** The bot answers from an article; `text` is Markdown without raw HTML. */
export interface AnswerOutcome {
  readonly kind: 'answer';
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly trace: Trace;
}

/** The bot asks back; `text` is plain. */
export interface ChooseOutcome {
  readonly kind: 'choose';
  readonly text: string;
  readonly options: readonly ChoiceOption[];
  readonly trace: Trace;
}

/** Why people take over: they were asked for, no article fits, or the answer did not help. */
export type HandoverReason = 'asked_for_person' | 'not_covered' | 'did_not_help';

/** The bot says that people take over; `text` is plain. */
export interface HandoverOutcome {
  readonly kind: 'handover';
  readonly reason: HandoverReason;
  readonly text: string;
  readonly trace: Trace;
}

/** A courtesy, without citation; `text` is plain. */
export interface SmallTalkOutcome {
  readonly kind: 'small_talk';
  readonly topic: 'greeting' | 'thanks' | 'goodbye' | 'unclear';
  readonly text: string;
  readonly trace: Trace;
}

/** What the bot makes of a message. */
export type Outcome = AnswerOutcome | ChooseOutcome | HandoverOutcome | SmallTalkOutcome;

/** An earlier message of the conversation, as far as the bot cares. */
export interface Turn {
  readonly from: 'visitor' | 'bot' | 'agent';
  readonly text: string;
  /** What kind of message the bot's was; without it a bot's message counts as no answer. */
  readonly kind?: Outcome['kind'];
}

/** A message to make something of. */
export interface BotInput {
  readonly text: string;
  /** The visitor's language, BCP 47. */
  readonly locale?: string;
  /** What was said before, oldest first. */
  readonly history?: readonly Turn[];
  /** The `value` of the option the visitor picked, if any; see {@link CHOICES}. */
  readonly value?: string;
}

/** Values of options with a fixed meaning; an article's option has `article:<id>`. */
export const CHOICES = {
  person: 'person',
  none: 'none-of-these',
  didNotHelp: 'did-not-help',
  helped: 'helped',
} as const;
