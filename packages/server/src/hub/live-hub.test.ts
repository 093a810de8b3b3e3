import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Signal } from '@sahay/protocol';
import { bot, numbered, say, start, tempFolder } from '../storage/testing/temp-store.ts';
import { testCore, type TestCore } from '../testing/test-core.ts';
import { TestSocket } from '../testing/test-socket.ts';
import type { LiveHub } from './live-hub.ts';

const stream = 'conversation:c1:public';
const staffStream = 'conversation:c1:staff';

/** The next signal of a type. */
async function signal<T extends Signal['type']>(
  socket: TestSocket,
  type: T,
): Promise<Extract<Signal, { type: T }>> {
  const frame = await socket.next('signal', (one) => one.signal.type === type);
  return frame.signal as Extract<Signal, { type: T }>;
}

/** All that has been signalled so far, once the server has answered a ping. */
async function signalled(socket: TestSocket): Promise<Signal[]> {
  socket.send({ type: 'ping' });
  await socket.next('pong');
  return socket.frames.flatMap((frame) => (frame.type === 'signal' ? [frame.signal] : []));
}

async function visitorIn(
  core: TestCore,
  conversationId = 'c1',
  outboxId = 'o1',
): Promise<{ page: TestSocket; id: string }> {
  const { id, token } = await core.visitorToken();
  const page = await TestSocket.hello(core.socketUrl, token);
  await page.command(start(conversationId), outboxId);
  await page.subscribe(`conversation:${conversationId}:public`);
  return { page, id };
}

async function agentDesk(core: TestCore): Promise<{ desk: TestSocket; id: string }> {
  const { id, token } = await core.agentToken();
  const desk = await TestSocket.hello(core.socketUrl, token);
  await desk.subscribe('inbox:shop');
  return { desk, id };
}

const handoff = (conversationId: string) => ({ type: 'handoff.request', conversationId, data: {} }) as const;

test('a bot’s answer streams to whoever reads, and whoever comes in the middle gets the text so far', async (t) => {
  const core = await testCore(t);
  const { page } = await visitorIn(core);
  const { hub, store } = core.context;
  const { reply } = await store.execute(
    bot,
    numbered('ob', 1, {
      type: 'message.send',
      conversationId: 'c1',
      data: { clientMessageId: 'b1', status: 'streaming', parts: [{ partId: 'p1', type: 'text', text: '' }] },
    }),
  );
  assert.equal(reply.type, 'ack');
  const messageId = reply.result.messageId!;
  const delta = (index: number, text: string): Signal<'message.delta'> => ({
    type: 'message.delta',
    data: { conversationId: 'c1', messageId, partId: 'p1', index, text },
  });
  await hub.signal(bot, delta(0, 'Good '));
  await hub.signal(bot, delta(0, 'repeated '));
  await hub.signal(bot, delta(5, 'too far ahead '));
  await hub.signal(bot, delta(1, 'morning'));
  await hub.signal({ ...bot, id: 'another' }, delta(2, ' forged'));
  page.send({ type: 'signal', signal: delta(2, ' forged by the visitor') });
  const deltas = (await signalled(page)).filter((one) => one.type === 'message.delta');
  assert.deepEqual(
    deltas.map((one) => one.data.text),
    ['Good ', 'morning'],
  );

  const { snapshot } = await page.subscribe(stream);
  assert.equal(snapshot?.kind, 'conversation');
  const open = snapshot.messages.at(-1)!;
  assert.deepEqual(open.parts, [{ partId: 'p1', type: 'text', text: 'Good morning' }]);
  assert.deepEqual(open.nextIndexes, { p1: 2 });
  await page.subscribe(stream, snapshot.asOf);
  const { data } = await signal(page, 'message.replaced');
  assert.deepEqual([data.text, data.index], ['Good morning', 1]);

  const parts = [{ partId: 'p1', type: 'text', text: 'Good morning' }] as const;
  await store.execute(
    bot,
    numbered('ob', 2, {
      type: 'message.complete',
      conversationId: 'c1',
      data: { messageId, parts: [...parts] },
    }),
  );
  await hub.signal(bot, delta(2, ' too late'));
  assert.equal((await signalled(page)).filter((one) => one.type === 'message.delta').length, 2);
});

