import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Message } from '@sahay/protocol';
import { StreamText } from './stream-text.ts';

const copy = (parts: Message['parts'], nextIndexes: Record<string, number>): Message => ({
  id: 'm1',
  conversationId: 'c1',
  author: { id: 'bot', role: 'bot' },
  createdAt: '2026-01-01T00:00:00.000Z',
  status: 'streaming',
  parts,
  nextIndexes,
});
const textsOf = ({ parts }: Message): string[] =>
  parts.map((part) => (part.type === 'text' ? part.text : part.type));
const delta = (partId: string, index: number, text: string) => ({
  conversationId: 'c1',
  messageId: 'm1',
  partId,
  index,
  text,
});

it('a part that a durable copy has taken back is gone at once, and goes on where it is said again', () => {
  const stream = new StreamText();
  let message = stream.adopt(copy([], {}));
  message = stream.append(message, delta('text-1', 0, 'wrong '));
  message = stream.append(message, delta('text-1', 1, 'try'));
  assert.deepEqual(textsOf(message), ['wrong try']);
  message = stream.adopt(copy([], { 'text-1': 1 }));
  assert.deepEqual(textsOf(message), ['wrong try'], 'what was heard beyond the copy stays');
  message = stream.adopt(copy([], { 'text-1': 2 }));
  assert.deepEqual(textsOf(message), []);
  message = stream.append(message, delta('text-2', 0, 'right'));
  assert.deepEqual(textsOf(message), ['right']);
  message = stream.append(message, delta('text-1', 2, 'again'));
  assert.deepEqual(textsOf(message).toSorted(), ['again', 'right']);
});
