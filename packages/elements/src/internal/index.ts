// What other packages of the family build their own elements with.
export { Announcer } from './announcer.ts';
export { deepActiveElement, rememberFocus } from './focus.ts';
export { formatsFor, type Formats } from './formats.ts';
export { SahayElement, type ColorScheme } from './sahay-element.ts';
export { Locale, directionOf } from '../locales/locale.ts';
export type { PluralText } from '../locales/locale-strings.ts';
