import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProblem, type Command } from '@sahay/protocol';
import { numbered, say, start, tempStore, visitor } from '../storage/testing/temp-store.ts';
import { CommandGateway } from './command-gateway.ts';

const announce: Command<'attachment.create'> = {
  type: 'attachment.create',
  conversationId: 'c1',
  data: { attachmentId: 'f1', name: 'cat.png', mediaType: 'image/png', size: 10 },
};
const complete: Command<'attachment.complete'> = {
  type: 'attachment.complete',
  conversationId: 'c1',
  data: { attachmentId: 'f1' },
};

test('nothing of an outbox overtakes a command whose guard takes its time', async (t) => {
  const store = await tempStore(t);
  const gateway = new CommandGateway(store);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  gateway.guard('attachment.complete', () => promise);
  await gateway.execute(visitor, numbered('o1', 1, start()));
  await gateway.execute(visitor, numbered('o1', 2, announce));
  const order: number[] = [];
  const replies = [
    numbered('o1', 3, complete),
    numbered('o1', 4, say('Here')),
    numbered('o1', 5, say('And more')),
  ].map(async (command) => {
    const { reply } = await gateway.execute(visitor, command);
    order.push(command.n);
    return reply.type;
  });
  await gateway.execute({ ...visitor, id: 'v2' }, numbered('o2', 1, start('c2')));
  assert.deepEqual(order, [], 'a later command overtook the guarded one');
  resolve(undefined);
  assert.deepEqual(await Promise.all(replies), ['ack', 'ack', 'ack']);
  assert.deepEqual(order, [3, 4, 5]);
});

test('what a guard refuses is refused in its lane; a guard that fails leaves the number free', async (t) => {
  const store = await tempStore(t);
  const gateway = new CommandGateway(store);
  let isBroken = true;
  gateway.guard('attachment.complete', async () => {
    if (isBroken) throw new Error('The disk is asleep.');
    return makeProblem('attachment_type_refused', 'It is no picture.');
  });
  await gateway.execute(visitor, numbered('o1', 1, start()));
  await gateway.execute(visitor, numbered('o1', 2, announce));
  await assert.rejects(gateway.execute(visitor, numbered('o1', 3, complete)), /The disk is asleep/);
  isBroken = false;
  const { reply } = await gateway.execute(visitor, numbered('o1', 3, complete));
  assert.equal(reply.type === 'reject' && reply.problem.code, 'attachment_type_refused');
  assert.equal((await gateway.execute(visitor, numbered('o1', 4, say('So be it')))).reply.type, 'ack');
});

test('an announced file says where to put it, and its id cannot be taken twice', async (t) => {
  const store = await tempStore(t);
  const gateway = new CommandGateway(store);
  await gateway.execute(visitor, numbered('o1', 1, start()));
  const { reply } = await gateway.execute(visitor, numbered('o1', 2, announce));
  assert.equal(reply.type === 'ack' && reply.result.uploadUrl, '/v1/attachments/f1/content');
  const other = { ...visitor, id: 'v2' };
  await gateway.execute(other, numbered('o2', 1, start('c2')));
  const taken = await gateway.execute(other, numbered('o2', 2, { ...announce, conversationId: 'c2' }));
  assert.equal(taken.reply.type === 'reject' && taken.reply.problem.code, 'forbidden');
  assert.equal((await store.attachment('f1'))?.ownerId, visitor.id);
});
