import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeProblem } from '@sahay/protocol';
import { defaultPolicy } from '../../policy.ts';
import type { NumberedCommand, Reply, Store } from '../store.ts';
import {
  botPolicy,
  numbered,
  say,
  start,
  stranger,
  tempFolder,
  tempStore,
  visitor,
} from '../testing/temp-store.ts';
import { openSqliteStore } from './sqlite-store.ts';

async function run(store: Store, command: NumberedCommand, actor = visitor): Promise<Reply> {
  return (await store.execute(actor, command)).reply;
}

function codeOf(reply: Reply): string {
  return reply.type === 'reject' ? reply.problem.code : 'ack';
}

test('a number done already gets its original result, also from another process on the same file', async (t) => {
  const path = join(tempFolder(t), 'sahay.db');
  const first = await openSqliteStore({ path, tenantId: 'shop', policy: defaultPolicy });
  await run(first, numbered('o1', 1, start()));
  const original = await run(first, numbered('o1', 2, say('Hello')));
  assert.deepEqual(await run(first, numbered('o1', 2, say('Hello'))), original);
  await first.close();

  const second = await tempStore(t, { path });
  assert.deepEqual(await run(second, numbered('o1', 2, say('Hello'))), original);
  const { messages } = await second.history('c1', { limit: 10 });
  assert.equal(messages.length, 1);
  assert.equal(codeOf(await run(second, numbered('o1', 3, say('And more')))), 'ack');
});

test('the order of keys makes no other body, another text does', async (t) => {
  const store = await tempStore(t);
  await run(store, numbered('o1', 1, start()));
  const { type, conversationId, data } = say('Hello');
  const original = await run(store, numbered('o1', 2, say('Hello')));
  const turned = {
    data: Object.fromEntries(Object.entries(data).reverse()),
    conversationId,
    type,
  } as ReturnType<typeof say>;
  assert.deepEqual(await run(store, numbered('o1', 2, turned)), original);
  assert.equal(codeOf(await run(store, numbered('o1', 2, say('Something else')))), 'payload_mismatch');
});

test('a hole changes nothing and names the number that is missing', async (t) => {
  const store = await tempStore(t);
  await run(store, numbered('o1', 1, start()));
  const hole = await run(store, numbered('o1', 3, say('Too early')));
  assert.equal(hole.type === 'reject' && hole.problem.code, 'out_of_order');
  assert.equal(hole.type === 'reject' && hole.problem.expected, 2);
  assert.equal(codeOf(await run(store, numbered('o1', 2, say('In time')))), 'ack');
  const { messages } = await store.history('c1', { limit: 10 });
  assert.equal(messages.length, 1);
});

test('a permanent refusal consumes its number and is given again; the lane goes on', async (t) => {
  const store = await tempStore(t);
  await run(store, numbered('o1', 1, start()));
  const refused = await run(store, numbered('o1', 2, say('   ')));
  assert.equal(codeOf(refused), 'message_empty');
  assert.deepEqual(await run(store, numbered('o1', 2, say('   '))), refused);
  assert.equal(codeOf(await run(store, numbered('o1', 3, say('Hello')))), 'ack');
});

test('what the surroundings refuse for good consumes its number, what may pass later does not', async (t) => {
  const store = await tempStore(t);
  await run(store, numbered('o1', 1, start()));
  const ask = async (code: 'attachment_type_refused' | 'storage_failed', n: number) =>
    codeOf((await store.execute(visitor, numbered('o1', n, say('x')), { refusal: makeProblem(code) })).reply);
  assert.equal(await ask('storage_failed', 2), 'storage_failed');
  assert.equal(await ask('attachment_type_refused', 2), 'attachment_type_refused');
  assert.equal(codeOf(await run(store, numbered('o1', 2, say('x')))), 'attachment_type_refused');
  assert.equal(codeOf(await run(store, numbered('o1', 3, say('x')))), 'ack');
});

test('a void takes the place of a command that cannot be sent', async (t) => {
  const store = await tempStore(t);
  await run(store, numbered('o1', 1, start()));
  assert.equal(
    codeOf(await run(store, numbered('o1', 2, { type: 'command.void', conversationId: 'c1', data: {} }))),
    'ack',
  );
  assert.equal(codeOf(await run(store, numbered('o1', 3, say('Hello')))), 'ack');
});

test('lanes of one outbox are independent, and belong to one participant', async (t) => {
  const store = await tempStore(t);
  assert.equal(codeOf(await run(store, numbered('o1', 1, start('c1')))), 'ack');
  assert.equal(codeOf(await run(store, numbered('o1', 1, start('c2')))), 'ack');
  assert.equal(codeOf(await run(store, numbered('o1', 2, say('Hi', 'c2')))), 'ack');
  assert.equal(codeOf(await run(store, numbered('o1', 2, say('Hi', 'c1')), stranger)), 'outbox_conflict');
});

test('a lane keeps its last thousand results', async (t) => {
  const store = await tempStore(t);
  await run(store, numbered('o1', 1, start()));
  const voided = (n: number) => numbered('o1', n, { type: 'command.void', conversationId: 'c1', data: {} });
  await Promise.all(Array.from({ length: 1_010 }, (_, index) => run(store, voided(index + 2))));
  assert.equal(codeOf(await run(store, voided(1_011))), 'ack');
  assert.equal(codeOf(await run(store, voided(12))), 'ack');
  assert.equal(codeOf(await run(store, voided(11))), 'payload_mismatch');
});

test('a message sent again through another outbox is the same message', async (t) => {
  const store = await tempStore(t);
  await run(store, numbered('o1', 1, start()));
  const first = await run(store, numbered('o1', 2, say('Hello', 'c1', 'same')));
  const again = await run(store, numbered('o2', 1, say('Hello', 'c1', 'same')));
  assert.equal(
    first.type === 'ack' && first.result.messageId,
    again.type === 'ack' && again.result.messageId,
  );
  assert.equal((await store.history('c1', { limit: 10 })).messages.length, 1);
});

test('another visitor’s conversation does not exist', async (t) => {
  const store = await tempStore(t, { policy: botPolicy });
  await run(store, numbered('o1', 1, start()));
  assert.equal(codeOf(await run(store, numbered('o2', 1, say('Let me in')), stranger)), 'not_found');
  assert.equal(codeOf(await run(store, numbered('o2', 2, start()), stranger)), 'not_found');
  assert.equal(await store.mayRead(stranger, 'conversation:c1:public'), false);
  assert.equal(await store.mayRead(visitor, 'conversation:c1:staff'), false);
});
