export { directionOf } from './direction.ts';
export { Locale } from './locale.ts';
export {
  isRegistered,
  loadLocale,
  localeIfLoaded,
  matchLocale,
  onLocalesChange,
  registerLocale,
  type LocaleSource,
} from './locale-registry.ts';
export type { LauncherStrings, LocaleStrings, PluralText, StringKey } from './locale-strings.ts';
