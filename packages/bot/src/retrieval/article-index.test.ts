import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readKnowledgeFolder } from '../knowledge-node/index.ts';
import { parseArticle } from '../knowledge/index.ts';
import { ArticleIndex, LONGEST_QUESTION, toQuestion } from './index.ts';

const { articles } = await readKnowledgeFolder(join(import.meta.dirname, '../../fixtures/shop'));

function best(text: string, lang: string): string | undefined {
  const index = new ArticleIndex(
    articles.filter((article) => article.lang === lang),
    lang,
  );
  return index.search(toQuestion(text, lang))[0]?.article.id;
}

test('finds English articles in other words and with typos', () => {
  assert.equal(best('can you pay me back', 'en'), 'en/refunds');
  assert.equal(best('forgoten pasword', 'en'), 'en/password');
});

test('finds Bengali articles by inflected words', () => {
  assert.equal(best('আমার টাকাটা ফেরত চাই', 'bn'), 'bn/refunds');
  assert.equal(best('পাসওয়ার্ডটি মনে নেই', 'bn'), 'bn/password');
});

test('finds Arabic articles with other prefixes and vowel signs', () => {
  assert.equal(best('مدة التوصيل للطلب', 'ar'), 'ar/delivery-time');
  assert.equal(best('نَسيتُ كَلِمة المرور', 'ar'), 'ar/password');
});

test('an Arabic word means the same with its article and without, also where it begins like one', () => {
  for (const [long, short] of [
    ['الألوان', 'ألوان'],
    ['الوصول', 'وصول'],
    ['والطلب', 'طلب'],
  ])
    assert.deepEqual(toQuestion(long ?? '', 'ar').terms, toQuestion(short ?? '', 'ar').terms);
});

test('old addresses in the front matter are not searched', () => {
  const { article } = parseArticle({
    path: 'en/a.md',
    text: '---\ntitle: Payments\nredirect_from:\n  - /help/zebra-crossing/\n---\nPay by card.\n',
  });
  assert.ok(article);
  assert.deepEqual(new ArticleIndex([article], 'en').search(toQuestion('zebra crossing', 'en')), []);
});

test('a question of any length asks for bounded work', () => {
  const question = toQuestion(Array.from({ length: 20_000 }, (_, at) => `word${at}`).join(' '), 'en');
  assert.ok(question.terms.length <= 40);
  assert.ok(question.words.join(' ').length <= LONGEST_QUESTION);
});
