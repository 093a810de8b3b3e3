import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOT_LOCALES } from '../locales/index.ts';
import { WishRecogniser } from './recognise-wish.ts';

const wishes = new WishRecogniser(BOT_LOCALES);

const CASES: Record<string, readonly string[]> = {
  person: [
    'Talk to a person',
    'agent',
    'human please',
    "I'd like to speak with someone",
    'connect me to a representative',
    'can i chat with a real person',
    'Get me your manager!!',
    'let me talk to support staff',
    'i dont want a bot, give me a human',
    "that didn't help, can I talk to someone?",
    'মানুষের সাথে কথা বলতে চাই',
    'একজন এজেন্ট দিন',
    'কাস্টমার কেয়ারে যোগাযোগ করব কীভাবে',
    'কারো সাথে কথা বলা যাবে?',
    'ami manusher sathe kotha bolte chai',
    'أريد التحدث مع موظف',
    'ممكن أتكلم مع حد',
    'حولني إلى خدمة العملاء',
    'موظف لو سمحت',
  ],
  did_not_help: [
    "It didn't help",
    'that did not solve my problem',
    'not helpful',
    "that's not what I asked",
    'wrong answer',
    'সমাধান হয়নি',
    'এটা কাজে লাগেনি',
    'ভুল উত্তর দিয়েছেন',
    'لم يساعدني هذا',
    'هذا غير مفيد',
    'لم تحل مشكلتي',
  ],
  greeting: ['Hi!', 'hello there', 'Good morning', 'নমস্কার', 'আসসালামু আলাইকুম ভাই', 'السلام عليكم', 'مرحبا'],
  thanks: ['thanks a lot', 'Thank you so much for your help!', 'ok', 'ধন্যবাদ', 'شكرا جزيلا'],
  goodbye: ['bye', 'see you later', 'আল্লাহ হাফেজ', 'مع السلامة'],
  nothing_said: ['', '   ', '🙂', '?!'],
  none: [
    'How do I get a refund?',
    'hello, how do I get a refund?',
    'How do I add an agent to the inbox?',
    'can visitors talk to a person?',
    'no',
    'how do I reopen a conversation that is not solved',
    'The script does not work on Safari',
    'What does your team sell in winter',
    'thanks, and where is my parcel',
    'টাকা ফেরত পাব কীভাবে?',
    'كيف أسترد أموالي؟',
    'ok google play store refund how',
  ],
};

for (const [wish, texts] of Object.entries(CASES)) {
  test(`recognises ${wish}`, () => {
    for (const text of texts) assert.equal(wishes.recognise(text, false) ?? 'none', wish, text);
  });
}

test('after an answer "yes" and a thumb thank, and "no thanks" does not complain', () => {
  const thanks = [
    'yes',
    'Yes, it did!',
    'yep works now',
    'I see',
    'No thanks',
    'nothing else, thank you',
    '👍',
  ];
  const others = ['never mind', 'হ্যাঁ', 'হ্যাঁ, হয়েছে', 'না, ধন্যবাদ', 'লাগবে না', 'نعم', 'لا شكرا', 'واضح جدا'];
  for (const text of [...thanks, ...others]) assert.equal(wishes.recognise(text, true), 'thanks', text);
  for (const text of ["no that's all", 'thx bye'])
    assert.equal(wishes.recognise(text, true), 'goodbye', text);
  for (const text of ['no', 'no, not that', '👎', 'না', 'لا'])
    assert.equal(wishes.recognise(text, true), 'did_not_help', text);
  for (const text of ['yes', 'হ্যাঁ', 'نعم']) assert.equal(wishes.recognise(text, false), 'nothing_said', text);
  for (const text of ['yes but how do I undo it', 'good, and on a phone?', 'it works on my phone only'])
    assert.equal(wishes.recognise(text, true), undefined, text);
});

test('a question of those same words is looked up, with its mark and without', () => {
  const english = [
    'Is it working now?',
    'Is that right?',
    'is it done?',
    'is this correct?',
    'Is the answer right',
    'yes?',
    'does it work now',
    'did it work',
    'are you sure',
    'is it good',
  ];
  const others = [
    'কাজ করছে?',
    'কি হয়েছে',
    'হয়েছে কি?',
    'হয়েছে কি',
    'এটা কি ঠিক',
    'هل يعمل الآن',
    'هل هذا صحيح؟',
    'يعمل الآن؟',
    'هل نجحت',
  ];
  for (const text of [...english, ...others]) {
    assert.notEqual(wishes.recognise(text, true), 'thanks', text);
    assert.notEqual(wishes.recognise(text, false), 'nothing_said', text);
  }
  for (const text of ['Yes, it is working now!', 'that is right', 'it is done', 'হ্যাঁ, কাজ করছে', 'يعمل الآن'])
    assert.equal(wishes.recognise(text, true), 'thanks', text);
  for (const text of ['ok?', 'thanks, is that all?'])
    assert.equal(wishes.recognise(text, true), wishes.recognise(text, false), text);
});

test('who only says that she needs help is asked with what', () => {
  const openers = [
    'help',
    'Help me please',
    'I need help!',
    'Hi, I have a question',
    'can you help me?',
    '🙂 help',
  ];
  const others = ['সাহায্য লাগবে', 'আমার একটা প্রশ্ন আছে', 'أحتاج إلى مساعدة', 'عندي سؤال', 'مرحبا، لدي سؤال'];
  for (const text of [...openers, ...others]) assert.equal(wishes.recognise(text, false), 'greeting', text);
  for (const text of ['I need help with my invoice', 'help centre address', 'একটা প্রশ্ন আছে রং নিয়ে'])
    assert.equal(wishes.recognise(text, false), undefined, text);
});

test('a bare "no" complains only right after an answer', () => {
  for (const text of ['no', 'still not working', 'না', 'لا يعمل']) {
    assert.equal(wishes.recognise(text, true), 'did_not_help', text);
    assert.equal(wishes.recognise(text, false), undefined, text);
  }
});
