import { expect } from '@open-wc/testing';
import { ar } from './ar.ts';
import { bn } from './bn.ts';
import { completeAround } from './complete-around.ts';
import { en } from './en.ts';
import { launcherStrings, launcherStringsFor } from './launcher-strings.ts';
import { directionOf } from './direction.ts';
import { Locale } from './locale.ts';
import type { LocaleStrings, StringKey } from './locale-strings.ts';

completeAround();
const languages: Record<string, LocaleStrings> = { en, bn, ar };
const keys = Object.keys(en) as StringKey[];

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
}

describe('locales', () => {
  for (const [tag, strings] of Object.entries(languages)) {
    it(`${tag} has every text, and no other`, () => {
      expect(Object.keys(strings).sort()).to.deep.equal([...keys].sort());
      for (const key of keys) expect(JSON.stringify(strings[key]).length, key).to.be.greaterThan(3);
    });

    it(`${tag} fills in the same values as English`, () => {
      for (const key of keys) {
        const [english, own] = [en[key], strings[key]];
        const wanted = placeholders(typeof english === 'string' ? english : english.other);
        expect(placeholders(typeof own === 'string' ? own : own.other), key).to.deep.equal(wanted);
        expect(typeof own, key).to.equal(typeof english);
      }
    });

    it(`${tag} has exactly the plural forms of its language`, () => {
      const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
      for (const key of keys) {
        const entry = strings[key];
        if (typeof entry === 'string') continue;
        // A form may be left out only where the language's rule for it is "other" for whole numbers.
        const used = new Set(Array.from({ length: 201 }, (_, n) => new Intl.PluralRules(tag).select(n)));
        for (const form of Object.keys(entry)) expect(forms, key).to.include(form);
        if (tag !== 'bn') for (const form of used) expect(entry, `${key} ${form}`).to.have.property(form);
      }
    });
  }

  it('say plurals', () => {
    const arabic = new Locale('ar', ar);
    const said = [0, 1, 2, 3, 11, 100].map((count) => arabic.text('newMessages', { count }));
    expect(new Set(said.map((text) => text.replace(/[\d٠-٩]+/, '')))).to.have.property('size', 5);
    expect(said[1]).to.equal('رسالة جديدة واحدة');
    expect(said[2]).to.equal('رسالتان جديدتان');
    const english = new Locale('en', en);
    expect(english.text('unread', { count: 1 })).to.equal('1 unread message');
    expect(english.text('unread', { count: 1200 })).to.equal('1,200 unread messages');
  });

  it('write numbers with the digits of the language', () => {
    expect(new Locale('bn', bn).text('unread', { count: 12 })).to.equal('না-পড়া বার্তা ১২টি');
    expect(new Locale('ar-EG', ar).text('queuePosition', { position: 4 })).to.equal(
      'ترتيبك في قائمة الانتظار: ٤.',
    );
  });

  it('keep a name of the other direction together', () => {
    expect(new Locale('ar', ar).text('joined', { name: 'Mina (R&D)' })).to.equal(
      'انضم \u2068Mina (R&D)\u2069',
    );
    expect(new Locale('ar', ar).text('joined', { name: 'مينا' })).to.equal('انضم مينا');
    expect(new Locale('en', en).text('joined', { name: 'مينا' })).to.equal('\u2068مينا\u2069 joined');
  });

  it('leave a placeholder without a value in sight, and never look for values in values', () => {
    const english = new Locale('en', en);
    expect(english.text('joined')).to.equal('{name} joined');
    expect(english.text('announceMessage', { name: '{text}', text: 'hi' })).to.equal('{text}: hi');
  });

  it('know the reading direction of any language', () => {
    expect(['ar', 'ar-EG', 'fa', 'ur-PK', 'he', 'az-Arab', 'pa-Arab-PK'].map(directionOf)).to.deep.equal(
      Array(7).fill('rtl'),
    );
    expect(['en', 'bn-BD', 'arn', 'ur-Latn', 'de'].map(directionOf)).to.deep.equal(Array(5).fill('ltr'));
  });

  it('give the launcher its words before anything is loaded', () => {
    expect(launcherStringsFor(['tlh', null, 'bn-BD', 'en'])).to.deep.equal({
      tag: 'bn-BD',
      strings: launcherStrings.bn,
    });
    expect(launcherStringsFor(['arn']).tag).to.equal('en');
  });
});
