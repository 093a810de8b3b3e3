import { expect } from '@open-wc/testing';
import { findSensitive, maskSensitive } from './find-sensitive.ts';

/** Published examples: test cards of schemes, the IBAN register's examples, and documented ids; each with one digit changed is none. */
const known: readonly (readonly [kind: string, number: string])[] = [
  ['card', '4111 1111 1111 1111'],
  ['card', '5555-5555-5555-4444'],
  ['card', '378282246310005'],
  ['card', '6011111111111117'],
  ['iban', 'GB29 NWBK 6016 1331 9268 19'],
  ['iban', 'DE89370400440532013000'],
  ['iban', 'FR1420041010050500013M02606'],
  ['nationalId', '2345 6789 0124'],
  ['nationalId', '529.982.247-25'],
  ['nationalId', '44051401359'],
  ['nationalId', '10000000146'],
  ['nationalId', '11010519491231002X'],
  ['nationalId', '2 55 08 14 168 025 38'],
  ['nationalId', '12345678Z'],
  ['nationalId', 'RSSMRA85T10A562S'],
];

/** The same number with its last digit or letter changed. */
const changed = (number: string): string =>
  number.replace(/[\dA-Z](?=\D*$)/, (last) =>
    /\d/.test(last) ? String((Number(last) + 1) % 10) : last === 'A' ? 'B' : 'A',
  );

describe('numbers that others should not read', () => {
  for (const [kind, number] of known)
    it(`finds ${number} as a ${kind}, and not when a digit is wrong`, () => {
      const text = `It is ${number}, thank you.`;
      const [found, ...more] = findSensitive(text);
      expect(found && [found.kind, text.slice(found.start, found.end)]).to.deep.equal([kind, number]);
      expect(more).to.deep.equal([]);
      expect(findSensitive(`It is ${changed(number)}, thank you.`)).to.deep.equal([]);
    });

  it('finds them in Bengali and Arabic digits, and where they stand', () => {
    for (const zero of ['০', '٠', '۰']) {
      const written = '4111 1111 1111 1111'.replace(/\d/g, (digit) =>
        String.fromCharCode(zero.charCodeAt(0) + Number(digit)),
      );
      expect(findSensitive(`😀 ${written}`)).to.deep.equal([{ kind: 'card', start: 3, end: 22 }]);
    }
  });

  it('leaves alone what is none: order numbers, telephone numbers, times, tracking codes', () => {
    for (const text of [
      'Order 20260302114512, parcel 1Z999AA10123456784',
      'Call +880 1711 123456 or 0171 1234567 before 2026-03-02 10:41',
      '0000 0000 0000 0000 and 1111111111111111',
      'Version 1.2.3.4, 192.168.100.200, ISBN 978-3-16-148410-0',
      'a'.repeat(20_000) + ' 1'.repeat(5_000),
    ])
      expect(findSensitive(text), text.slice(0, 60)).to.deep.equal([]);
  });

  it('finds the number where words follow it', () => {
    const text = 'DE89 3704 0044 0532 0130 00 is my account';
    expect(findSensitive(text)).to.deep.equal([{ kind: 'iban', start: 0, end: 27 }]);
  });

  it('masks all but the last four', () => {
    expect(maskSensitive('Card 4111 1111 1111 1111 and GB29NWBK60161331926819.')).to.equal(
      'Card •••• •••• •••• 1111 and ••••••••••••••••••6819.',
    );
  });

  it('takes no time over what only looks like one', () => {
    const started = performance.now();
    findSensitive('4111 '.repeat(3200));
    findSensitive('AB12'.repeat(4000));
    expect(performance.now() - started).to.be.lessThan(500);
  });
});
