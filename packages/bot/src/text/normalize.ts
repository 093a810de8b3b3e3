/** Joiners, soft hyphen, byte order mark and direction marks: invisible, and typed or not at random. */
const INVISIBLE = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;

/** Latin, Greek and Cyrillic accents (U+0300-036F) and Arabic vowel signs; Bengali marks are letters' other half and stay. */
const OPTIONAL_MARKS = /[\u0300-\u036F\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED]/gu;

const FOLDED_LETTERS: Readonly<Record<string, string>> = {
  '\u0640': '', // tatweel only stretches a word
  '\u0671': '\u0627', // alef wasla → alef
  '\u0649': '\u064A', // alef maqsura → yeh
  '\u0629': '\u0647', // teh marbuta → heh
  '\u06CC': '\u064A', // Farsi yeh → yeh
  '\u06A9': '\u0643', // keheh → kaf
  '\u00DF': 'ss',
  '\u0131': 'i',
  '\u09CE': '\u09A4', // Bengali khanda ta → ta
  // Bengali letters that sound alike are the commonest misspellings: long and short i and u, the two n, the three s, ng.
  '\u0988': '\u0987',
  '\u09C0': '\u09BF',
  '\u098A': '\u0989',
  '\u09C2': '\u09C1',
  '\u09A3': '\u09A8',
  '\u09B6': '\u09B8',
  '\u09B7': '\u09B8',
  '\u0999': '\u0982',
};
const FOLDED = new RegExp(`[${Object.keys(FOLDED_LETTERS).join('')}]`, 'gu');

/** The first digit of each decimal block whose digits a visitor may type instead of 0-9. */
const DIGIT_BLOCKS = [0x0660, 0x06f0, 0x0966, 0x09e6];
const FOREIGN_DIGITS = /[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u09E6-\u09EF]/gu;

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = DIGIT_BLOCKS.find((first) => code >= first && code < first + 10) ?? code;
  return String(code - zero);
}

/**
 * Folds what writers vary without changing the meaning: compatibility forms, case, accents, Arabic vowel signs,
 * tatweel and alef forms, and national digits.
 *
 * @example normalizeText('Ｃａｆé') === 'cafe'
 */
export function normalizeText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(OPTIONAL_MARKS, '')
    .normalize('NFC')
    .replace(FOLDED, (letter) => FOLDED_LETTERS[letter] ?? letter)
    .replace(FOREIGN_DIGITS, asciiDigit);
}
