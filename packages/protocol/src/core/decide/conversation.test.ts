import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userStream } from '../../streams.ts';
import { Stage, ayesha, badal, omar, rina, textPart } from '../testing/stage.ts';

test('starting records the conversation, its context for staff alone, and the greeting', () => {
  const stage = new Stage();
  const page = { url: 'https://shop.example/', title: 'Shop' };
  stage.ok(ayesha, 'conversation.start', { locale: 'bn', page, attributes: { plan: 'free' } });
  assert.deepEqual(stage.types('public'), ['conversation.started', 'message.created']);
  assert.deepEqual(stage.types('staff'), ['conversation.started', 'context.updated', 'message.created']);
  assert.deepEqual(stage.conversation().assignment.controlledBy, 'bot');
  assert.deepEqual(stage.backend.conversation('c1')?.staff.context, {
    locale: 'bn',
    page,
    attributes: { plan: 'free' },
  });
  assert.deepEqual(
    stage.logOf(userStream('ayesha')).map((event) => event.type),
    ['conversation.added'],
  );
});

test('without a bot a conversation starts in the queue, and nobody greets', () => {
  const stage = new Stage({ bot: undefined });
  stage.start();
  assert.equal(stage.conversation().assignment.state, 'queued');
  assert.deepEqual(stage.types('public'), ['conversation.started']);
});

test('an id is taken once: by its visitor, and for others it does not exist', () => {
  const stage = new Stage();
  stage.start();
  assert.equal(stage.code(ayesha, 'conversation.start', { locale: 'en' }), 'conversation_exists');
  assert.equal(stage.code(badal, 'conversation.start', { locale: 'en' }), 'not_found');
});

test('ids that objects inherit are ids like any other', () => {
  const stage = new Stage();
  for (const id of ['__proto__', 'constructor', 'toString']) {
    stage.start(ayesha, id);
    const messageId = stage.says(ayesha, 'Hello', id);
    assert.equal(stage.message(messageId, id).conversationId, id);
  }
  assert.equal(({} as Record<string, unknown>)['conversation'], undefined);
});

test('no conversation is called "user", which names a lane', () => {
  const stage = new Stage();
  assert.equal(stage.code(ayesha, 'conversation.start', { locale: 'en' }, 'user'), 'invalid_command');
});

test('closing ends control and the pending request, and says until when it can be reopened', () => {
  const stage = new Stage();
  stage.start();
  stage.ok(ayesha, 'handoff.request', {});
  const from = stage.log('public').length;
  stage.ok(ayesha, 'conversation.close', { reason: 'x'.repeat(5000) });
  assert.deepEqual(stage.types('public', from), [
    'conversation.closed',
    'message.created',
    'assignment.changed',
    'handoff.cancelled',
  ]);
  const { status, assignment, handoff, reopenableUntil } = stage.conversation();
  assert.deepEqual([status, assignment.state, handoff?.state], ['closed', 'none', 'cancelled']);
  assert.equal(assignment.controlledBy, undefined);
  assert.equal(reopenableUntil, '2026-03-02T09:30:00.000Z');
  const closed = stage.log('public')[from];
  assert.equal(closed?.type === 'conversation.closed' && closed.data.reason?.length, 1000);
  stage.noop(ayesha, 'conversation.close', {});
});

test('after the close nothing is said, edited, filled in, pressed or uploaded; what one said can be taken back', () => {
  const stage = new Stage();
  stage.start();
  const messageId = stage.says(ayesha, 'Hello');
  stage.ok(ayesha, 'conversation.close', {});
  const { reopenableUntil } = stage.refused(ayesha, 'message.send', {
    clientMessageId: 'x',
    parts: [textPart('a')],
  });
  assert.equal(reopenableUntil, stage.conversation().reopenableUntil);
  assert.equal(
    stage.code(ayesha, 'message.edit', { messageId, parts: [textPart('b')] }),
    'conversation_closed',
  );
  assert.equal(
    stage.code(ayesha, 'action.invoke', { messageId, partId: 'p1', actionId: 'a' }),
    'conversation_closed',
  );
  const file = { attachmentId: 'f', name: 'a.png', mediaType: 'image/png', size: 1 };
  assert.equal(stage.code(ayesha, 'attachment.create', file), 'conversation_closed');
  for (const type of [
    'handoff.request',
    'assignment.accept',
    'assignment.transfer',
    'assignment.return_to_bot',
  ] as const)
    assert.equal(stage.code(type === 'handoff.request' ? ayesha : rina, type, {}), 'conversation_closed');
  stage.ok(rina, 'note.add', { text: 'She was content.' });
  stage.ok(ayesha, 'message.delete', { messageId });
});

test('a visitor reopens to the bot, or to the queue where there is none', () => {
  for (const [bot, state] of [
    [undefined, 'queued'],
    [new Stage().policy.bot, 'bot'],
  ] as const) {
    const stage = new Stage({ bot });
    stage.start();
    stage.ok(ayesha, 'conversation.close', {});
    stage.ok(ayesha, 'conversation.reopen', {});
    assert.equal(stage.conversation().status, 'open');
    assert.equal(stage.conversation().assignment.state, state);
    assert.equal(stage.conversation().closedAt, undefined);
    stage.noop(ayesha, 'conversation.reopen', {});
  }
});

test('an agent who reopens has the conversation, and has joined it', () => {
  const stage = new Stage();
  stage.start();
  stage.ok(rina, 'conversation.close', {});
  stage.ok(rina, 'conversation.reopen', {});
  assert.equal(stage.conversation().assignment.controlledBy, 'rina');
  assert.ok(stage.conversation().participants.some(({ id }) => id === 'rina'));
});

test('it can be reopened until the very instant it says, and no longer', () => {
  const stage = new Stage({ reopenWindowMs: 60_000 });
  stage.start();
  stage.ok(ayesha, 'conversation.close', {});
  stage.passes(60_000);
  assert.equal(stage.code(ayesha, 'conversation.reopen', {}), 'conversation_closed');
  stage.passes(-1);
  stage.ok(ayesha, 'conversation.reopen', {});
});

test('the first question and the first answer to it are marked; the greeting is neither', () => {
  const stage = new Stage();
  stage.start();
  assert.deepEqual([stage.conversation().askedAt, stage.conversation().answeredAt], [undefined, undefined]);
  stage.passes(1000);
  stage.says(ayesha, 'Hello?');
  stage.passes(1000);
  stage.ok(omar, 'assignment.accept', {});
  assert.equal(stage.conversation().answeredAt, undefined);
  stage.says(omar, 'Hello!');
  stage.passes(1000);
  stage.says(omar, 'How can I help?');
  assert.equal(stage.conversation().askedAt, '2026-03-01T09:30:01.000Z');
  assert.equal(stage.conversation().answeredAt, '2026-03-01T09:30:02.000Z');
});
