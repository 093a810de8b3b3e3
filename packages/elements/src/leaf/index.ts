/**
 * The parts the window is made of, for building your own: properties in, events out, no client. Importing a class registers
 * nothing; `@sahay/elements/define` does.
 *
 * @packageDocumentation
 */
export { SahayBanner, type BannerKind } from '../banner/banner.ts';
export {
  SahayComposer,
  type ComposerCancelDetail,
  type ComposerFilesDetail,
  type ComposerSendDetail,
  type ComposerTypingDetail,
  type ComposerUpload,
} from '../composer/composer.ts';
export { SahayHeader, type HeaderAction, type HeaderActionDetail } from '../header/header.ts';
export { SahayMessageList, type EndChangeDetail } from '../message-list/message-list.ts';
export type { CitationDetail, QuickReplyDetail, ResolveAttachment } from '../message/row-context.ts';
export { SahayQuickReplies } from '../quick-replies/quick-replies.ts';
export { SahayRating, type RateDetail, type RatingKind } from '../rating/rating.ts';
export { SahayTypingIndicator } from '../typing-indicator/typing-indicator.ts';
