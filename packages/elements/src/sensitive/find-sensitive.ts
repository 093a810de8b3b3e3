import {
  codiceFiscale,
  cpf,
  dni,
  iban,
  luhn,
  nir,
  pesel,
  residentId,
  tckn,
  verhoeff,
} from './check-digits.ts';

/** What kind of number it is. */
export type SensitiveKind = 'card' | 'iban' | 'nationalId';

/** A number in a text that others should not read. */
export interface Finding {
  kind: SensitiveKind;
  /** Where it stands, in UTF-16 code units. */
  start: number;
  end: number;
}

interface Rule {
  kind: SensitiveKind;
  /** How it may be written. */
  pattern: RegExp;
  /** Whether it is one, without its separators. */
  isValid: (text: string) => boolean;
}

/** Lengths and beginnings by which issuers number their cards (ISO/IEC 7812): most numbers that pass Luhn by chance begin otherwise. */
const issuers: readonly [beginning: RegExp, lengths: readonly number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[689])/, [14, 16, 17, 18, 19]],
  [/^(?:6011|64[4-9]|65|62)/, [16, 17, 18, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(?:2131|1800)/, [15]],
  [/^(?:50|5[6-9]|6)/, [12, 13, 14, 15, 16, 17, 18, 19]],
];

const isCard = (digits: string): boolean =>
  issuers.some(([beginning, lengths]) => lengths.includes(digits.length) && beginning.test(digits)) &&
  new Set(digits).size > 1 &&
  luhn(digits);

/** How long an IBAN is in each country (SWIFT's register, 2025). */
const ibanLengths =
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30';

const isIban = (text: string): boolean => {
  const at = ibanLengths.indexOf(text.slice(0, 2));
  return at % 4 === 0 && Number(ibanLengths.slice(at + 2, at + 4)) === text.length && iban(text);
};

/** A birth date as YYMMDD whose month may carry a century, as Poland's does. */
const isDate = (text: string): boolean => {
  const month = Number(text.slice(2, 4)) % 20;
  const day = Number(text.slice(4, 6));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
};

const rules: readonly Rule[] = [
  { kind: 'iban', pattern: /\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,29}\b/gi, isValid: isIban },
  { kind: 'card', pattern: /\b\d(?:[ -]?\d){11,18}\b/g, isValid: isCard },
  // Without a check digit, but written as nothing else is; the areas that are never given out are left out.
  {
    kind: 'nationalId',
    pattern: /\b(?!000|666|9)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}\b/g,
    isValid: () => true,
  },
  { kind: 'nationalId', pattern: /\b[2-9]\d{3} ?\d{4} ?\d{4}\b/g, isValid: verhoeff },
  { kind: 'nationalId', pattern: /\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b/g, isValid: cpf },
  {
    kind: 'nationalId',
    pattern: /\b\d{11}\b/g,
    isValid: (text) => (isDate(text) && pesel(text)) || tckn(text),
  },
  {
    kind: 'nationalId',
    pattern: /\b\d{6}(?:19|20)\d{9}[\dX]\b/gi,
    isValid: (text) => isDate(text.slice(8)) && residentId(text),
  },
  {
    kind: 'nationalId',
    pattern: /\b[12] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}\b/gi,
    isValid: nir,
  },
  { kind: 'nationalId', pattern: /\b(?:\d{8}|[XYZ]\d{7})-?[A-Z]\b/gi, isValid: dni },
  {
    kind: 'nationalId',
    pattern: /\b[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z]\b/gi,
    isValid: codiceFiscale,
  },
];

/** Digits of other scripts as 0 to 9, one for one, so that places stay the same. */
const asciiDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\uff10-\uff19]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10].find((first) => code >= first && code < first + 10)!;
    return String(code - zero);
  });

/**
 * Finds card numbers (Luhn and issuer), IBANs (modulo 97 and length) and national identity numbers in a text, also in Bengali and Arabic digits.
 * All but the US social security number are told by their check digits: a number that has none cannot be told from an order number.
 */
export function findSensitive(text: string): Finding[] {
  if (!/\p{Nd}/u.test(text)) return [];
  const plain = asciiDigits(text)
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/[\u2010-\u2013]/g, '-');
  const found: Finding[] = [];
  for (const { kind, pattern, isValid } of rules)
    for (const { 0: match, index } of plain.matchAll(pattern)) {
      const end = index + lengthOf(kind, match, isValid);
      if (end > index && !found.some((one) => one.start < end && index < one.end))
        found.push({ kind, start: index, end });
    }
  return found.sort((a, b) => a.start - b.start);
}

/** How much of a match is the number: a word after an IBAN, or digits after a card, may look like more of it. */
function lengthOf(kind: SensitiveKind, match: string, isValid: Rule['isValid']): number {
  for (let length = match.length; length >= 12 || length === match.length; length--) {
    if (/[ -]/.test(match[length - 1]!)) continue;
    if (isValid(match.slice(0, length).replace(/[ .-]/g, '').toUpperCase())) return length;
    // Only where what follows is parted from it.
    const parted = Math.max(match.lastIndexOf(' ', length - 1), match.lastIndexOf('-', length - 1));
    if (parted < 12 || kind === 'nationalId') return 0;
    length = parted + 1;
  }
  return 0;
}

/** The text with all that was found behind dots; the last four stay, so that people can tell which it was. */
export function maskSensitive(text: string, findings: readonly Finding[] = findSensitive(text)): string {
  let masked = '';
  let at = 0;
  for (const { start, end } of findings) {
    const number = text.slice(start, end);
    const shown = [...number].filter((character) => /[\p{L}\p{Nd}]/u.test(character)).length - 4;
    let seen = 0;
    masked +=
      text.slice(at, start) +
      number.replace(/[\p{L}\p{Nd}]/gu, (character) => (seen++ < shown ? '•' : character));
    at = end;
  }
  return masked + text.slice(at);
}
