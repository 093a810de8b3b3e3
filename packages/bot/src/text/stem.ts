import { normalizeText } from './normalize.ts';

/** Takes the first ending that leaves at least `shortest` code points. */
function withoutEnding(word: string, endings: readonly string[], shortest: number): string {
  const ending = endings.find(
    (end) => word.endsWith(end) && Array.from(word).length - Array.from(end).length >= shortest,
  );
  return ending === undefined ? word : word.slice(0, -ending.length);
}

/** A light English stemmer: plurals, -ing, -ed and the silent e, after Porter (1980) steps 1a, 1b and 5a. */
function stemEnglish(word: string): string {
  let stem = word;
  if (stem.length > 3) {
    if (stem.endsWith('ies') && stem.length > 4) stem = `${stem.slice(0, -3)}y`;
    else if (/(?:ss|x|ch|sh)es$/u.test(stem)) stem = stem.slice(0, -2);
    else if (/[^sui]s$/u.test(stem)) stem = stem.slice(0, -1);
  }
  const cut = /^(.*[aeiouy].*?)(?:ing|ed)$/u.exec(stem)?.[1];
  if (cut !== undefined && cut.length > 2) stem = cut.replace(/([^aeiouylsz])\1$/u, '$1');
  return stem.length > 3 && stem.endsWith('e') ? stem.slice(0, -1) : stem;
}

const BENGALI_ENDINGS = [
  'গুলোকে',
  'গুলোর',
  'গুলিতে',
  'গুলির',
  'গুলো',
  'গুলি',
  'টিকে',
  'টিতে',
  'টির',
  'টার',
  'টাকে',
  'দেরকে',
  'দের',
  'টি',
  'টা',
  'খানা',
  'কে',
  'তে',
  'ের',
  'রা',
  'য়ের',
  'য়',
  'ে',
  'র',
  'ই',
  'ও',
].map((ending) => normalizeText(ending));

/** Articles and prepositions that are written together with an Arabic word, and its commonest endings (after Larkey et al. 2002, "light10"). */
const ARABIC_BEGINNINGS = ['وبال', 'وال', 'بال', 'كال', 'فال', 'لل', 'ال', 'و'];
const ARABIC_ENDINGS = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ني', 'ك', 'ه', 'ي'];

/** Beginnings go until none is left: "ألوان" itself begins like a word with an article, and must come to the same as "الألوان". */
function stemArabic(word: string): string {
  let stem = word;
  for (;;) {
    const beginning = ARABIC_BEGINNINGS.find(
      (start) => stem.startsWith(start) && stem.length - start.length >= 3,
    );
    if (beginning === undefined) return withoutEnding(stem, ARABIC_ENDINGS, 3);
    stem = stem.slice(beginning.length);
  }
}

/**
 * A normalised word's stem, by its script, so that a foreign word in a sentence is treated as what it is. Deliberately
 * light: character n-grams do the rest.
 *
 * @example stem('articles', 'en') // 'articl'
 */
export function stem(word: string, lang: string): string {
  if (/^[a-z]+$/u.test(word)) {
    const language = lang.split('-')[0];
    return language === 'es' || language === 'fr' ? withoutEnding(word, ['es', 's'], 3) : stemEnglish(word);
  }
  if (/^\p{Script=Bengali}/u.test(word)) return withoutEnding(word, BENGALI_ENDINGS, 3);
  if (/^\p{Script=Arabic}/u.test(word)) return stemArabic(word);
  return word;
}
