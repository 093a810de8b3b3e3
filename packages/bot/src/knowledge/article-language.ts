const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/iu;

/** The tag in canonical form when it names a language people speak, else undefined: `en_us` gives `en-US`. */
export function languageTag(text: string): string | undefined {
  const tag = text.trim().replaceAll('_', '-');
  if (!TAG.test(tag)) return undefined;
  try {
    const canonical = Intl.getCanonicalLocales(tag)[0];
    if (canonical === undefined) return undefined;
    const language = new Intl.Locale(canonical).language;
    const name = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(language);
    return name === undefined ? undefined : canonical;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The language a folder says: the first part of the path, when it is a language tag. */
export function languageOfPath(path: string): string | undefined {
  const [first, ...rest] = path.split('/');
  return first === undefined || rest.length === 0 ? undefined : languageTag(first);
}
