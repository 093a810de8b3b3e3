/**
 * The visitor's elements as classes. Importing them registers nothing: `@sahay/elements/define/chat` and its siblings do, or
 * your own `customElements.define`.
 *
 * @packageDocumentation
 */
export { SahayBubble, type SahayBubbleEventMap, type Teaser } from './bubble/bubble.ts';
export { SahayChat } from './chat/chat.ts';
export type {
  BeforeSendDetail,
  ChatErrorDetail,
  SahayChatEventMap,
  SendDetail,
  UnreadChangeDetail,
} from './chat/chat-events.ts';
export { registerSuggestions, type Suggestion, type SuggestionSource } from './composer/suggestions.ts';
export { SahayInspector } from './inspector/inspector.ts';
export type { Recording } from './inspector/recording.ts';
export type { Listens } from './internal/listens.ts';
export { SahayElement, type ColorScheme } from './internal/sahay-element.ts';
export { registerLocale, type LocaleSource, type LocaleStrings, type PluralText } from './locales/index.ts';
export { SahayMyData, type SahayMyDataEventMap } from './my-data/my-data.ts';
export type { ActionDetail } from './parts/act.ts';
export type { FormSubmitDetail } from './parts/form.ts';
export type { PartDetail } from './parts/part-slot.ts';
export { useModelViewer } from './parts/model-viewer.ts';
export { registerPart, type PartRenderer, type PartRendering } from './parts/part-registry.ts';
export { SahaySurvey, type SahaySurveyEventMap, type SurveySubmitDetail } from './survey/survey.ts';
export { version } from './version.ts';