test('an agent’s typing reaches the visitor only from whoever has the conversation, and ends by itself', async (t) => {
  const core = await testCore(t);
  const { page, id } = await visitorIn(core);
  const { desk, id: agentId } = await agentDesk(core);
  await desk.subscribe(staffStream);
  const typing = (active: boolean): void =>
    desk.send({
      type: 'signal',
      signal: { type: 'typing', data: { conversationId: 'c1', active, participantId: id, expiresInMs: 1 } },
    });

  page.send({
    type: 'signal',
    signal: { type: 'typing', data: { conversationId: 'c1', active: true, participantId: 'somebody-else' } },
  });
  const seen = (await signal(desk, 'typing')).data;
  assert.deepEqual([seen.participantId, seen.active, seen.expiresInMs], [id, true, 6_000]);

  typing(true);
  await desk.command({ type: 'assignment.accept', conversationId: 'c1', data: {} }, 'o2');
  assert.deepEqual(
    (await signalled(page)).filter((one) => one.type === 'typing'),
    [],
  );
  typing(true);
  assert.deepEqual((await signal(page, 'typing')).data, {
    conversationId: 'c1',
    participantId: agentId,
    active: true,
    expiresInMs: 1_000,
  });
  assert.equal((await signal(page, 'typing')).data.active, false);
});

test('availability follows the agents: connected, stepped away, gone after the grace', async (t) => {
  const core = await testCore(t, { tuning: { presenceGraceMs: 30 } });
  const { page } = await visitorIn(core);
  const { hub } = core.context;
  assert.deepEqual(hub.availability(), {
    open: false,
    closedBecause: 'nobody_there',
    whileClosed: ['leave_message'],
  });
  const { desk, id } = await agentDesk(core);
  assert.equal((await signal(page, 'availability')).data.availability.open, true);
  assert.deepEqual(hub.presentAgents(), [{ id, role: 'agent', name: 'Rumi' }]);
  const { snapshot } = await page.subscribe(stream);
  assert.equal(snapshot?.kind === 'conversation' && snapshot.availability?.open, true);
  await desk.command({ type: 'agent.status', data: { status: 'away' } }, 'o2');
  assert.equal((await signal(page, 'availability')).data.availability.open, false);
  await desk.command({ type: 'agent.status', data: { status: 'online' } }, 'o2');
  assert.equal((await signal(page, 'availability')).data.availability.open, true);
  desk.close();
  assert.equal((await signal(page, 'availability')).data.availability.open, false);
  const { subscribed } = await core.context.store.read('inbox:shop');
  assert.deepEqual(
    subscribed.snapshot?.kind === 'inbox' && subscribed.snapshot.agents.map(({ status }) => status),
    ['offline'],
  );
});

test('an agent who reloads the page was never away', async (t) => {
  const core = await testCore(t);
  const { page } = await visitorIn(core);
  const { desk } = await agentDesk(core);
  await signal(page, 'availability');
  desk.close();
  await desk.closed;
  await agentDesk(core);
  assert.equal((await signalled(page)).filter((one) => one.type === 'availability').length, 1);
});

test('after a restart agents have the grace to come back, and those who wait keep their place', async (t) => {
  const dataFolder = tempFolder(t);
  const before = await testCore(t, { config: { dataFolder } });
  const { page } = await visitorIn(before);
  const { desk } = await agentDesk(before);
  await desk.command({ type: 'agent.status', data: { status: 'away' } }, 'o2');
  await page.command(handoff('c1'));
  await before.close();

  const after = await testCore(t, { config: { dataFolder }, tuning: { presenceGraceMs: 40 } });
  const { hub, store } = after.context;
  assert.deepEqual(hub.queueOf('c1'), { conversationId: 'c1', position: 1 });
  const statusOf = async (): Promise<string | undefined> => {
    const { snapshot } = (await store.read('inbox:shop')).subscribed;
    return snapshot?.kind === 'inbox' ? snapshot.agents[0]?.status : undefined;
  };
  assert.equal(await statusOf(), 'away');
  const { promise, resolve } = Promise.withResolvers<void>();
  store.onCommitted((events) => events.some((event) => event.type === 'agent.status_changed') && resolve());
  await promise;
  assert.equal(await statusOf(), 'offline');
});

test('those who wait learn their place, and hear when it changes', async (t) => {
  const core = await testCore(t);
  const first = (await visitorIn(core, 'c1', 'o1')).page;
  const second = (await visitorIn(core, 'c2', 'o2')).page;
  await first.command(handoff('c1'), 'o1');
  assert.deepEqual((await signal(first, 'queue')).data.queue, { conversationId: 'c1', position: 1 });
  await second.command(handoff('c2'), 'o2');
  assert.deepEqual((await signal(second, 'queue')).data.queue, { conversationId: 'c2', position: 2 });
  const { snapshot } = await second.subscribe('conversation:c2:public');
  assert.deepEqual(snapshot?.kind === 'conversation' && snapshot.queue, {
    conversationId: 'c2',
    position: 2,
  });

  const { desk } = await agentDesk(core);
  await desk.command({ type: 'assignment.accept', conversationId: 'c1', data: {} }, 'o3');
  assert.deepEqual((await signal(second, 'queue')).data.queue, { conversationId: 'c2', position: 1 });
  assert.deepEqual((await signal(first, 'queue')).data.queue, { conversationId: 'c1' });
  assert.equal(core.context.hub.queueOf('c1'), undefined);
});

