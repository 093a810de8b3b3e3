import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InboxEntry, Message } from '../index.ts';
import {
  applyToConversation,
  applyToInbox,
  applyToMessage,
  applyToStaff,
  bounds,
  emptyInboxState,
  emptyStaffState,
  inboxEntryOf,
  messagePreview,
  type Fact,
} from './index.ts';
import { Stage, ayesha, rina, textPart } from './testing/stage.ts';

const time = '2026-03-01T09:30:00.000Z';
const assignment = { state: 'queued', since: time } as const;
const entry = (conversationId: string, status: 'open' | 'closed'): InboxEntry => ({
  conversationId,
  visitor: { id: 'v', role: 'visitor' },
  status,
  assignment,
  startedAt: time,
});
const message: Message = {
  id: 'm1',
  conversationId: 'c1',
  author: { id: 'bot', role: 'bot' },
  status: 'complete',
  parts: [textPart('Done')],
  createdAt: time,
};

test('events about what one does not hold change nothing', () => {
  const edited: Fact = { type: 'message.edited', time, data: { messageId: 'm9', parts: [] } };
  assert.equal(applyToMessage(undefined, edited), undefined);
  assert.equal(
    applyToConversation(undefined, { type: 'conversation.reopened', time, data: { by: 'v' } }),
    undefined,
  );
  const stage = new Stage();
  stage.start();
  const state = stage.conversation();
  for (const type of [
    'handoff.accepted',
    'handoff.timed_out',
    'survey.dismissed',
    'survey.submitted',
  ] as const)
    assert.equal(
      applyToConversation(state, { type, time, data: { handoffId: 'x', surveyId: 'x' } } as never),
      state,
    );
});

test('an unknown event leaves every state the same object', () => {
  const unknown = { type: 'comet.seen', time, data: {} } as unknown as Fact;
  const stage = new Stage();
  stage.start();
  assert.equal(applyToConversation(stage.conversation(), unknown), stage.conversation());
  assert.equal(applyToMessage(message, unknown), message);
  assert.equal(applyToStaff(emptyStaffState, unknown), emptyStaffState);
  assert.equal(applyToInbox(emptyInboxState, unknown), emptyInboxState);
});

test('a checkpoint that comes late does not undo the end', () => {
  const late: Fact = { type: 'message.checkpoint', time, data: { messageId: 'm1', parts: [textPart('Do')] } };
  assert.deepEqual(applyToMessage(message, late), message);
});

test('an inbox keeps all open conversations and the latest closed ones', () => {
  let state = emptyInboxState;
  const apply = (e: InboxEntry): void => {
    state = applyToInbox(state, { type: 'inbox.changed', time, data: { entry: e } });
  };
  for (let i = 0; i < bounds.closedEntries + 50; i++) apply(entry(`o${i}`, 'open'));
  for (let i = 0; i < bounds.closedEntries + 3; i++) apply(entry(`o${i}`, 'closed'));
  const closed = state.entries.filter(({ status }) => status === 'closed');
  assert.deepEqual([closed.length, closed[0]?.conversationId], [bounds.closedEntries, 'o3']);
  assert.equal(state.entries.length - closed.length, 47);
  apply(entry('o0', 'closed'));
  assert.ok(state.entries.some(({ conversationId }) => conversationId === 'o0'));
});

test('staff keep the latest notes', () => {
  let state = emptyStaffState;
  for (let i = 0; i < bounds.notes + 2; i++) {
    const note = { noteId: `n${i}`, author: rina, text: 'x', createdAt: time };
    state = applyToStaff(state, { type: 'note.added', time, data: { note } });
  }
  assert.deepEqual([state.notes.length, state.notes[0]?.noteId], [bounds.notes, 'n2']);
});

test('a preview is one line of the text, or names what it is', () => {
  const preview = (...parts: Message['parts']): string => messagePreview({ ...message, parts });
  assert.equal(preview(textPart(' Hello\n\n  there ')), 'Hello there');
  assert.equal(preview({ partId: 'i', type: 'image', name: 'cat.png', mediaType: 'image/png' }), 'cat.png');
  assert.equal(preview({ partId: 'c', type: 'card', card: { title: 'Sylhet' } }), 'Sylhet');
  assert.equal(preview({ partId: 'x', type: 'x-acme', fallbackText: 'Seat 12A' }), 'Seat 12A');
  assert.equal(preview(), '');
  const long = preview(textPart('🙂'.repeat(200)));
  assert.ok(long.length <= 140 && long.endsWith('🙂…'), long);
});

test('an inbox entry says since when somebody waits, and what was last said by anybody', () => {
  const stage = new Stage();
  stage.start();
  stage.says(ayesha, 'I want a person');
  stage.passes(5000);
  stage.ok(ayesha, 'handoff.request', {});
  const held = stage.backend.conversation('c1');
  const waiting = inboxEntryOf(stage.conversation(), held?.lastMessage);
  assert.equal(waiting.waitingSince, '2026-03-01T09:30:05.000Z');
  assert.equal(waiting.lastMessage?.text, 'I want a person');
  stage.ok(rina, 'assignment.accept', {});
  assert.equal(inboxEntryOf(stage.conversation(), held?.lastMessage).waitingSince, undefined);
});
