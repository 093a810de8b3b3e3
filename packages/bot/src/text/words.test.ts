import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordNgrams } from './char-ngrams.ts';
import { terms } from './terms.ts';
import { words } from './words.ts';

test('Bengali words keep their vowel signs', () => {
  assert.equal(words('পাসওয়ার্ড ভুলে গেছি').length, 3);
  assert.deepEqual(words('ড়'), words('\u09A1\u09BC'), 'both ways to write a letter with a dot');
});

test('Arabic is the same with and without vowel signs, tatweel and alef forms', () => {
  assert.deepEqual(words('مُحَمَّد أحمد إلى مـــدرسة'), words('محمد احمد الي مدرسه'));
});

test('case, width, accents, apostrophes and national digits do not matter', () => {
  assert.deepEqual(words('Ｃａｆé DIDN’T ৩০ ٣٠'), ['cafe', 'didnt', '30', '30']);
});

test('inflected words share a stem', () => {
  assert.deepEqual(terms('deleting', 'en'), terms('deletes', 'en'));
  assert.deepEqual(terms('রিফান্ডের', 'bn'), terms('রিফান্ড', 'bn'));
  assert.deepEqual(terms('المنتجات', 'ar'), terms('منتج', 'ar'));
});

test('n-grams count code points', () => {
  assert.deepEqual(wordNgrams(['a😀'], 3, 4), [' a😀', 'a😀 ', ' a😀 ']);
});