test('how long it takes is told once it was measured five times, and after a restart still', async (t) => {
  const dataFolder = tempFolder(t);
  let now = Date.now();
  const options = { config: { dataFolder }, clock: () => now };
  const before = await testCore(t, options);
  const { desk } = await agentDesk(before);
  const page = (await visitorIn(before, 'c0', 'o0')).page;
  for (let n = 1; n <= 5; n++) {
    const waiting = (await visitorIn(before, `c${n}`, `o${n}`)).page;
    await waiting.command(handoff(`c${n}`), `o${n}`);
    assert.deepEqual(before.context.hub.queueOf(`c${n}`), { conversationId: `c${n}`, position: 1 });
    now += 10_000 * n;
    await desk.command({ type: 'assignment.accept', conversationId: `c${n}`, data: {} }, 'desk');
  }
  await page.command(handoff('c0'), 'o0');
  const queue = { conversationId: 'c0', position: 1, estimatedWaitSeconds: { low: 20, high: 40 } };
  assert.deepEqual((await signal(page, 'queue')).data.queue, queue);
  await before.close();
  const after = await testCore(t, options);
  assert.deepEqual(after.context.hub.queueOf('c0'), queue);
});

test('staff see whether the visitor is there; the staff’s side stays with staff', async (t) => {
  const core = await testCore(t);
  const { page, id } = await visitorIn(core);
  const { desk } = await agentDesk(core);
  await desk.subscribe(staffStream);
  assert.deepEqual((await signal(desk, 'presence')).data, {
    conversationId: 'c1',
    participantId: id,
    online: true,
  });
  await desk.command({ type: 'note.add', conversationId: 'c1', data: { text: 'Careful' } }, 'o2');
  await page.command(say('Hello'));
  await desk.next('event', ({ event }) => event.stream === staffStream && event.type === 'message.created');
  assert.ok(desk.events(staffStream).some((event) => event.type === 'note.added'));
  await signalled(page);
  assert.ok(!JSON.stringify(page.frames).includes('Careful'));
  page.close();
  assert.equal((await signal(desk, 'presence')).data.online, false);
});

test('staff see whether she whose conversation has ended is on the site, in any of her tabs', async (t) => {
  const core = await testCore(t);
  const { id, token } = await core.visitorToken();
  const page = await TestSocket.hello(core.socketUrl, token);
  await page.command(start('c1'));
  const { desk } = await agentDesk(core);
  await desk.command({ type: 'conversation.close', conversationId: 'c1', data: {} }, 'o2');
  page.close();
  await desk.subscribe(staffStream);
  const told = async (): Promise<unknown> => (await signal(desk, 'presence')).data;
  const there = (online: boolean): object => ({ conversationId: 'c1', participantId: id, online });
  let last = await told();
  // The end of her page may still have been on its way.
  if ((last as { online: boolean }).online) last = await told();
  assert.deepEqual(last, there(false), 'that she is not there is said as well');
  // Only what is hers as a whole: she does not look at the conversation.
  const elsewhere = await TestSocket.hello(core.socketUrl, token);
  await elsewhere.subscribe(`user:${id}`);
  assert.deepEqual(await told(), there(true));
  const secondTab = await TestSocket.hello(core.socketUrl, token);
  elsewhere.close();
  await signalled(secondTab);
  secondTab.close();
  assert.deepEqual(await told(), there(false), 'she is there as long as one tab is');
  const bystander = await visitorIn(core, 'c2', 'o3');
  await signalled(desk);
  bystander.page.close();
  const heard = (await signalled(desk)).filter(({ type }) => type === 'presence');
  assert.ok(heard.every(({ data }) => (data as { participantId: string }).participantId === id));
});

test('whoever has not read what came before gets what she missed once she has', async (t) => {
  const core = await testCore(t);
  const { page } = await visitorIn(core);
  const { actor } = await core.identity.verify((await core.agentToken()).token);
  const heard: string[] = [];
  const reader = {
    actor,
    isBehind: true,
    deliver: ({ frame }: { frame: { type: string } }) => void heard.push(frame.type),
    close: () => assert.fail('She reads, if slowly.'),
  };
  const filled = (core.context.hub as LiveHub).subscribe(reader, staffStream);
  await page.numbered(2, say('Meanwhile', 'c1', 'cm2'));
  assert.deepEqual(heard, []);
  reader.isBehind = false;
  await filled;
  assert.equal(heard[0], 'subscribed');
});
