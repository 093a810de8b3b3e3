import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message, Part } from '../index.ts';
import { folded, saysWords } from './index.ts';

const message = (...parts: Part[]): Message => ({
  id: 'm',
  conversationId: 'c',
  author: { id: 'bot', role: 'bot' },
  status: 'complete',
  createdAt: '2026-03-01T09:30:00Z',
  parts,
});
const says = (part: Part, words: string): boolean => saysWords(message(part), folded(words));

test('case, and marks that may be left out, make no difference; letters do', () => {
  const text = (words: string): Part => ({ partId: 'p', type: 'text', text: words });
  assert.ok(says(text('The LÁMP'), 'lámp'));
  assert.ok(says(text('الحِسَابُ'), 'الحساب'));
  assert.ok(says(text('পার্সেল কোথায়?'), 'পার্সেল'));
  assert.ok(says(text('e\u0301tage'), 'étage'), 'however an accent is encoded');
  assert.ok(!says(text('The lamp'), 'lámp'));
});

test('what is more than text is found by its name, and what is only repeated is not', () => {
  assert.ok(says({ partId: 'p', type: 'file', name: 'invoice.pdf', mediaType: 'x/y', url: '/x' }, 'INVOICE'));
  assert.ok(says({ partId: 'p', type: 'card', card: { title: 'Desk lamp' } }, 'lamp'));
  const cards = [{ title: 'Sofa' }, { title: 'Desk lamp' }];
  for (const word of ['sofa', 'lamp']) assert.ok(says({ partId: 'p', type: 'carousel', cards }, word), word);
  assert.ok(!says({ partId: 'p', type: 'reasoning', text: 'A lamp is meant' }, 'lamp'), 'it is folded');
  assert.ok(says({ partId: 'p', type: 'x-order', fallbackText: 'Order 7' }, 'order 7'));
  assert.ok(!says({ partId: 'p', type: 'quote', messageId: 'm0', text: 'lamp' }, 'lamp'));
});
