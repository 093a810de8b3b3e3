import type { Id, Time } from '@sahay/protocol';

/** How long something took, in seconds; absent when it never happened. */
export interface Durations {
  median?: number | undefined;
  /** Nine of ten were at most this long. */
  p90?: number | undefined;
  count: number;
}

/** A question the bot could not answer, in the words in which it was asked last. */
export interface UnansweredQuestion {
  question: string;
  /** How often it was asked, however it was spelled. */
  count: number;
  lastAskedAt: Time;
  /** Where it was asked, latest first; at most ten. */
  conversationIds: Id[];
}

/** An article the bot answered from. */
export interface TopArticle {
  articleId: string;
  title: string;
  /** How many answers it gave. */
  count: number;
  /** What it answered last. */
  lastQuestion: string;
  lastAskedAt: Time;
}

/** Figures about the conversations that began in a period (`GET /v1/insights?days=`). */
export interface Insights {
  days: number;
  from: Time;
  to: Time;
  conversations: number;
  /** CSAT, 1 to 5. */
  rating: {
    average?: number | undefined;
    count: number;
    distribution: Record<'1' | '2' | '3' | '4' | '5', number>;
  };
  /** From the request for a person to that person's first message. */
  firstResponse: Durations & { waiting: number };
  /** From the first message to the close. */
  resolution: Durations;
  /** What became of the conversations in which something was asked: answered by the bot alone, or passed on to people. The shares are of these. */
  outcome: {
    resolvedByBot: number;
    handedOver: number;
    resolvedByBotShare?: number | undefined;
    handedOverShare?: number | undefined;
  };
  unanswered: UnansweredQuestion[];
  topArticles: TopArticle[];
}
