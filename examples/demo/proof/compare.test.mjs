import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from './page/compare.js';

const view = (words, hasEarlier = false) => ({
  hasEarlier,
  shown: words
    .split(' ')
    .filter(Boolean)
    .map((word) => ({ from: word[0], n: Number(word.slice(1)) })),
});
const sent = new Map([
  ['v', 3],
  ['d', 2],
]);

test('all there, once, in order; how the sides lie between each other does not matter', () => {
  assert.deepEqual(compare(sent, [view('v1 d1 v2 v3 d2'), view('d1 v1 v2 d2 v3')], true), {
    sent: 5,
    waiting: 0,
    lost: 0,
    doubled: 0,
    reordered: 0,
  });
});

test('what comes last may be on its way; what was overtaken is lost, and so is what is missing at the end', () => {
  const views = [view('v1 v3 d1'), view('v1 v2 v3 d1 d2')];
  const { waiting, lost } = compare(sent, views);
  assert.deepEqual([waiting, lost], [1, 1]);
  assert.deepEqual(compare(sent, views, true).lost, 2);
});

test('doubled and reordered ones are found in any view', () => {
  const { doubled, reordered } = compare(sent, [view('v1 v2 v2 v3 d2 d1')]);
  assert.deepEqual([doubled, reordered], [1, 1]);
});

test('a view that begins in the middle lacks nothing before that', () => {
  assert.equal(compare(sent, [view('v2 v3 d2', true)], true).lost, 0);
  assert.equal(compare(sent, [view('v2 v3 d2')], true).lost, 2);
});
