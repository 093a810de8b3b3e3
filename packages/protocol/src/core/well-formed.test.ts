import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut } from './bounds.ts';
import { deeperThan, wellFormed } from './well-formed.ts';

test('lone surrogates and NUL become U+FFFD, in keys too, and whole pairs stay', () => {
  const broken = { 'k\ud800': ['a\udc00b', '🙂', 'a\u0000', '\ud83d'] };
  assert.deepEqual(wellFormed(broken), { 'k\ufffd': ['a\ufffdb', '🙂', 'a\ufffd', '\ufffd'] });
});

test('what is well formed comes out equal, and joiners of Bengali and of emoji stay', () => {
  const fine = { text: 'র‍্যাব 👩🏽‍💻\n\t', n: 1, none: null, yes: true, list: [[]] };
  assert.deepEqual(wellFormed(fine), fine);
});

test('`__proto__` stays an own key and reaches no prototype', () => {
  const copy = wellFormed(JSON.parse('{"__proto__":{"admin":true}}')) as { admin?: boolean };
  assert.equal(copy.admin, undefined);
  assert.deepEqual(Object.keys(copy), ['__proto__']);
});

test('depth counts objects and arrays', () => {
  assert.equal(deeperThan('text', 0), false);
  assert.equal(deeperThan({ a: [1] }, 2), false);
  assert.equal(deeperThan({ a: [{}] }, 2), true);
});

test('a cut splits no surrogate pair', () => {
  assert.equal(cut('ab🙂', 3), 'ab');
  assert.equal(cut('ab🙂', 4), 'ab🙂');
  assert.equal(cut(undefined, 4), undefined);
});
