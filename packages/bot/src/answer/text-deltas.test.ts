import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphemeBuffer, textDeltas } from './text-deltas.ts';

const TEXT = 'Hi 👩‍👩‍👧‍👦! ক্ষমা করবেন 🇧🇩 é e\u0301 শ্রী 👍🏽 end';

function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

test('deltas join to the text and never part a visible character', () => {
  const deltas = [...textDeltas(TEXT)];
  assert.equal(deltas.join(''), TEXT);
  assert.ok(deltas.length > 5);
  assert.deepEqual(deltas.flatMap(graphemes), graphemes(TEXT));
});

test('text that arrives in halves leaves whole, at every split', () => {
  for (let at = 1; at < TEXT.length; at += 1) {
    const buffer = new GraphemeBuffer();
    const deltas = [buffer.push(TEXT.slice(0, at)), buffer.push(TEXT.slice(at)), buffer.flush()];
    assert.equal(deltas.join(''), TEXT);
    assert.deepEqual(deltas.flatMap(graphemes), graphemes(TEXT));
  }
});
