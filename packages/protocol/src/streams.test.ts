import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandType } from './index.ts';
import { commandLanes, conversationStream, inboxStream, laneOf, parseStream, userStream } from './index.ts';

test('names of streams are made and taken apart', () => {
  assert.deepEqual(parseStream(conversationStream('c1', 'staff')), {
    kind: 'conversation',
    id: 'c1',
    audience: 'staff',
  });
  assert.deepEqual(parseStream(userStream('v_1')), { kind: 'user', id: 'v_1' });
  assert.deepEqual(parseStream(inboxStream('shop')), { kind: 'inbox', id: 'shop' });
});

test('what is no stream has no address', () => {
  for (const name of [
    '',
    'user',
    'user:',
    ':c1',
    'conversation:c1',
    'conversation::public',
    'conversation:c1:both',
    'conversation:c1:public:staff',
    'user:v:public',
    'inbox:shop:staff',
    '__proto__:x',
    'toString:x',
  ])
    // prettier-ignore
    assert.equal(parseStream(name), undefined, name);
});

test('a command’s lane is its conversation, or `user` where it has none', () => {
  assert.equal(laneOf({ type: 'message.send', conversationId: 'c1' }), 'c1');
  assert.equal(laneOf({ type: 'consent.set', conversationId: 'c1' }), 'user');
  assert.equal(laneOf({ type: 'command.void', conversationId: 'c1' }), 'c1');
  assert.equal(laneOf({ type: 'command.void' }), 'user');
  for (const type of ['__proto__', 'constructor', 'comet.watch'] as string[] as CommandType[])
    assert.equal(laneOf({ type, conversationId: 'c1' }), 'c1', type);
  for (const [type, lane] of Object.entries(commandLanes))
    assert.equal(
      laneOf({ type: type as CommandType, conversationId: 'c1' }),
      lane === 'user' ? 'user' : 'c1',
      type,
    );
});
