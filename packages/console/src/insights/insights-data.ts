import type { Id, Time } from '@sahay/protocol';

/** Figures about the conversations that began in a period, as `GET /v1/insights?days=` answers. Durations are seconds. */
export interface InsightsData {
  days: number;
  conversations: number;
  rating: { average?: number; count: number; distribution: Record<'1' | '2' | '3' | '4' | '5', number> };
  /** From the request for a person to that person's first message; `waiting` have had none yet. */
  firstResponse: { median?: number; p90?: number; count: number; waiting: number };
  /** Of the conversations in which something was asked. */
  outcome: { resolvedByBot: number; handedOver: number; resolvedByBotShare?: number };
  unanswered: { question: string; count: number; lastAskedAt: Time; conversationIds: Id[] }[];
  topArticles: { articleId: string; title: string; count: number; lastQuestion: string; lastAskedAt: Time }[];
}

/** The periods to choose from, in days. */
export const periods = [7, 30, 90] as const;
