import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Conversation, Message, Signal } from '@sahay/protocol';
import { ManualClock } from '../testing/manual-clock.ts';
import { ConversationModel } from './conversation-model.ts';
import { fillGap, gapOf, insertAround } from './gap.ts';

const visitor = { id: 'visitor', role: 'visitor' as const };
const conversation: Conversation = {
  id: 'c1',
  tenantId: 't1',
  status: 'open',
  visitor,
  participants: [visitor],
  startedAt: '2026-01-01T00:00:00.000Z',
  assignment: { state: 'bot', since: '2026-01-01T00:00:00.000Z' },
  receipts: {},
};

function modelFor(
  role: 'visitor' | 'agent',
  messages: Message[] = [],
  receipts: Conversation['receipts'] = {},
): ConversationModel {
  const model = new ConversationModel('c1', role === 'agent', {
    clock: new ManualClock(),
    role,
    me: () => (role === 'visitor' ? visitor : { id: 'rina', role }),
    entries: () => [],
    durable: () => true,
    late: () => undefined,
  });
  model.reset({
    kind: 'conversation',
    asOf: { stream: 'conversation:c1:public', epoch: 'e', seq: 0 },
    conversation: { ...conversation, receipts },
    messages,
    ...(messages.length > 0 && { earlier: 'before' }),
  });
  return model;
}

const presence = (participantId: string, online: boolean): Signal => ({
  type: 'presence',
  data: { conversationId: 'c1', participantId, online },
});

it('whether the visitor is there is told of her alone, and to staff alone', () => {
  const staff = modelFor('agent');
  staff.onSignal(presence('visitor', true));
  assert.equal(staff.view.getSnapshot().visitorOnline, true);
  staff.onSignal(presence('bot', false));
  assert.equal(staff.view.getSnapshot().visitorOnline, true);
  const own = modelFor('visitor');
  own.onSignal(presence('visitor', true));
  assert.equal(own.view.getSnapshot().visitorOnline, undefined);
});

const said = (from: number, to: number): Message[] =>
  Array.from({ length: to - from }, (_none, index) => ({
    id: `m${from + index}`,
    conversationId: 'c1',
    author: { id: 'bot', role: 'bot' },
    createdAt: '2026-01-01T00:00:00.000Z',
    status: 'complete',
    parts: [],
  }));
const unread = (model: ConversationModel): number => model.view.getSnapshot().unreadCount;

for (const [where, read, counts] of [
  ['in a gap', 'm60', [10, 10, 39]],
  ['before a gap', 'm30', [14, 24, 69]],
  ['after a gap', 'm92', [7, 7, 7]],
] as const)
  it(`what she has read to ${where} is kept while the gap is filled`, () => {
    const model = modelFor('visitor', said(90, 100), { visitor: { read } });
    insertAround(model, { messages: said(25, 35), earlier: 'e', later: 'l' }, 'visitor');
    const counted = [unread(model)];
    fillGap(model, { messages: said(35, 45), earlier: 'e', later: 'l' }, 'before', gapOf(model)!, 'visitor');
    counted.push(unread(model));
    fillGap(model, { messages: said(45, 90), earlier: 'e' }, 'after', gapOf(model)!, 'visitor');
    counted.push(unread(model));
    assert.deepEqual(counted, counts);
  });
