import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtures } from '../fixtures/index.ts';
import { lateGuardTable } from '../generated/late-guard-table.ts';
import { askOf, follows } from './guard.ts';

const event = (type: string, data: unknown): unknown => ({
  type: 'event',
  event: { id: 'e', type, stream: 'user:u', epoch: 'p', seq: 1, time: '2026-03-01T09:30:00Z', data },
});

test('every right frame passes', () => {
  const right = fixtures.filter(({ definition, valid }) => definition === 'ServerFrame' && valid);
  assert.ok(right.length > 0);
  for (const { name, value } of right) assert.ok(follows('ServerFrame', value), name);
});

test('what is no frame does not', () => {
  for (const value of [null, [], 'x', 5, {}, { type: 'nonsense' }, { type: '__proto__' }, { type: 'event' }])
    assert.ok(!follows('ServerFrame', value), JSON.stringify(value));
});

test('an event has to have what is read of it, in the right coarse type', () => {
  const joined = (participant: unknown) => event('participant.joined', { participant });
  assert.ok(follows('ServerFrame', joined({ id: 'p', role: 'agent' })));
  assert.ok(!follows('ServerFrame', joined(undefined)));
  assert.ok(!follows('ServerFrame', joined({ role: 'agent' })));
  assert.ok(!follows('ServerFrame', joined({ id: 5, role: 'agent' })));
  assert.ok(!follows('ServerFrame', event('participant.left', null)));
});

test('structure that is absent is fine; structure of another kind is not', () => {
  const message = {
    id: 'm',
    conversationId: 'c',
    author: { id: 'a', role: 'bot' },
    status: 'complete',
    createdAt: '',
  };
  const created = (more: object) => event('message.created', { message: { ...message, parts: [], ...more } });
  assert.ok(follows('ServerFrame', created({})));
  assert.ok(follows('ServerFrame', created({ reactions: { '🙂': ['a'] } })));
  assert.ok(!follows('ServerFrame', created({ reactions: { '🙂': 'a' } })));
  assert.ok(!follows('ServerFrame', created({ parts: {} })));
  assert.ok(!follows('ServerFrame', created({ parts: [{ type: 'card', partId: 'p' }] })));
});

test('what is new within the version passes: events, parts, fields', () => {
  assert.ok(follows('ServerFrame', event('weather.changed', { rain: true })));
  assert.ok(follows('MessagePage', { messages: [], total: 5 }));
});

test('what is no plain talk is looked into once it can be used', () => {
  assert.ok(follows('MessagePage', { messages: 'none' }));
  const edited = event('message.edited', { messageId: 'm', parts: 'none' });
  assert.ok(follows('ServerFrame', edited));
  askOf(lateGuardTable);
  assert.ok(!follows('ServerFrame', edited));
  assert.ok(!follows('MessagePage', { messages: 'none' }));
  assert.ok(follows('ServerFrame', event('message.edited', { messageId: 'm', parts: [] })));
});
