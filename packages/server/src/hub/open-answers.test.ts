import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEvent, Message } from '@sahay/protocol';
import { OpenAnswers } from './open-answers.ts';

const message = {
  id: 'm1',
  conversationId: 'c1',
  author: { id: 'bot', role: 'bot' },
  status: 'streaming',
  parts: [],
} as unknown as Message;

/** An answer that opened, and what its producer says. */
function opened() {
  const answers = new OpenAnswers();
  answers.observe({ type: 'message.created', data: { message } } as unknown as LogEvent);
  const say = (index: number, text: string, replace = false): string | undefined =>
    answers.grow('bot', { conversationId: 'c1', messageId: 'm1', partId: 'p1', index, text }, replace)?.text;
  const soFar = (): string | undefined => answers.catchUp('c1')[0]?.data.text;
  return { say, soFar };
}

const [high, low] = ['\u{1F600}'[0]!, '\u{1F600}'[1]!];

test('a surrogate pair that the producer cut is shown whole, and the numbers stay dense', () => {
  const { say, soFar } = opened();
  assert.equal(say(0, `Hello ${high}`), 'Hello ');
  assert.equal(soFar(), 'Hello ');
  assert.equal(say(1, `${low} and ${high}`), '\u{1F600} and ');
  assert.equal(say(2, low), '\u{1F600}');
  assert.equal(say(3, high), '');
  assert.equal(say(4, low), '\u{1F600}');
  assert.equal(soFar(), 'Hello \u{1F600} and \u{1F600}\u{1F600}');
});

test('half a pair that nothing completes becomes U+FFFD, and one that was replaced is gone', () => {
  const { say, soFar } = opened();
  assert.equal(say(0, `a${high}`), 'a');
  assert.equal(say(1, 'b'), '\uFFFDb');
  assert.equal(say(2, low), '\uFFFD');
  assert.equal(say(3, high), '');
  assert.equal(say(4, `whole ${high}`, true), 'whole ');
  assert.equal(say(5, low), '\u{1F600}');
  assert.equal(soFar(), 'whole \u{1F600}');
});
