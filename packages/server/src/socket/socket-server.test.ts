import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import type { LogEvent } from '@sahay/protocol';
import { say, start } from '../storage/testing/temp-store.ts';
import { testCore } from '../testing/test-core.ts';
import { TestSocket } from '../testing/test-socket.ts';

const stream = 'conversation:c1:public';
const unlimited = { commandRate: { burst: 1e6, perSecond: 1e6 }, frameRate: { burst: 1e6, perSecond: 1e6 } };
const isDense = (events: readonly LogEvent[], from: number): void =>
  assert.deepEqual(
    events.map((event) => event.seq),
    events.map((_, index) => from + index),
  );

test('a message goes from a visitor over a socket through SQLite to an agent and back', async (t) => {
  const core = await testCore(t);
  const [asha, rumi] = await Promise.all([core.visitorToken(), core.agentToken()]);
  const desk = await TestSocket.hello(core.socketUrl, rumi.token);
  await desk.subscribe('inbox:shop');
  const page = await TestSocket.hello(core.socketUrl, asha.token);
  assert.equal((await page.command(start())).type, 'ack');
  const { snapshot } = await page.subscribe(stream);
  assert.equal(snapshot?.kind, 'conversation');
  assert.equal(snapshot.conversation.visitor.id, asha.id);
  assert.equal((await page.command(say('I need a person'))).type, 'ack');

  const isAsked = (event: LogEvent): boolean =>
    event.type === 'inbox.changed' && event.data.entry.lastMessage?.text === 'I need a person';
  await desk.next('event', ({ event }) => isAsked(event));
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
  assert.equal(answer.event.stream, stream);
});

test('who subscribes while others write gets every event once, in order', async (t) => {
  const core = await testCore(t, { tuning: unlimited });
  const asha = await core.visitorToken();
  const writer = await TestSocket.hello(core.socketUrl, asha.token);
  await writer.command(start());
  const { epoch } = await writer.subscribe(stream);
  const saysLast = (event: LogEvent): boolean =>
    event.type === 'message.created' && event.data.message.clientMessageId === 'last';
  const subscribed = async (fromTheBeginning: boolean): Promise<() => Promise<void>> => {
    const reader = await TestSocket.hello(core.socketUrl, asha.token);
    const cursor = fromTheBeginning ? { stream, epoch, seq: 0 } : undefined;
    const { snapshot, recovered } = await reader.subscribe(stream, cursor);
    assert.equal(recovered, fromTheBeginning);
    return async () => {
      await reader.next('event', ({ event }) => saysLast(event));
      isDense(reader.events(stream), (snapshot?.asOf.seq ?? 0) + 1);
    };
  };
  const readers = Promise.all(Array.from({ length: 12 }, (_, i) => subscribed(i % 2 === 0)));
  let areSubscribed = false;
  void readers.then(() => (areSubscribed = true));
  let n = 2;
  for (; !areSubscribed; n++) {
    writer.send({ type: 'command', outboxId: 'o1', n, command: say(`Message ${n}`, 'c1', `cm${n}`) });
    if (n % 5 === 0) await writer.next('ack');
  }
  writer.send({ type: 'command', outboxId: 'o1', n, command: say('Last', 'c1', 'last') });
  await writer.next('event', ({ event }) => saysLast(event));
  await Promise.all((await readers).map((readAll) => readAll()));
  assert.ok(n > 20, 'nothing was written while the readers subscribed');
  isDense(writer.events(stream), writer.events(stream)[0]!.seq);
});

