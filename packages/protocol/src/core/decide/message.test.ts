import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage, ayesha, badal, bot, omar, rina, textPart } from '../testing/stage.ts';
import type { Actor } from '../types.ts';

function staged(): Stage {
  const stage = new Stage();
  stage.start();
  return stage;
}

test('a visitor always speaks; support only while it has control', () => {
  const stage = staged();
  stage.says(bot, 'Hello');
  assert.equal(stage.cannotSend(rina, [textPart('Hi')]), 'not_controller');
  stage.ok(ayesha, 'handoff.request', {});
  assert.equal(stage.cannotSend(bot, [textPart('And another thing')]), 'not_controller');
  stage.ok(rina, 'assignment.accept', {});
  stage.says(rina, 'Hi');
  stage.says(ayesha, 'Hi');
  assert.equal(stage.cannotSend(bot, [textPart('Me too')]), 'not_controller');
  assert.equal(stage.cannotSend(omar, [textPart('Me too')]), 'not_controller');
});

test('another visitor finds no such conversation', () => {
  const stage = staged();
  assert.equal(stage.cannotSend(badal, [textPart('Hi')]), 'not_found');
  const stranger: Actor = { ...rina, tenantId: 'elsewhere' };
  assert.equal(stage.code(stranger, 'assignment.accept', {}), 'not_found');
});

test('a message sent again under its clientMessageId is the same message, in whichever outbox', () => {
  const stage = staged();
  const command = {
    type: 'message.send' as const,
    conversationId: 'c1',
    data: { clientMessageId: 'once', parts: [textPart('Hi')] },
  };
  const first = stage.backend.execute(ayesha, { outboxId: 'o1', n: 1, command });
  const length = stage.log('public').length;
  const again = stage.backend.execute(ayesha, { outboxId: 'o2', n: 1, command });
  assert.ok(first.type === 'ack' && again.type === 'ack');
  assert.deepEqual(again.result, first.result);
  assert.equal(stage.log('public').length, length);
  const another = stage.backend.execute(bot, { outboxId: 'o3', n: 1, command });
  assert.ok(another.type === 'ack' && another.result.messageId !== first.result.messageId);
});

test('an answer to a message nobody holds is an answer to none', () => {
  const stage = staged();
  const { messageId = '' } = stage.ok(ayesha, 'message.send', {
    clientMessageId: 'a',
    parts: [textPart('Hi')],
    replyTo: 'm_none',
  });
  assert.equal(stage.message(messageId).replyTo, undefined);
});

test('a forged author, role or time in a message does nothing', () => {
  const stage = staged();
  const forged = { author: rina, status: 'complete', createdAt: '1999-01-01T00:00:00Z', role: 'agent' };
  const data = { clientMessageId: 'a', parts: [textPart('Hi')], ...forged } as never;
  const { messageId = '' } = stage.ok(ayesha, 'message.send', data);
  const message = stage.message(messageId);
  assert.deepEqual([message.author.id, message.author.role], ['ayesha', 'visitor']);
  assert.equal(message.createdAt, '2026-03-01T09:30:00.000Z');
});

test('one edits one’s own complete message, for a while', () => {
  const stage = staged();
  const messageId = stage.says(ayesha, 'Helo');
  stage.ok(ayesha, 'message.edit', { messageId, parts: [textPart('Hello')] });
  assert.deepEqual(stage.message(messageId).parts, [textPart('Hello')]);
  assert.equal(stage.message(messageId).editedAt, '2026-03-01T09:30:00.000Z');
  stage.noop(ayesha, 'message.edit', { messageId, parts: [textPart('Hello')] });
  assert.equal(stage.code(ayesha, 'message.edit', { messageId, parts: [textPart(' ')] }), 'message_empty');
  assert.equal(stage.code(bot, 'message.edit', { messageId, parts: [textPart('No')] }), 'forbidden');
  stage.passes(15 * 60_000);
  stage.ok(ayesha, 'message.edit', { messageId, parts: [textPart('Hello!')] });
  stage.passes(1);
  assert.equal(stage.code(ayesha, 'message.edit', { messageId, parts: [textPart('Bye')] }), 'forbidden');
});

test('a visitor whose id is the bot’s does not own what the bot said', () => {
  const stage = new Stage();
  const impostor: Actor = { ...ayesha, id: 'bot' };
  stage.start(impostor);
  const greeting = stage.backend.conversation('c1')?.lastMessage?.id ?? '';
  assert.equal(stage.code(impostor, 'message.delete', { messageId: greeting }), 'forbidden');
  assert.equal(
    stage.code(impostor, 'message.edit', { messageId: greeting, parts: [textPart('x')] }),
    'forbidden',
  );
});

test('a deleted message is gone: its parts, its reactions, and any further change', () => {
  const stage = staged();
  const messageId = stage.says(ayesha, 'My card number is …');
  stage.ok(rina, 'message.react', { messageId, emoji: '👍', active: true });
  stage.ok(ayesha, 'message.delete', { messageId });
  const { status, parts, reactions } = stage.message(messageId);
  assert.deepEqual([status, parts, reactions], ['deleted', [], undefined]);
  for (const type of ['message.delete', 'message.edit'] as const)
    assert.equal(stage.code(ayesha, type, { messageId, parts: [textPart('x')] }), 'message_not_found');
  assert.equal(
    stage.code(rina, 'message.react', { messageId, emoji: '👍', active: true }),
    'message_not_found',
  );
});
