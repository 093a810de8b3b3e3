/*
 * Check digits, as their standards define them. Each takes characters without separators; letters in upper case.
 */

const digitsOf = (text: string): number[] => Array.from(text, Number);

/** ISO/IEC 7812-1, annex B: card numbers. Every second digit from the right is doubled; the sum of all digits is a multiple of 10. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of digitsOf(digits).reverse().entries()) {
    const value = index % 2 ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/** The remainder of a number too long for a `number`; letters count 10 to 35. */
export function modulo(text: string, divisor: number): number {
  let rest = 0;
  for (const character of text) rest = Number(rest + String(parseInt(character, 36))) % divisor;
  return rest;
}

/** ISO 13616 by ISO 7064 MOD 97-10: the first four characters go to the end, and 1 remains. */
export const iban = (text: string): boolean => modulo(text.slice(4) + text.slice(0, 4), 97) === 1;

/** Weighted sum of as many digits as there are weights. */
const weighted = (digits: number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * digits[index]!, 0);

const dihedral = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
].map(digitsOf);
const permuted = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
].map(digitsOf);

/** Verhoeff (1969), as India's Aadhaar uses it. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (const [index, digit] of digitsOf(digits).reverse().entries())
    check = dihedral[check]![permuted[index % 8]![digit]!]!;
  return check === 0;
}

/** Brazil's CPF: two digits, each of them modulo 11 of those before it. */
export function cpf(text: string): boolean {
  const digits = digitsOf(text);
  const checkOf = (length: number): number => {
    const sum = digits
      .slice(0, length)
      .reduce((total, digit, index) => total + digit * (length + 1 - index), 0);
    return ((sum * 10) % 11) % 10;
  };
  return new Set(text).size > 1 && checkOf(9) === digits[9] && checkOf(10) === digits[10];
}

/** Poland's PESEL: weights 1, 3, 7, 9. */
export const pesel = (text: string): boolean =>
  weighted(digitsOf(text), [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;

/** Türkiye's TCKN: two digits of the sums of odd and even places. */
export function tckn(text: string): boolean {
  const digits = digitsOf(text);
  const odd = digits[0]! + digits[2]! + digits[4]! + digits[6]! + digits[8]!;
  const even = digits[1]! + digits[3]! + digits[5]! + digits[7]!;
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return digits[0] !== 0 && tenth === digits[9] && (odd + even + tenth) % 10 === digits[10];
}

/** China's resident identity number (GB 11643): ISO 7064 MOD 11-2, the last may be X. */
export function residentId(text: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return '10X98765432'[weighted(digitsOf(text.slice(0, 17)), weights) % 11] === text[17];
}

/** France's NIR: 97 less the remainder of the first 13. Corsica's 2A and 2B count 19 and 18. */
export function nir(text: string): boolean {
  const number = text.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - modulo(number, 97) === Number(text.slice(13));
}

/** Spain's DNI and NIE: a letter by the remainder of 23; X, Y and Z stand for 0, 1 and 2. */
export function dni(text: string): boolean {
  const number = text.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23] === text.at(-1);
}

const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/** Italy's codice fiscale (D.M. 23/12/1976): characters at odd places count by a table, at even ones by their order. */
export function codiceFiscale(text: string): boolean {
  let sum = 0;
  for (const [index, character] of [...text.slice(0, 15)].entries()) {
    const order = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    sum += index % 2 ? order : oddValues[order]!;
  }
  return String.fromCharCode(65 + (sum % 26)) === text[15];
}
