export {
  createBot,
  type AnswerOptions,
  type Bot,
  type BotEvent,
  type BotOptions,
} from './answer/create-bot.ts';
export type { Thresholds } from './answer/decide.ts';
export {
  CHOICES,
  type AnswerOutcome,
  type BotInput,
  type ChoiceOption,
  type ChooseOutcome,
  type Citation,
  type ConsideredArticle,
  type HandoverOutcome,
  type HandoverReason,
  type Outcome,
  type SmallTalkOutcome,
  type Trace,
  type Turn,
} from './answer/outcome.ts';
export {
  WriterError,
  type AnswerWriter,
  type WriteRequest,
  type WriterErrorCode,
  type WriterEvent,
} from './answer/writer.ts';
export type { Article, Section } from './knowledge/article.ts';
export {
  BOT_LOCALES,
  type BotLocale,
  type BotPhrases,
  type BotSentences,
  type WordLists,
} from './locales/index.ts';
