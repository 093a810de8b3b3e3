import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage, ayesha, badal, bot, omar, rina, textPart } from '../testing/stage.ts';

function staged(): Stage {
  const stage = new Stage();
  stage.start();
  return stage;
}

test('a stream begins empty, is checkpointed, and ends with its full parts', () => {
  const stage = staged();
  const messageId = stage.streams(bot);
  stage.ok(bot, 'message.checkpoint', {
    messageId,
    parts: [textPart('You')],
    nextIndexes: { p1: 1, elsewhere: 7 },
  });
  assert.deepEqual(stage.message(messageId).nextIndexes, { p1: 1 });
  stage.ok(bot, 'message.complete', { messageId, parts: [textPart('You can pay by card.')] });
  const { status, parts, nextIndexes } = stage.message(messageId);
  assert.deepEqual([status, parts, nextIndexes], ['complete', [textPart('You can pay by card.')], undefined]);
});

test('visitors do not stream', () => {
  const stage = staged();
  const data = { clientMessageId: 'a', parts: [], status: 'streaming' as const };
  assert.equal(stage.code(ayesha, 'message.send', data), 'forbidden');
});

test('what streams keeps the rules of what is sent: limits, files, notices', () => {
  const stage = staged();
  const long = [textPart('x'.repeat(stage.policy.limits.maxTextLength + 1))];
  const file = [{ partId: 'i', type: 'file' as const, attachmentId: 'f1', name: 'x', mediaType: 'x/y' }];
  const notice = [{ partId: 'n', type: 'notice' as const, kind: 'closed', fallbackText: 'Closed.' }];
  const send = { clientMessageId: 'a', status: 'streaming' as const };
  assert.equal(stage.code(bot, 'message.send', { ...send, parts: long }), 'message_too_long');
  assert.equal(stage.code(bot, 'message.send', { ...send, parts: notice }), 'forbidden');
  const messageId = stage.streams(bot);
  for (const type of ['message.checkpoint', 'message.complete'] as const) {
    assert.equal(stage.code(bot, type, { messageId, parts: long }), 'message_too_long');
    assert.equal(stage.code(bot, type, { messageId, parts: file }), 'attachment_unknown');
    assert.equal(stage.code(bot, type, { messageId, parts: notice }), 'forbidden');
  }
  assert.equal(stage.code(bot, 'message.complete', { messageId, parts: [textPart(' ')] }), 'message_empty');
});

test('a stream ends once', () => {
  const stage = staged();
  const messageId = stage.streams(bot, [textPart('So f')]);
  stage.ok(bot, 'message.fail', { messageId, reason: 'The model did not answer.' });
  assert.equal(stage.message(messageId).failure, 'The model did not answer.');
  assert.deepEqual(stage.message(messageId).parts, [textPart('So f')]);
  const data = { messageId, parts: [textPart('So far')], reason: 'again' };
  for (const type of ['message.checkpoint', 'message.complete', 'message.fail'] as const)
    assert.equal(stage.code(bot, type, data), 'message_not_found');
  stage.noop(ayesha, 'message.cancel', { messageId });
});

test('only its producer goes on with a stream', () => {
  const stage = staged();
  const messageId = stage.streams(bot);
  assert.equal(stage.code(rina, 'message.complete', { messageId, parts: [textPart('x')] }), 'forbidden');
});

test('a visitor and any agent can stop a bot; nobody stops a person', () => {
  const stage = staged();
  const answer = stage.streams(bot, [textPart('Once upon')]);
  assert.equal(stage.code(badal, 'message.cancel', { messageId: answer }), 'not_found');
  assert.equal(stage.code(ayesha, 'message.cancel', { messageId: 'm_none' }), 'message_not_found');
  stage.ok(ayesha, 'message.cancel', { messageId: answer });
  assert.deepEqual(stage.message(answer).parts, [textPart('Once upon')]);
  assert.equal(
    stage.code(bot, 'message.complete', { messageId: answer, parts: [textPart('x')] }),
    'message_not_found',
  );
  stage.ok(rina, 'assignment.accept', {});
  const written = stage.streams(rina, [textPart('I')]);
  assert.equal(stage.code(ayesha, 'message.cancel', { messageId: written }), 'forbidden');
  assert.equal(stage.code(omar, 'message.cancel', { messageId: written }), 'forbidden');
  stage.ok(rina, 'message.cancel', { messageId: written });
});

test('what was begun may be ended after control passed on, and after the close', () => {
  const stage = staged();
  const first = stage.streams(bot);
  stage.ok(rina, 'assignment.accept', {});
  stage.ok(bot, 'message.complete', { messageId: first, parts: [textPart('Done')] });
  const second = stage.streams(rina);
  stage.ok(rina, 'conversation.close', {});
  stage.ok(rina, 'message.complete', { messageId: second, parts: [textPart('Bye')] });
  assert.equal(stage.message(second).status, 'complete');
});

test('a stream can be edited only once it is complete', () => {
  const stage = staged();
  const messageId = stage.streams(bot);
  assert.equal(stage.code(bot, 'message.edit', { messageId, parts: [textPart('x')] }), 'forbidden');
});

test('a bot’s answer is asked for again: it stays, marked, once; and only while the bot has control', () => {
  const stage = new Stage({ regenerates: true });
  stage.start();
  const asked = stage.says(ayesha, 'Where is my order?');
  const answer = stage.says(bot, 'On its way.');
  assert.equal(stage.code(ayesha, 'message.regenerate', { messageId: asked }), 'forbidden');
  assert.equal(stage.code(ayesha, 'message.regenerate', { messageId: 'm_none' }), 'message_not_found');
  assert.equal(stage.code(badal, 'message.regenerate', { messageId: answer }), 'not_found');
  stage.ok(ayesha, 'message.regenerate', { messageId: answer });
  assert.ok(stage.message(answer).supersededAt);
  assert.equal(stage.message(answer).parts.length, 1);
  stage.noop(ayesha, 'message.regenerate', { messageId: answer });
  const second = stage.says(bot, 'It left on Monday.');
  stage.ok(rina, 'assignment.accept', {});
  assert.equal(stage.code(ayesha, 'message.regenerate', { messageId: second }), 'not_controller');
  stage.ok(rina, 'conversation.close', {});
  assert.equal(stage.code(ayesha, 'message.regenerate', { messageId: second }), 'conversation_closed');
});

test('where no bot answers again, that is refused', () => {
  const stage = staged();
  const messageId = stage.says(bot, 'On its way.');
  assert.equal(stage.code(ayesha, 'message.regenerate', { messageId }), 'capability_absent');
});
