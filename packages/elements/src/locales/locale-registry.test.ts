import { expect } from '@open-wc/testing';
import {
  isRegistered,
  loadLocale,
  localeIfLoaded,
  matchLocale,
  onLocalesChange,
  registerLocale,
} from './locale-registry.ts';

describe('locale registry', () => {
  it('matches the first language that is there, keeping the region', () => {
    expect(matchLocale(['tlh', undefined, '', 'bn-BD', 'ar'])).to.equal('bn-BD');
    expect(matchLocale(['AR_eg'])).to.equal('ar-EG');
    expect(matchLocale(['bn_BD.UTF-8'])).to.equal('bn-BD');
    expect(matchLocale(['en-US@posix'])).to.equal('en-US');
    expect(matchLocale(['tlh'])).to.equal('en');
  });

  it('passes over what is not a language tag, with a warning', () => {
    const warn = console.warn;
    const warnings: string[] = [];
    console.warn = (message: string) => warnings.push(message);
    try {
      expect(matchLocale(['not a tag!', 'bn'])).to.equal('bn');
      expect(matchLocale(['not a tag!', 'bn'])).to.equal('bn');
    } finally {
      console.warn = warn;
    }
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.contain('"not a tag!" is not a language tag');
  });

  it('has English at once and loads the others', async () => {
    expect(localeIfLoaded('en-GB')?.text('send')).to.equal('Send');
    const arabic = await loadLocale('ar');
    expect(arabic.text('send')).to.equal('إرسال');
    expect(arabic.direction).to.equal('rtl');
    expect(localeIfLoaded('ar')).to.equal(arabic);
  });

  it('says in English what a custom language leaves out', async () => {
    registerLocale('nl', async () => ({ send: 'Versturen' }));
    const dutch = await loadLocale('nl-BE');
    expect(dutch.tag).to.equal('nl-BE');
    expect([dutch.text('send'), dutch.text('attach')]).to.deep.equal(['Versturen', 'Attach a file']);
  });

  it('lets a page replace words of ours, for elements already there too', () => {
    let changes = 0;
    const end = onLocalesChange(() => changes++);
    registerLocale('en-AU', { send: 'Send it' });
    end();
    registerLocale('en-NZ', { send: 'Send it, eh' });
    expect(changes).to.equal(1);
    expect(localeIfLoaded('en-AU')?.text('send')).to.equal('Send it');
    expect(localeIfLoaded('en-GB')?.text('send')).to.equal('Send');
  });

  it('falls back to English when the texts cannot be loaded, and tries again the next time', async () => {
    const warn = console.warn;
    console.warn = () => undefined;
    let attempts = 0;
    registerLocale('sv', async () => {
      if (++attempts === 1) throw new Error('offline');
      return { send: 'Skicka' };
    });
    try {
      expect((await loadLocale('sv')).text('send')).to.equal('Send');
    } finally {
      console.warn = warn;
    }
    expect((await loadLocale('sv')).text('send')).to.equal('Skicka');
  });

  it('refuses a registration that is not a language', () => {
    expect(() => registerLocale('!', {})).to.throw(RangeError);
    expect(isRegistered('!')).to.equal(false);
    expect(isRegistered('bn-IN')).to.equal(true);
  });
});