test('whoever comes back with a cursor gets what was missed; a second subscribe takes the place of the first', async (t) => {
  const core = await testCore(t, { tuning: unlimited });
  const asha = await core.visitorToken();
  const [first, writer] = await Promise.all([1, 2].map(() => TestSocket.hello(core.socketUrl, asha.token)));
  await writer!.command(start());
  await first!.subscribe(stream);
  await writer!.command(say('One'));
  const { event } = await first!.next('event');
  first!.close();
  await first!.closed;
  await writer!.command(say('Two', 'c1', 'cm2'));
  await writer!.command(say('Three', 'c1', 'cm3'));

  const again = await TestSocket.hello(core.socketUrl, asha.token);
  const cursor = { stream, epoch: event.epoch, seq: event.seq, eventId: event.id };
  assert.equal((await again.subscribe(stream, cursor)).recovered, true);
  await again.subscribe(stream, cursor);
  await writer!.command(say('Four', 'c1', 'cm4'));
  await again.next('event', ({ event: one }) => one.seq === event.seq + 3);
  assert.deepEqual(
    again.events(stream).map(({ seq }) => seq - event.seq),
    [1, 2, 1, 2, 3],
  );
  again.send({ type: 'unsubscribe', stream });
  await writer!.command(say('Five', 'c1', 'cm5'));
  again.send({ type: 'ping' });
  await again.next('pong');
  assert.equal(again.events(stream).length, 5);
});

test('another’s conversation, the staff’s side and the inbox are not found by a visitor', async (t) => {
  const core = await testCore(t);
  const [asha, eve] = await Promise.all([core.visitorToken(), core.visitorToken()]);
  const page = await TestSocket.hello(core.socketUrl, asha.token);
  await page.command(start());
  const spy = await TestSocket.hello(core.socketUrl, eve.token);
  for (const name of [
    stream,
    'conversation:c1:staff',
    'inbox:shop',
    `user:${asha.id}`,
    'conversation:none:public',
  ]) {
    spy.send({ type: 'subscribe', stream: name });
    const { problem, stream: about } = await spy.next('problem');
    assert.equal(problem.code, 'not_found');
    assert.equal(about, name);
  }
  const said = await spy.command(say('Let me in'), 'o9');
  assert.equal(said.type === 'reject' && said.problem.code, 'not_found');
  await page.command(say('Only for me'));
  spy.send({ type: 'signal', signal: { type: 'typing', data: { conversationId: 'c1', active: true } } });
  spy.send({ type: 'ping' });
  await spy.next('pong');
  assert.equal(spy.frames.filter((frame) => frame.type === 'event' || frame.type === 'signal').length, 0);
});

test('a role that is claimed in a frame counts for nothing', async (t) => {
  const core = await testCore(t);
  const asha = await core.visitorToken();
  const page = await TestSocket.hello(core.socketUrl, asha.token);
  await page.command(start());
  const forged = { ...say('I am support'), role: 'agent', author: { id: 'a1', role: 'agent' } };
  page.send(
    JSON.stringify({
      type: 'command',
      outboxId: 'o1',
      n: 2,
      command: forged,
      role: 'agent',
      actor: { role: 'agent' },
    }),
  );
  await page.next('ack', ({ n }) => n === 2);
  const { snapshot } = await page.subscribe(stream);
  assert.equal(snapshot?.kind, 'conversation');
  assert.deepEqual(snapshot.messages.at(-1)?.author, { id: asha.id, role: 'visitor' });
  const taken = await page.numbered(3, { type: 'assignment.accept', conversationId: 'c1', data: {} });
  assert.equal(taken.type === 'reject' && taken.problem.code, 'forbidden');
});

test('a foreign origin is closed before anything it says is read; the own one and no origin are welcome', async (t) => {
  const core = await testCore(t, { config: { allowOrigins: 'https://shop.example' } });
  const { token } = await core.visitorToken();
  for (const origin of [
    'https://evil.example',
    'https://shop.example.evil.example',
    'null',
    'http://shop.example',
  ]) {
    const socket = new TestSocket(core.socketUrl, { origin });
    await once(socket.ws, 'open');
    socket.send({ type: 'hello', token });
    assert.equal((await socket.closed).code, 4403, origin);
    assert.deepEqual(socket.frames, []);
  }
  for (const origin of ['https://shop.example', core.url, undefined]) {
    const socket = await TestSocket.hello(core.socketUrl, token, origin === undefined ? {} : { origin });
    socket.close();
  }
});

