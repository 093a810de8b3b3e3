import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bounds } from '../bounds.ts';
import { Stage, ayesha, bot, omar, rina } from '../testing/stage.ts';

function staged(): Stage {
  const stage = new Stage();
  stage.start();
  return stage;
}

test('a reaction is given and taken back once', () => {
  const stage = staged();
  const messageId = stage.says(ayesha, 'Hello');
  stage.ok(rina, 'message.react', { messageId, emoji: '👍', active: true });
  stage.noop(rina, 'message.react', { messageId, emoji: '👍', active: true });
  stage.ok(omar, 'message.react', { messageId, emoji: '👍', active: true });
  assert.deepEqual(stage.message(messageId).reactions, { '👍': ['rina', 'omar'] });
  stage.ok(rina, 'message.react', { messageId, emoji: '👍', active: false });
  stage.noop(rina, 'message.react', { messageId, emoji: '👍', active: false });
  assert.deepEqual(stage.message(messageId).reactions, { '👍': ['omar'] });
});

test('a reaction called as what objects inherit is a reaction like any other', () => {
  const stage = staged();
  const messageId = stage.says(ayesha, 'Hello');
  for (const emoji of ['__proto__', 'constructor', 'toString']) {
    stage.noop(ayesha, 'message.react', { messageId, emoji, active: false });
    stage.ok(ayesha, 'message.react', { messageId, emoji, active: true });
  }
  assert.deepEqual(Object.entries(stage.message(messageId).reactions ?? {}), [
    ['__proto__', ['ayesha']],
    ['constructor', ['ayesha']],
    ['toString', ['ayesha']],
  ]);
  stage.ok(ayesha, 'message.react', { messageId, emoji: '__proto__', active: false });
  assert.equal(Object.keys(stage.message(messageId).reactions ?? {}).length, 2);
});

test('a message takes so many different reactions, each from so many people', () => {
  const stage = staged();
  const messageId = stage.says(ayesha, 'Hello');
  for (let i = 0; i < bounds.emojiPerMessage; i++)
    stage.ok(ayesha, 'message.react', { messageId, emoji: `:${i}:`, active: true });
  assert.equal(
    stage.code(ayesha, 'message.react', { messageId, emoji: ':more:', active: true }),
    'forbidden',
  );
  stage.ok(rina, 'message.react', { messageId, emoji: ':0:', active: true });
  for (let i = 0; i < bounds.participantsPerEmoji - 2; i++)
    stage.ok({ ...rina, id: `agent-${i}` }, 'message.react', { messageId, emoji: ':0:', active: true });
  assert.equal(stage.code(omar, 'message.react', { messageId, emoji: ':0:', active: true }), 'forbidden');
  assert.equal(
    stage.code(omar, 'message.react', { messageId, emoji: '  ', active: true }),
    'invalid_command',
  );
});

test('feedback is for answers, and its last word counts', () => {
  const stage = staged();
  const question = stage.says(ayesha, 'Can I pay by card?');
  const messageId = stage.says(bot, 'Yes.');
  stage.ok(ayesha, 'message.feedback', { messageId, helpful: false, reason: 'r'.repeat(2000) });
  assert.equal(stage.message(messageId).feedback?.reason?.length, bounds.reason);
  stage.ok(ayesha, 'message.feedback', { messageId, helpful: true });
  assert.equal(stage.message(messageId).feedback?.helpful, true);
  stage.noop(ayesha, 'message.feedback', { messageId, helpful: true });
  assert.equal(
    stage.code(ayesha, 'message.feedback', { messageId: question, helpful: true }),
    'message_not_found',
  );
  stage.ok(ayesha, 'handoff.request', {});
  const notice = [...(stage.backend.conversation('c1')?.messages.values() ?? [])].at(-1)?.id ?? '';
  assert.equal(
    stage.code(ayesha, 'message.feedback', { messageId: notice, helpful: true }),
    'message_not_found',
  );
  stage.ok(bot, 'message.delete', { messageId });
  assert.equal(stage.code(ayesha, 'message.feedback', { messageId, helpful: true }), 'message_not_found');
});

test('receipts go forward only', () => {
  const stage = staged();
  const first = stage.says(bot, 'One');
  const second = stage.says(bot, 'Two');
  stage.ok(ayesha, 'receipt.mark', { messageId: first, kind: 'read' });
  stage.ok(ayesha, 'receipt.mark', { messageId: second, kind: 'read' });
  stage.noop(ayesha, 'receipt.mark', { messageId: first, kind: 'read' });
  stage.noop(ayesha, 'receipt.mark', { messageId: second, kind: 'read' });
  assert.deepEqual(stage.conversation().receipts, { ayesha: { read: second } });
  assert.equal(
    stage.code(ayesha, 'receipt.mark', { messageId: 'm_none', kind: 'read' }),
    'message_not_found',
  );
});

test('an agent who only looks in has read nothing', () => {
  const stage = staged();
  const messageId = stage.says(ayesha, 'Hello');
  stage.noop(omar, 'receipt.mark', { messageId, kind: 'read' });
  stage.ok(rina, 'assignment.accept', {});
  stage.ok(rina, 'receipt.mark', { messageId, kind: 'read' });
  assert.equal(stage.conversation().receipts['rina']?.read, messageId);
});
