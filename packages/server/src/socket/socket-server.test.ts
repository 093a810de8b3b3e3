import assert from 'node:assert/strict';
import { test } from 'node:test';
import { say, start } from '../storage/testing/temp-store.ts';
import { testCore } from '../testing/test-core.ts';
import { TestSocket } from '../testing/test-socket.ts';

test('a message goes from a visitor over a socket through SQLite to an agent and back', async (t) => {
  const core = await testCore(t);
  const [asha, rumi] = await Promise.all([core.visitorToken(), core.agentToken()]);
  const desk = await TestSocket.hello(core.socketUrl, rumi.token);
  await desk.subscribe('inbox:shop');
  const page = await TestSocket.hello(core.socketUrl, asha.token);
  assert.equal((await page.command(start())).type, 'ack');
  const { snapshot } = await page.subscribe('conversation:c1:public');
  assert.equal(snapshot?.kind, 'conversation');
  assert.equal(snapshot.conversation.visitor.id, asha.id);
  const said = await page.command(say('I need a person'));
  assert.equal(said.type, 'ack');

  const listed = await desk.next(
    'event',
    ({ event }) => event.type === 'inbox.changed' && event.data.entry.lastMessage?.text === 'I need a person',
  );
  assert.equal(listed.event.type, 'inbox.changed');
  await desk.subscribe('conversation:c1:staff');
  assert.equal(
    (await desk.command({ type: 'assignment.accept', conversationId: 'c1', data: {} }, 'o2')).type,
    'ack',
  );
  assert.equal((await desk.command(say('Here I am', 'c1', 'cm2'), 'o2')).type, 'ack');
  const answer = await page.next(
    'event',
    ({ event }) => event.type === 'message.created' && event.data.message.author.role === 'agent',
  );
  assert.equal(answer.event.stream, 'conversation:c1:public');
});
