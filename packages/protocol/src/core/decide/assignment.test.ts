import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage, ayesha, bot, omar, rina, textPart } from '../testing/stage.ts';

function waiting(): Stage {
  const stage = new Stage();
  stage.start();
  stage.ok(ayesha, 'handoff.request', {});
  return stage;
}

test('a request for people silences the bot at once, and asking again changes nothing', () => {
  const stage = waiting();
  const { assignment, handoff } = stage.conversation();
  assert.deepEqual([assignment.state, assignment.controlledBy], ['queued', undefined]);
  assert.deepEqual(
    [handoff?.state, handoff?.reason, handoff?.requestedBy],
    ['requested', 'asked_for_person', 'ayesha'],
  );
  assert.equal(stage.cannotSend(bot, [textPart('Wait')]), 'not_controller');
  stage.noop(ayesha, 'handoff.request', {});
  stage.noop(bot, 'handoff.request', {});
});

test('what the bot knows of the case goes to staff alone, and nobody else can say it', () => {
  const stage = new Stage();
  stage.start();
  stage.ok(bot, 'handoff.request', { reason: 'not_covered', context: { goal: 'A refund' } });
  assert.deepEqual(stage.backend.conversation('c1')?.staff.handoffContext, { goal: 'A refund' });
  assert.ok(!JSON.stringify(stage.log('public')).includes('A refund'));
  const other = new Stage();
  other.start();
  other.ok(ayesha, 'handoff.request', { context: { goal: 'Everything' } });
  assert.equal(other.backend.conversation('c1')?.staff.handoffContext, undefined);
});

test('a visitor takes her request back, and the bot has control again', () => {
  const stage = waiting();
  stage.ok(ayesha, 'handoff.cancel', {});
  assert.deepEqual(
    [stage.conversation().handoff?.state, stage.conversation().assignment.controlledBy],
    ['cancelled', 'bot'],
  );
  stage.noop(ayesha, 'handoff.cancel', {});
  stage.ok(ayesha, 'handoff.request', {});
  stage.ok(rina, 'assignment.accept', {});
  stage.noop(ayesha, 'handoff.cancel', {});
  assert.equal(stage.conversation().assignment.controlledBy, 'rina');
});

test('one agent takes it; another is refused; taking what one has changes nothing', () => {
  const stage = waiting();
  stage.ok(rina, 'assignment.accept', {});
  assert.deepEqual(stage.conversation().assignment.state, 'assigned');
  assert.equal(stage.conversation().handoff?.state, 'accepted');
  assert.ok(stage.conversation().participants.some(({ id }) => id === 'rina'));
  stage.noop(rina, 'assignment.accept', {});
  assert.equal(stage.code(omar, 'assignment.accept', {}), 'already_controlled');
});

test('an agent may take a conversation over from the bot without being asked', () => {
  const stage = new Stage();
  stage.start();
  stage.ok(rina, 'assignment.accept', {});
  const changed = stage.log('public').findLast(({ type }) => type === 'assignment.changed');
  assert.equal(changed?.type === 'assignment.changed' && changed.data.previous, 'bot');
});

test('declining leaves the request to others', () => {
  const stage = waiting();
  stage.ok(rina, 'assignment.decline', { reason: 'In a call' });
  assert.equal(stage.conversation().handoff?.state, 'requested');
  stage.ok(omar, 'assignment.accept', {});
  stage.noop(rina, 'assignment.decline', {});
});

test('a transfer rings for one agent; only that one can decline; another may take it all the same', () => {
  const stage = waiting();
  stage.ok(rina, 'assignment.accept', {});
  const noor = { ...omar, id: 'noor', name: 'Noor' };
  stage.ok(rina, 'assignment.transfer', { toAgentId: 'omar', note: 'She speaks Arabic.' });
  const { assignment, handoff } = stage.conversation();
  assert.deepEqual(
    [assignment.state, assignment.offeredTo, assignment.controlledBy, handoff?.previousAssignee],
    ['ringing', 'omar', undefined, 'rina'],
  );
  assert.equal(stage.backend.conversation('c1')?.staff.notes[0]?.text, 'She speaks Arabic.');
  assert.ok(!JSON.stringify(stage.log('public')).includes('speaks Arabic'));
  stage.noop(noor, 'assignment.decline', {});
  stage.ok(omar, 'assignment.decline', {});
  assert.deepEqual(
    [stage.conversation().assignment.state, stage.conversation().assignment.offeredTo],
    ['queued', undefined],
  );
  stage.ok(rina, 'assignment.accept', {});
  stage.ok(rina, 'assignment.transfer', { toAgentId: 'omar' });
  stage.ok(noor, 'assignment.accept', {});
  assert.deepEqual(
    [stage.conversation().assignment.controlledBy, stage.conversation().assignment.offeredTo],
    ['noor', undefined],
  );
});

test('a transfer goes to another agent or to the queue, and comes from the one who has control', () => {
  const stage = waiting();
  assert.equal(stage.code(rina, 'assignment.transfer', {}), 'not_controller');
  stage.ok(rina, 'assignment.accept', {});
  for (const toAgentId of ['rina', 'bot', 'ayesha'])
    assert.equal(stage.code(rina, 'assignment.transfer', { toAgentId }), 'invalid_command', toAgentId);
  const note = 'x'.repeat(stage.policy.limits.maxTextLength + 1);
  assert.equal(stage.code(rina, 'assignment.transfer', { note }), 'message_too_long');
  stage.ok(rina, 'assignment.transfer', {});
  assert.equal(stage.conversation().assignment.state, 'queued');
});

test('the agent gives control back to the bot, if there is one', () => {
  const stage = waiting();
  assert.equal(stage.code(omar, 'assignment.return_to_bot', {}), 'not_controller');
  stage.ok(rina, 'assignment.accept', {});
  stage.ok(rina, 'assignment.return_to_bot', {});
  stage.says(bot, 'Back again');
  const alone = new Stage({ bot: undefined });
  alone.start();
  alone.ok(rina, 'assignment.accept', {});
  assert.equal(alone.code(rina, 'assignment.return_to_bot', {}), 'capability_absent');
});

test('a note says something, not too much, and reaches staff alone', () => {
  const stage = waiting();
  assert.equal(stage.code(rina, 'note.add', { text: ' ' }), 'message_empty');
  const text = 'x'.repeat(stage.policy.limits.maxTextLength + 1);
  assert.equal(stage.code(rina, 'note.add', { text }), 'message_too_long');
  const { noteId } = stage.ok(omar, 'note.add', { text: 'A difficult case.' });
  assert.equal(stage.backend.conversation('c1')?.staff.notes[0]?.noteId, noteId);
  assert.ok(!JSON.stringify(stage.log('public')).includes('difficult'));
});
