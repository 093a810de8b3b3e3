// What other packages of the family build their own elements with.
export { Announcer } from './announcer.ts';
export { deepActiveElement, rememberFocus } from './focus.ts';
export { formatsFor, type Formats } from './formats.ts';
export type { Listens } from './listens.ts';
export { duration, relativeTime } from './measures.ts';
export { SahayElement, type ColorScheme } from './sahay-element.ts';
export { ReadableController } from '../controllers/readable-controller.ts';
export { TranscriptVoice } from '../chat/transcript-voice.ts';
export { sendFiles, type FilesHost, type RunningUpload } from '../chat/send-files.ts';
export { defineElement } from '../define/define-element.ts';
export { directionOf } from '../locales/direction.ts';
export { Locale } from '../locales/locale.ts';
export type { PluralText } from '../locales/locale-strings.ts';
export { authorFace } from '../message/author-face.ts';
export { safeUrl } from '../message/safe-url.ts';
export { SahayArticle } from '../article/article.ts';
