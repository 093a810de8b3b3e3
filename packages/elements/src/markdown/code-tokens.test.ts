import { expect } from '@open-wc/testing';
import { codeTokens } from './code-tokens.ts';

const kinds = (code: string, language: string): string[] =>
  codeTokens(code, language).flatMap(({ kind, text }) => (kind ? [`${kind} ${text}`] : []));

describe('codeTokens', () => {
  it('finds comments, strings, numbers and keywords', () => {
    expect(kinds('const a = "x\\"y"; // no "string"\nreturn 0x1F', 'ts')).to.deep.equal([
      'keyword const',
      'string "x\\"y"',
      'comment // no "string"',
      'keyword return',
      'number 0x1F',
    ]);
    expect(kinds('def f(): # 1\n  pass', 'Python')).to.deep.equal([
      'keyword def',
      'comment # 1',
      'keyword pass',
    ]);
    expect(kinds('<!-- a --><b>', 'html')).to.deep.equal(['comment <!-- a -->']);
  });

  it('loses no character, whatever the code, and takes no longer for hostile code', () => {
    const hostile = [
      '"'.repeat(20_000),
      '/*'.repeat(10_000),
      `${'\\'.repeat(20_001)}"`,
      '`${'.repeat(9_000),
      '1.'.repeat(9_000),
    ];
    const begun = performance.now();
    for (const code of hostile) {
      const whole = codeTokens(code, 'constructor')
        .map(({ text }) => text)
        .join('');
      expect(whole === code).to.equal(true);
    }
    expect(performance.now() - begun).to.be.lessThan(2_000);
  });
});