test('a client that speaks no version of ours is told so', async (t) => {
  const core = await testCore(t);
  const socket = new TestSocket(core.socketUrl, {}, 'sahay.v99');
  assert.equal((await socket.closed).code, 4406);
  const both = new TestSocket(core.socketUrl, {}, ['sahay.v99', 'sahay.v1']);
  await once(both.ws, 'open');
  assert.equal(both.ws.protocol, 'sahay.v1');
});

test('frames that are too large, no JSON, binary or out of turn close with their code', async (t) => {
  const core = await testCore(t);
  const { token } = await core.visitorToken();
  const closedAfter = async (frame: string | Buffer, hello = true): Promise<number> => {
    const socket = hello ? await TestSocket.hello(core.socketUrl, token) : new TestSocket(core.socketUrl);
    if (!hello) await once(socket.ws, 'open');
    socket.send(frame);
    return (await socket.closed).code;
  };
  const ping = JSON.stringify({ type: 'ping', pad: '' });
  const padded = (bytes: number): string => ping.replace('""', `"${'x'.repeat(bytes - ping.length)}"`);
  assert.equal(await closedAfter(padded(262_145)), 1009);
  assert.equal(await closedAfter('{"type":'), 4400);
  assert.equal(await closedAfter(Buffer.from([1, 2, 3])), 4400);
  assert.equal(await closedAfter(JSON.stringify({ type: 'hello', token })), 4400);
  assert.equal(await closedAfter(JSON.stringify({ type: 'subscribe', stream }), false), 4401);
  assert.equal(await closedAfter(ping, false), 4401);
  assert.equal(await closedAfter('null', false), 4400);
  const whole = await TestSocket.hello(core.socketUrl, token);
  whole.send(padded(262_144));
  await whole.next('pong');
});

test('a frame that is not valid is a problem, a command that is not valid is refused in its lane', async (t) => {
  const core = await testCore(t);
  const page = await TestSocket.hello(core.socketUrl, (await core.visitorToken()).token);
  for (const text of [
    '[]',
    '"hello"',
    '{}',
    '{"type":"subscribe"}',
    '{"type":"command","outboxId":"o 1","n":1}',
    '{"type":"command","outboxId":"o1","n":1.5,"command":{"type":"x"}}',
  ]) {
    page.send(text);
    assert.equal((await page.next('problem')).problem.code, 'invalid_frame', text);
  }
  await page.command(start());
  page.send(
    JSON.stringify({
      type: 'command',
      outboxId: 'o1',
      n: 2,
      command: { type: 'message.send', conversationId: 'c1', data: { parts: { toString: 1 } } },
    }),
  );
  assert.equal((await page.next('reject')).problem.code, 'invalid_command');
  page.send(
    JSON.stringify({
      type: 'command',
      outboxId: 'o1',
      n: 3,
      command: { type: 'constructor', conversationId: 'c1', data: {} },
    }),
  );
  assert.equal((await page.next('reject')).problem.code, 'unknown_command');
  assert.equal((await page.numbered(4, say('The lane goes on'))).type, 'ack');

  const deep = '['.repeat(120_000) + ']'.repeat(120_000);
  page.send(`{"type":"subscribe","stream":"${stream}","x":${deep}}`);
  assert.equal((await page.next('problem')).problem.code, 'invalid_frame');
  page.send(
    `{"type":"command","outboxId":"o1","n":5,"command":{"type":"message.send","conversationId":"c1","data":${deep}}}`,
  );
  assert.equal((await page.next('reject')).problem.code, 'invalid_command');
  assert.equal((await page.numbered(6, say('And on'))).type, 'ack');
});

