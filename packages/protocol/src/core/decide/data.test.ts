import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ayesha, badal, rina, Stage } from '../testing/stage.ts';

function talked(): Stage {
  const stage = new Stage();
  stage.start(ayesha, 'c1');
  stage.start(ayesha, 'c2');
  stage.says(ayesha, 'A secret', 'c1');
  stage.start(badal, 'c3');
  return stage;
}

test('an export is announced on its visitor’s stream', () => {
  const stage = talked();
  const { exportId } = stage.ok(ayesha, 'data.export', {});
  const last = stage.logOf('user:ayesha').at(-1);
  assert.deepEqual([last?.type, last?.data], ['data.exported', { exportId }]);
});

test('erasing one conversation keeps the order of its log and nothing of what was said', () => {
  const stage = talked();
  const before = stage.log('public');
  const { asOf } = stage.backend.read('conversation:c1:public').subscribed.snapshot!;
  const { receiptId } = stage.ok(ayesha, 'data.erase', { conversationId: 'c1' });
  const stream = 'conversation:c1:public';
  const { epoch, headSeq } = stage.backend.read(stream).subscribed;
  assert.equal(headSeq, before.length + 1, 'the numbers go on');
  for (const cursor of [{ seq: 0, id: undefined }, ...before]) {
    const read = stage.backend.read(stream, { stream, epoch, seq: cursor.seq, eventId: cursor.id });
    const isLast = cursor.seq === before.length;
    assert.equal(read.subscribed.recovered, isLast, 'an event without contents is never sent');
    assert.deepEqual(
      read.events.map(({ type }) => type),
      isLast ? ['conversation.erased'] : [],
    );
  }
  assert.equal(stage.backend.read('conversation:c1:public', asOf).subscribed.recovered, false);
  assert.equal(stage.backend.conversation('c1')?.messages.size, 0);
  const { snapshot } = stage.backend.read('user:ayesha').subscribed;
  assert.deepEqual(
    snapshot?.kind === 'user' && snapshot.conversations.map(({ conversationId }) => conversationId),
    ['c2'],
  );
  assert.ok(receiptId);
  assert.equal(stage.conversation('c2').erasedAt, undefined);
  assert.equal(stage.code(rina, 'conversation.reopen', {}), 'not_found');
});

test('erasing a conversation takes the invitations that were made from it', () => {
  const stage = talked();
  const offer = { text: 'Shall we talk about your secret?', reason: 'You told us of it.' };
  for (const id of ['c1', 'c2']) stage.ok(rina, 'assignment.accept', {}, id);
  for (const id of ['c1', 'c2']) stage.ok(rina, 'conversation.close', {}, id);
  const standing = (): number => {
    const { snapshot } = stage.backend.read('user:ayesha').subscribed;
    return snapshot?.kind === 'user' ? snapshot.invitations.length : assert.fail('There is no snapshot.');
  };
  stage.ok(rina, 'invitation.present', offer, 'c1');
  stage.ok(ayesha, 'data.erase', { conversationId: 'c2' });
  assert.equal(standing(), 1, 'what another conversation led to stays');
  stage.ok(ayesha, 'data.erase', { conversationId: 'c1' });
  assert.equal(standing(), 0);
});

/** What a stream's log would still tell somebody who holds a cursor at its beginning. */
function toldFromTheBeginning(stage: Stage, stream: 'user:ayesha' | 'inbox:shop'): string {
  const { epoch } = stage.backend.read(stream).subscribed;
  return JSON.stringify(stage.backend.read(stream, { stream, epoch, seq: 0 }));
}

test('the logs of the visitor and of the inbox say nothing any more of a conversation that was erased', () => {
  const stage = talked();
  stage.ok(rina, 'assignment.accept', {}, 'c1');
  stage.ok(rina, 'conversation.close', {}, 'c1');
  const offer = { text: 'Shall we talk about A secret?', reason: 'You told us A secret.' };
  const { invitationId = '' } = stage.ok(rina, 'invitation.present', offer, 'c1');
  stage.ok(ayesha, 'invitation.dismiss', { invitationId, reason: 'A secret is none of yours' });
  for (const stream of ['user:ayesha', 'inbox:shop'] as const)
    assert.match(toldFromTheBeginning(stage, stream), /A secret/);
  stage.ok(ayesha, 'data.erase', { conversationId: 'c1' });
  for (const stream of ['user:ayesha', 'inbox:shop'] as const)
    assert.doesNotMatch(toldFromTheBeginning(stage, stream), /A secret/);
  assert.match(toldFromTheBeginning(stage, 'user:ayesha'), /"c2"/);
  stage.ok(ayesha, 'data.erase', {});
  assert.doesNotMatch(toldFromTheBeginning(stage, 'user:ayesha'), /"c2"/);
});

test('an invitation that names no conversation goes with whichever of hers goes first', () => {
  const stage = talked();
  const invitation = {
    invitationId: 'i1',
    text: 'Still about A secret?',
    reason: 'You asked.',
    expiresAt: '2026-03-02T10:00:00Z',
  };
  stage.backend.append([
    { type: 'invitation.presented', target: { kind: 'user', id: 'ayesha' }, data: { invitation } },
  ]);
  stage.ok(ayesha, 'data.erase', { conversationId: 'c2' });
  const { snapshot } = stage.backend.read('user:ayesha').subscribed;
  assert.deepEqual(snapshot?.kind === 'user' && snapshot.invitations, []);
  assert.doesNotMatch(toldFromTheBeginning(stage, 'user:ayesha'), /A secret/);
});

test('erasing all takes every conversation of the visitor’s, and no other', () => {
  const stage = talked();
  stage.ok(ayesha, 'data.erase', {});
  assert.ok(stage.conversation('c1').erasedAt && stage.conversation('c2').erasedAt);
  assert.equal(stage.conversation('c3').erasedAt, undefined);
  assert.equal(stage.code(badal, 'data.erase', { conversationId: 'c1' }), 'not_found');
  assert.equal(stage.code(ayesha, 'data.erase', { conversationId: 'c1' }), 'not_found');
});
