/*
 * In her language: on a page that names none, the window greets in the browser's, the bot answers from the articles of that
 * language and cites them, and the handover is said in it too. Arabic runs from right to left; German falls back to English.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { HostSite } from './testing/host-site.ts';

let browser: Browser;
let server: DemoServer;
let site: HostSite;
before(async () => {
  site = await HostSite.start(() => `<script type="module" src="${server.url}/sahay.js"></script>`, {
    lang: '',
  });
  browser = await launchBrowser();
  server = await DemoServer.start('--allow-origin', site.url);
});
after(() => Promise.all([browser.close(), server.dispose(), site.dispose()]));

const visits = async (url: string, locale: string): Promise<Person> =>
  Person.open(await browser.createBrowserContext(), url, locale);

const languages = [
  {
    locale: 'bn-BD',
    direction: 'ltr',
    open: 'চ্যাট খুলুন',
    greeting: 'নমস্কার! আমি Sahay',
    field: 'বার্তা',
    question: 'ডার্ক থিম চালু করব কীভাবে',
    answer: 'হ্যাঁ, আছে। বাবলে',
    title: 'চ্যাটে কি ডার্ক মোড আছে?',
    source: 'উৎস',
    wish: 'আমি একজন মানুষের সাথে কথা বলতে চাই',
    handover: 'এই কথোপকথনটি আমাদের দলের কাছে পাঠিয়ে দিচ্ছি',
    truth: 'এই মুহূর্তে আমাদের দলের কেউ নেই',
  },
  {
    locale: 'ar',
    direction: 'rtl',
    open: 'افتح المحادثة',
    greeting: 'مرحبًا! أنا Sahay',
    field: 'رسالة',
    question: 'تفعيل الوضع الليلي',
    answer: 'نعم. ضع color-scheme على الفقاعة',
    title: 'هل للمحادثة وضع داكن؟',
    source: 'المصدر',
    wish: 'أريد التحدث إلى شخص',
    handover: 'سأحوّل هذه المحادثة إلى فريقنا',
    truth: 'لا يوجد أحد من الفريق الآن',
  },
] as const;

for (const words of languages)
  describe(`a browser set to ${words.locale}`, { timeout: 60_000 }, () => {
    test('is greeted, answered with a source, and handed over in its language', async () => {
      const visitor = await visits(site.url, words.locale);
      await visitor.click('button', words.open);
      await visitor.reads(words.greeting);
      await visitor.say(words.field, words.question);
      await visitor.reads(words.answer);
      await visitor.reads(words.source);
      await visitor.click('button', new RegExp(words.title.replace('?', '\\?')));
      const heading = await visitor.find('heading', words.title);
      assert.equal(await heading.evaluate((node) => getComputedStyle(node).direction), words.direction);
      await visitor.page.keyboard.press('Escape');
      await visitor.say(words.field, words.wish);
      await visitor.reads(words.handover);
      await visitor.reads(words.truth);
      const chat = await visitor.page.$('>>> sahay-chat');
      const marked = await chat?.evaluate(({ lang, dir }) => ({ lang, dir }));
      assert.deepEqual(marked, { lang: words.locale, dir: words.direction });
      assert.equal(await foreignWords(visitor), '');
      assert.deepEqual(visitor.complaints, []);
      await visitor.page.browserContext().close();
    });

    test('is greeted in its language on the page where everybody arrives', async () => {
      const visitor = await visits(`${server.url}/`, words.locale);
      await visitor.click('button', words.open);
      await visitor.reads(words.greeting);
      await visitor.find('textbox', words.field);
      await visitor.page.browserContext().close();
    });
  });

/** English words of our own that stand in the window, or are told to assistive technology there. */
const foreignWords = async ({ page }: Person): Promise<string> => {
  const text = await page.evaluate(() => {
    const reader = globalThis as unknown as { __deepText(root: Node, everything: boolean): string };
    return reader.__deepText(document.querySelector('sahay-bubble')!, true);
  });
  return (
    text.match(/\b(the|you|your|message|chat|send|support|source|close|team|more|today|sent|waiting)\b/gi) ??
    []
  ).join(' ');
};

test('a browser set to German is greeted and answered in English, and told plainly what is not known', async () => {
  const visitor = await visits(site.url, 'de-AT');
  await visitor.click('button', 'Open chat');
  await visitor.reads('Hello! I’m Sahay');
  await visitor.say('Message', 'How do I change the colours of the chat?');
  await visitor.reads('--sahay-accent');
  await visitor.reads('Source');
  await visitor.say('Message', 'Wo ist mein Paket geblieben?');
  await visitor.reads("I don't know the answer to that");
  await visitor.reads('Nobody from the team is here right now');
  assert.deepEqual(visitor.complaints, []);
});