test('empty and very long messages are refused, and the next one is taken', async (t) => {
  const core = await testCore(t);
  const page = await TestSocket.hello(core.socketUrl, (await core.visitorToken()).token);
  await page.command(start());
  const codeFor = async (text: string): Promise<string> => {
    const reply = await page.command(say(text));
    return reply.type === 'reject' ? reply.problem.code : 'ack';
  };
  assert.equal(await codeFor(''), 'message_empty');
  assert.equal(await codeFor('x'.repeat(100_000)), 'message_too_long');
  assert.equal(await codeFor('\u0000\ud800 <script>alert(1)</script> [x](javascript:alert(1))'), 'ack');
});

test('too many commands at once are refused for a while, and harm no other visitor', async (t) => {
  let now = Date.now();
  const core = await testCore(t, { tuning: { commandRate: { burst: 3, perSecond: 1 } }, clock: () => now });
  const [asha, mina] = await Promise.all([core.visitorToken(), core.visitorToken()]);
  const page = await TestSocket.hello(core.socketUrl, asha.token);
  await page.numbered(1, start());
  await page.numbered(2, say('One'));
  const second = await TestSocket.hello(core.socketUrl, asha.token);
  await second.numbered(3, say('Two', 'c1', 'cm2'));
  const limited = await page.numbered(4, say('Three', 'c1', 'cm3'));
  assert.equal(limited.type === 'reject' && limited.problem.code, 'rate_limited');
  assert.equal(limited.type === 'reject' && limited.problem.retryAfterMs, 1000);
  const other = await TestSocket.hello(core.socketUrl, mina.token);
  assert.equal((await other.numbered(1, start('c2'), 'o2')).type, 'ack');
  now += 1000;
  assert.equal((await page.numbered(4, say('Three', 'c1', 'cm3'))).type, 'ack');
});

test('a flood of frames is closed with 4429', async (t) => {
  const core = await testCore(t, { tuning: { frameRate: { burst: 20, perSecond: 1 } } });
  const page = await TestSocket.hello(core.socketUrl, (await core.visitorToken()).token);
  for (let i = 0; i < 30; i++) page.send({ type: 'ping' });
  assert.equal((await page.closed).code, 4429);
});

test('frames behind a hello that is being checked wait, up to two megabytes of them; more ends the connection', async (t) => {
  const core = await testCore(t, { tuning: unlimited });
  const { token } = await core.visitorToken();
  const checked = Promise.withResolvers<void>();
  const { verify } = core.identity;
  t.mock.method(core.identity, 'verify', async (given: string) => {
    await checked.promise;
    return verify(given);
  });
  const large = JSON.stringify({ type: 'ping', pad: 'x'.repeat(200_000) });
  const [patient, flood] = [new TestSocket(core.socketUrl), new TestSocket(core.socketUrl)];
  await Promise.all([once(patient.ws, 'open'), once(flood.ws, 'open')]);
  for (const socket of [patient, flood]) socket.send({ type: 'hello', token });
  for (let sent = 0; sent < 10; sent++) patient.send(large);
  for (let sent = 0; sent < 11; sent++) flood.send(large);
  assert.equal((await flood.closed).code, 4429);
  checked.resolve();
  await patient.next('welcome');
  for (let heard = 0; heard < 10; heard++) await patient.next('pong');
});

test('a token that runs out closes with 4401, unless a fresh one came before', async (t) => {
  let now = Date.now();
  const core = await testCore(t, { clock: () => now });
  const session = await core.identity.visitors.create();
  const [idle, fresh, speaks] = await Promise.all(
    [1, 2, 3].map(() => TestSocket.hello(core.socketUrl, session.accessToken)),
  );
  now += 10 * 60_000;
  const next = await core.identity.visitors.refresh(session.refreshSecret);
  fresh!.send({ type: 'token', token: next.accessToken });
  fresh!.send({ type: 'ping' });
  await fresh!.next('pong');
  now += 6 * 60_000;
  speaks!.send({ type: 'command', outboxId: 'o1', n: 1, command: start() });
  assert.equal((await speaks!.closed).code, 4401);
  core.peers.check();
  assert.equal((await idle!.closed).code, 4401);
  assert.equal((await fresh!.command(start())).type, 'ack');
});

