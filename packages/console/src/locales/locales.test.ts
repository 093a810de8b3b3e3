import { expect } from '@open-wc/testing';
import type { PluralText } from '@sahay/elements/internal';
import { ar } from './ar.ts';
import { bn } from './bn.ts';
import { consoleLocale, registerConsoleLocale } from './console-locale.ts';
import { en } from './en.ts';

const placeholders = (text: string | PluralText): string[] =>
  (typeof text === 'string' ? text : text.other).match(/\{\w+\}/g)?.sort() ?? [];

describe('the console’s words', () => {
  for (const [name, strings] of Object.entries({ bn, ar })) {
    it(`say everything in ${name}, with the same placeholders as in English`, () => {
      expect(Object.keys(strings).sort()).to.deep.equal(Object.keys(en).sort());
      for (const [key, text] of Object.entries(en) as [keyof typeof en, string | PluralText][]) {
        expect(strings[key], key).to.not.equal('');
        expect(placeholders(strings[key]), key).to.deep.equal(placeholders(text));
      }
    });
  }

  it('serve a region by its language, and an unknown language in English', () => {
    expect(consoleLocale('bn-BD').strings).to.equal(bn);
    expect(consoleLocale('xx').strings).to.equal(en);
    expect(consoleLocale('ar').direction).to.equal('rtl');
  });

  it('can be added to', () => {
    registerConsoleLocale('de', { inbox: 'Posteingang' });
    expect(consoleLocale('de').strings.inbox).to.equal('Posteingang');
    expect(consoleLocale('de').strings.mine).to.equal(en.mine);
  });
});
