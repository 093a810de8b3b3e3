import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../index.ts';
import { identifyInMessage, type Actor } from '../index.ts';
import { ayesha, badal, rina, Stage, textPart } from '../testing/stage.ts';

const known: Actor = { id: 'u_ayesha', role: 'visitor', name: 'Ayesha', tenantId: 'shop' };
const other: Actor = { id: 'u_other', role: 'visitor', tenantId: 'shop' };
const link = { token: 'token-ayesha' };
const userOf = (stage: Stage, id: string) => {
  const { snapshot } = stage.backend.read(`user:${id}`).subscribed;
  if (snapshot?.kind !== 'user') assert.fail('no snapshot of a user');
  return snapshot;
};

function talked(): Stage {
  const stage = new Stage();
  stage.start();
  stage.says(ayesha, 'Where is my order?');
  stage.ok(ayesha, 'consent.set', { purpose: 'analytics', granted: true, policyVersion: '1' });
  return stage;
}

test('what an anonymous visitor began becomes the known one’s, who goes on with it', () => {
  const stage = talked();
  const messageId = stage.says(ayesha, 'Is it lost?');
  stage.ok(ayesha, 'message.react', { messageId, emoji: '👍', active: true });
  stage.ok(known, 'identity.link', link);
  assert.equal(stage.conversation().visitor.id, 'u_ayesha');
  assert.deepEqual(
    stage.conversation().participants.map(({ id }) => id),
    ['bot', 'u_ayesha'],
  );
  const message = stage.message(messageId);
  assert.equal(message.author.id, 'u_ayesha');
  assert.deepEqual(message.reactions, { '👍': ['u_ayesha'] });
  stage.ok(known, 'message.edit', { messageId, parts: [textPart('Is it lost, or late?')] });
  assert.deepEqual(
    userOf(stage, 'u_ayesha').conversations.map(({ conversationId }) => conversationId),
    ['c1'],
  );
  assert.equal(userOf(stage, 'u_ayesha').consents[0]?.purpose, 'analytics');
  assert.equal(
    stage.code(ayesha, 'message.send', { clientMessageId: 'late', parts: [textPart('x')] }),
    'outbox_conflict',
  );
});

test('a command that ran before the link does not run again after it, through the same outbox or another', () => {
  const stage = talked();
  const command: Command = {
    type: 'message.send',
    conversationId: 'c1',
    data: { clientMessageId: 'once', parts: [textPart('Once')] },
  };
  const first = stage.backend.execute(ayesha, { outboxId: 'outbox-ayesha', n: 3, command });
  const linking = {
    outboxId: 'outbox-ayesha',
    n: 2,
    command: { type: 'identity.link', data: link } as Command,
  };
  assert.equal(stage.backend.execute(known, linking).type, 'ack');
  assert.equal(stage.backend.execute(known, linking).type, 'ack', 'the link itself can be given again');
  assert.deepEqual(stage.backend.execute(known, { outboxId: 'outbox-ayesha', n: 3, command }), first);
  const again = stage.backend.execute(known, { outboxId: 'fresh', n: 1, command });
  assert.equal(
    again.type === 'ack' && again.result.messageId,
    first.type === 'ack' && first.result.messageId,
  );
  assert.equal(stage.log('public').filter(({ type }) => type === 'identity.linked').length, 0);
  assert.equal(userOf(stage, 'u_ayesha').conversations.length, 1);
});

test('readers of the conversation begin anew: its epoch changes', () => {
  const stage = talked();
  const before = stage.backend.read('conversation:c1:public').subscribed;
  const cursor = before.snapshot?.asOf;
  stage.ok(known, 'identity.link', link);
  const after = stage.backend.read('conversation:c1:public', cursor).subscribed;
  assert.equal(after.recovered, false);
  assert.ok(after.headSeq > before.headSeq, 'the numbers go on');
});

test('nobody becomes somebody else twice, and only an anonymous visitor becomes anybody', () => {
  const stage = talked();
  stage.ok(known, 'identity.link', link);
  stage.noop(known, 'identity.link', link);
  assert.equal(stage.code(other, 'identity.link', link), 'forbidden');
  assert.equal(stage.code(other, 'identity.link', { token: 'token-rina' }), 'forbidden');
  assert.equal(stage.code(other, 'identity.link', { token: 'nobody’s' }), 'capability_absent');
  assert.equal(stage.code(rina, 'identity.link', link), 'forbidden');
});

test('what the known one decided herself stays', () => {
  const stage = talked();
  stage.ok(known, 'consent.set', { purpose: 'analytics', granted: false, policyVersion: '2' });
  stage.ok(known, 'identity.link', link);
  assert.equal(userOf(stage, 'u_ayesha').consents[0]?.granted, false);
});

test('messages of others stay as they are', () => {
  const stage = talked();
  stage.start(badal, 'c2');
  const message = stage.message(stage.says(badal, 'Mine', 'c2'), 'c2');
  assert.equal(identifyInMessage(message, { from: 'ayesha', visitor: known }), message);
});
