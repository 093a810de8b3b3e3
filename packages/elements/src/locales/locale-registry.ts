import { warnOnce } from '../internal/warn-once.ts';
import { en } from './en.ts';
import { Locale } from './locale.ts';
import type { LocaleStrings } from './locale-strings.ts';

/** The texts of a language, or a function that loads them; what is missing is said in English. */
export type LocaleSource = Partial<LocaleStrings> | (() => Promise<Partial<LocaleStrings>>);

const sources = new Map<string, LocaleSource>([
  ['en', en],
  ['bn', async () => (await import('./bn.ts')).bn],
  ['ar', async () => (await import('./ar.ts')).ar],
]);
const loaded = new Map<string, LocaleStrings>([['en', en]]);
const locales = new Map<string, Locale>();
const listeners = new Set<() => void>();

/** Writes a tag as BCP 47 does (`bn_bd` gives `bn-BD`); nothing when it is not one. */
function canonical(tag: string): string | undefined {
  try {
    // Some systems report POSIX names such as "en_US.UTF-8" or "en-US@posix".
    return Intl.getCanonicalLocales(
      tag
        .trim()
        .replace(/[.@].*$/, '')
        .replaceAll('_', '-'),
    )[0];
  } catch {
    warnOnce(`locale:${tag}`, `"${tag}" is not a language tag such as "en" or "bn-BD", so it is ignored.`);
    return undefined;
  }
}

/** The registered language that serves `tag`: itself, or the tag shortened from the end. */
function served(tag: string): string | undefined {
  for (let name = tag; name; name = name.slice(0, Math.max(0, name.lastIndexOf('-')))) {
    if (sources.has(name)) return name;
  }
  return undefined;
}

/** English stays behind the texts rather than being copied into them: some of it arrives later. */
const overEnglish = (texts: Partial<LocaleStrings>): LocaleStrings =>
  Object.assign(Object.create(en) as LocaleStrings, texts);

function remember(tag: string, strings: LocaleStrings): Locale {
  const locale = locales.get(tag) ?? new Locale(tag, strings);
  locales.set(tag, locale);
  return locale;
}

/**
 * Adds a language or replaces one of ours, for every element on the page.
 *
 * @example registerLocale('de', async () => (await import('./de.js')).de);
 * @throws RangeError when `tag` is not a BCP 47 tag.
 */
export function registerLocale(tag: string, source: LocaleSource): void {
  const [name] = Intl.getCanonicalLocales(tag);
  if (!name) throw new RangeError('A locale needs a tag such as "de".');
  sources.set(name, source);
  loaded.delete(name);
  if (typeof source !== 'function') loaded.set(name, overEnglish(source));
  for (const key of locales.keys()) if (served(key) === name) locales.delete(key);
  for (const listener of listeners) listener();
}

/** Calls `listener` when the registered languages change; returns the function that ends it. */
export function onLocalesChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether `tag`, or a shorter form of it, has been registered. */
export function isRegistered(tag: string): boolean {
  const name = canonical(tag);
  return name !== undefined && served(name) !== undefined;
}

/** The first of `tags` that a registered language serves, in its full form; `en` when none is. */
export function matchLocale(tags: Iterable<string | null | undefined>): string {
  for (const tag of tags) {
    const name = tag ? canonical(tag) : undefined;
    if (name && served(name)) return name;
  }
  return 'en';
}

/** The locale of a matched tag when its texts are here already; English always is. */
export function localeIfLoaded(tag: string): Locale | undefined {
  const strings = loaded.get(served(tag) ?? 'en');
  return strings && remember(tag, strings);
}

/** Loads the locale of a matched tag. When its texts cannot be loaded, English is given, and the next call tries again. */
export async function loadLocale(tag: string): Promise<Locale> {
  const here = localeIfLoaded(tag);
  if (here) return here;
  const name = served(tag)!;
  const source = sources.get(name);
  try {
    const strings = overEnglish(typeof source === 'function' ? await source() : source!);
    // The source may have been replaced while it loaded: then the newer one counts.
    if (sources.get(name) !== source) return loadLocale(tag);
    loaded.set(name, strings);
    return remember(tag, strings);
  } catch (cause) {
    warnOnce(`load:${name}`, `The texts for "${name}" could not be loaded, so English is shown.`, cause);
    return remember('en', en);
  }
}
