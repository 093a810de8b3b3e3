const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/iu;
/** Language, script and region: what folders are named by. */
const FOLDER = /^([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?$/iu;

/** The tag in canonical form when it names a language people speak, else undefined: `en_us` gives `en-US`. */
export function languageTag(text: string): string | undefined {
  const tag = text.trim().replaceAll('_', '-');
  if (!TAG.test(tag)) return undefined;
  try {
    const canonical = Intl.getCanonicalLocales(tag)[0];
    if (canonical === undefined) return undefined;
    return isNamed(new Intl.Locale(canonical).language, 'language') ? canonical : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isNamed(code: string, type: 'language' | 'script' | 'region'): boolean {
  return new Intl.DisplayNames(['en'], { type, fallback: 'none' }).of(code) !== undefined;
}

/**
 * The language a folder says: the first part of the path, when it is the tag of a language that software is written in. A folder
 * is rarely named by any other, and often by a word that is a tag as well: `my-account` is Burmese, `pro` Old Provençal.
 */
export function languageOfPath(path: string): string | undefined {
  const [first, ...rest] = path.split('/');
  if (first === undefined || rest.length === 0) return undefined;
  const [, language, script, region] = FOLDER.exec(first.replaceAll('_', '-')) ?? [];
  const tag = language && languageTag(first);
  if (!tag || Intl.NumberFormat.supportedLocalesOf([language]).length === 0) return undefined;
  if (script && !isNamed(titleCase(script), 'script')) return undefined;
  return !region || isNamed(region.toUpperCase(), 'region') ? tag : undefined;
}

const titleCase = (script: string): string =>
  `${script.charAt(0).toUpperCase()}${script.slice(1).toLowerCase()}`;