test('a token of somebody else ends the connection for good; one that is refused asks for another', async (t) => {
  const core = await testCore(t);
  const [asha, eve] = await Promise.all([core.visitorToken(), core.visitorToken()]);
  const page = await TestSocket.hello(core.socketUrl, asha.token);
  page.send({ type: 'token', token: eve.token });
  assert.equal((await page.closed).code, 4410);
  const refused = new TestSocket(core.socketUrl);
  await once(refused.ws, 'open');
  refused.send({ type: 'hello', token: 'not a token' });
  assert.equal((await refused.next('problem')).problem.code, 'token_invalid');
  assert.equal((await refused.closed).code, 4401);
});

test('what was sent behind a token waits for what becomes of it', async (t) => {
  const core = await testCore(t);
  const [asha, eve] = await Promise.all([core.visitorToken(), core.visitorToken()]);
  const page = new TestSocket(core.socketUrl);
  await once(page.ws, 'open');
  page.send({ type: 'hello', token: asha.token });
  page.send({ type: 'token', token: eve.token });
  page.send({ type: 'command', outboxId: 'o1', n: 1, command: start() });
  assert.equal((await page.closed).code, 4410);
  assert.equal(await core.context.store.conversation('c1'), undefined);
  assert.deepEqual(
    page.frames.map(({ type }) => type),
    ['welcome'],
  );
});

test('nobody stays without a hello, and no dead peer stays at all', async (t) => {
  let now = Date.now();
  const core = await testCore(t, { clock: () => now });
  const silent = new TestSocket(core.socketUrl);
  await once(silent.ws, 'open');
  const { token } = await core.visitorToken();
  const dead = await TestSocket.hello(core.socketUrl, token, { autoPong: false });
  const alive = await TestSocket.hello(core.socketUrl, token);
  now += 10_000;
  core.peers.check();
  assert.equal((await silent.closed).code, 4408);
  for (let beat = 0; beat < 3; beat++) {
    now += 25_000;
    const pinged = once(alive.ws, 'ping');
    core.peers.check();
    await pinged;
    alive.send({ type: 'ping' });
    await alive.next('pong');
  }
  assert.equal((await dead.closed).code, 1006);
  assert.equal(core.peers.size, 1);
});

test('a reader that does not read is closed and can come back with its cursor', async (t) => {
  const core = await testCore(t, { tuning: { ...unlimited, maxBufferedBytes: 200_000 } });
  const asha = await core.visitorToken();
  const [writer, slow] = await Promise.all([1, 2].map(() => TestSocket.hello(core.socketUrl, asha.token)));
  await writer!.command(start());
  const { epoch } = await slow!.subscribe(stream);
  slow!.ws.pause();
  let isClosed = false;
  void slow!.closed.then(() => (isClosed = true));
  for (let n = 2; core.peers.size > 1 && n < 3_000; n++)
    assert.equal((await writer!.numbered(n, say('x'.repeat(15_000), 'c1', `cm${n}`))).type, 'ack');
  assert.equal(core.peers.size, 1);
  slow!.ws.resume();
  await slow!.closed;
  assert.equal(isClosed, true);
  const again = await TestSocket.hello(core.socketUrl, asha.token);
  assert.equal((await again.subscribe(stream, { stream, epoch, seq: 0 })).headSeq > 10, true);
});

test('a session that ends closes its sockets with 4410', async (t) => {
  const core = await testCore(t);
  const session = await core.identity.visitors.create();
  const page = await TestSocket.hello(core.socketUrl, session.accessToken);
  const { sessionId } = await core.identity.verify(session.accessToken);
  core.context.hub.endSession(sessionId!);
  assert.equal((await page.closed).code, 4410);
});

test('closing the server tells clients to come back', async (t) => {
  const core = await testCore(t);
  const page = await TestSocket.hello(core.socketUrl, (await core.visitorToken()).token);
  core.peers.close();
  assert.equal((await page.closed).code, 1012);
});
