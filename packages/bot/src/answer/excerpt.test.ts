import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerpt, LONGEST_ANSWER } from './excerpt.ts';

const LONG = 'This sentence has exactly enough words to be counted. '.repeat(4).trim();

test('a first paragraph that answers stands alone', () => {
  assert.equal(excerpt(`${LONG}\n\nMore that nobody asked for.`, 'en'), LONG);
});

test('a short introduction brings its steps', () => {
  assert.equal(
    excerpt('Follow these steps:\n\n1. One\n2. Two\n\nThe end.', 'en'),
    'Follow these steps:\n\n1. One\n2. Two\n\nThe end.',
  );
});

test('a long list is cut between items and shows that there is more', () => {
  const items = Array.from({ length: 30 }, (_, at) => `${at + 1}. ${'step '.repeat(10).trim()}`);
  const text = excerpt(`Do this:\n\n${items.join('\n')}`, 'en');
  assert.ok(text.length <= LONGEST_ANSWER + 10);
  assert.ok(text.endsWith('step\n\n…'));
});

test('a paragraph that is too long is cut after a sentence, in every language', () => {
  assert.match(excerpt('One sentence here. '.repeat(100), 'en'), /here\.$/u);
  const bengali = excerpt('এটি একটি বাক্য। '.repeat(100), 'bn');
  assert.ok(bengali.endsWith('।') && bengali.length <= LONGEST_ANSWER);
  const unbroken = excerpt('👩‍👩‍👧'.repeat(500), 'en');
  assert.ok(unbroken.length > 0 && unbroken.length <= LONGEST_ANSWER + 1);
  assert.equal(unbroken.replaceAll('👩‍👩‍👧', ''), '…');
});

test('code that is too long is cut between lines and closed again', () => {
  const text = excerpt(`\`\`\`sh\n${'echo hello world\n'.repeat(100)}\`\`\``, 'en');
  assert.match(text, /^```sh\n(?:echo hello world\n)+```$/u);
  assert.ok(text.length <= LONGEST_ANSWER + 10);
});
