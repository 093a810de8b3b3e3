import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { closeCodes, type Command, type LogEvent } from '@sahay/protocol';
import { testHttp, problemIn, type TestHttp } from './http/testing/test-http.ts';
import { say, start } from './storage/testing/temp-store.ts';
import type { TestCoreOptions } from './testing/test-core.ts';
import { post, postFrames, Refused, TestEvents, TestPoll } from './testing/test-http-line.ts';
import type { TestLine } from './testing/test-line.ts';
import { TestSocket } from './testing/test-socket.ts';

const stream = 'conversation:c1:public';
const unlimited = { commandRate: { burst: 1e6, perSecond: 1e6 }, frameRate: { burst: 1e6, perSecond: 1e6 } };
const rates = { requests: { burst: 1e6, perSecond: 1e6 } };

type Open = (http: TestHttp, token: string) => Promise<TestLine>;
const transports: Record<string, Open> = {
  websocket: (http, token) => TestSocket.hello(http.core.socketUrl, token),
  sse: (http, token) => TestEvents.open(http.url, token),
  'long-poll': (http, token) => TestPoll.open(http.url, token),
};

const serve = (t: TestContext, options: TestCoreOptions = {}) =>
  testHttp(t, { rates, ...options, tuning: { ...unlimited, ...options.tuning } });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const cursorAt = ({ stream, epoch, seq, id }: LogEvent) => ({ stream, epoch, seq, eventId: id });
const refusalOf = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
  return 'not refused';
};

for (const [name, open] of Object.entries(transports))
  describe(`over ${name}`, () => {
    it('a conversation goes both ways, and whoever comes back gets what was missed', async (t) => {
      const http = await serve(t);
      const [asha, rumi] = await Promise.all([http.core.visitorToken(), http.core.agentToken()]);
      const page = await open(http, asha.token);
      const [welcome] = page.frames;
      assert.ok(welcome?.type === 'welcome' && welcome.participant.id === asha.id);
      assert.equal(welcome.version, '1');
      assert.ok(welcome.capabilities?.includes('streaming'));
      assert.equal((await page.command(start())).type, 'ack');
      const { snapshot } = await page.subscribe(stream);
      assert.equal(snapshot?.kind === 'conversation' && snapshot.messages.length, 1);
      const desk = await open(http, rumi.token);
      await desk.subscribe('conversation:c1:staff');
      const accept: Command = { type: 'assignment.accept', conversationId: 'c1', data: {} };
      assert.equal((await desk.command(accept, 'o2')).type, 'ack');
      assert.equal((await desk.command(say('Here I am', 'c1', 'cm2'), 'o2')).type, 'ack');
      const isSaid = ({ event }: { event: LogEvent }, id: string): boolean =>
        event.type === 'message.created' && event.data.message.clientMessageId === id;
      const { event } = await page.next('event', (frame) => isSaid(frame, 'cm2'));
      page.close();
      assert.equal((await desk.command(say('Are you there?', 'c1', 'cm3'), 'o2')).type, 'ack');
      const again = await open(http, asha.token);
      assert.equal((await again.subscribe(stream, cursorAt(event))).recovered, true);
      await again.next('event', (frame) => isSaid(frame, 'cm3'));
      assert.equal(again.events(stream)[0]?.seq, event.seq + 1);
      assert.equal((await again.subscribe(stream, { stream, epoch: 'other', seq: 1 })).recovered, false);
      again.send({ type: 'unsubscribe', stream });
      again.send({ type: 'subscribe', stream: 'inbox:shop' });
      assert.equal((await again.next('problem')).problem.code, 'not_found');
      const heard = again.events(stream).length;
      await desk.command(say('Hello?', 'c1', 'cm4'), 'o2');
      again.send({ type: 'ping' });
      await again.next('pong');
      assert.equal(again.events(stream).length, heard);
      again.close();
      desk.close();
    });

    it('an erased conversation comes as a snapshot, wherever in its new epoch a reader says it stands', async (t) => {
      const http = await serve(t);
      const [asha, rumi] = await Promise.all([http.core.visitorToken(), http.core.agentToken()]);
      const [page, desk] = await Promise.all([open(http, asha.token), open(http, rumi.token)]);
      await page.command(start());
      await page.command(say('A secret'));
      await desk.subscribe(stream);
      const user = `user:${asha.id}` as const;
      await page.subscribe(user);
      assert.equal((await page.command({ type: 'data.erase', data: {} })).type, 'ack');
      const reader = await open(http, rumi.token);
      const { epoch, headSeq } = await reader.subscribe(stream);
      for (const place of [stream, user] as const) {
        const line = place === user ? await open(http, asha.token) : reader;
        const now = place === user ? (await line.subscribe(user)).epoch : epoch;
        const begin = await line.subscribe(place, { stream: place, epoch: now, seq: 0 });
        assert.equal(begin.recovered, false);
        if (begin.snapshot?.kind === 'conversation') {
          assert.ok(begin.snapshot.conversation.erasedAt);
          assert.deepEqual([begin.snapshot.messages, begin.snapshot.asOf.seq], [[], headSeq]);
        } else assert.deepEqual(begin.snapshot?.kind === 'user' && begin.snapshot.conversations, []);
        line.send({ type: 'ping' });
        await line.next('pong');
        assert.deepEqual(line.events(place), [], 'no event without contents was sent');
        line.close();
      }
      page.close();
      desk.close();
    });

    it('signals and the pieces of an answer come through, and typing reaches the other side', async (t) => {
      const http = await serve(t);
      const [asha, rumi] = await Promise.all([http.core.visitorToken(), http.core.agentToken()]);
      const [page, desk] = await Promise.all([open(http, asha.token), open(http, rumi.token)]);
      await page.command(start());
      await page.subscribe(stream);
      await desk.subscribe('conversation:c1:staff');
      page.send({ type: 'signal', signal: { type: 'typing', data: { conversationId: 'c1', active: true } } });
      const { signal } = await desk.next('signal', (frame) => frame.signal.type === 'typing');
      assert.equal(signal.type === 'typing' && signal.data.participantId, asha.id);
      page.close();
      desk.close();
    });

    it('a fresh token extends it, one of somebody else ends it, one that ran out asks for another', async (t) => {
      let now = Date.now();
      const http = await serve(t, { clock: () => now });
      const session = await http.core.identity.visitors.create();
      const eve = await http.core.visitorToken();
      const [idle, fresh, stolen] = await Promise.all([1, 2, 3].map(() => open(http, session.accessToken)));
      stolen!.send({ type: 'token', token: eve.token });
      assert.equal((await stolen!.closed).code, 4410);
      now += 10 * 60_000;
      const next = await http.core.identity.visitors.refresh(session.refreshSecret);
      fresh!.send({ type: 'token', token: next.accessToken });
      fresh!.send({ type: 'ping' });
      await fresh!.next('pong');
      now += 6 * 60_000;
      http.core.peers.check();
      assert.deepEqual(await idle!.closed, { code: 4401, reason: closeCodes[4401].reason });
      assert.equal((await fresh!.command(start())).type, 'ack');
      fresh!.close();
    });

    it('the end of a session and of the server are told with their codes', async (t) => {
      const http = await serve(t);
      const session = await http.core.identity.visitors.create();
      const { sessionId } = await http.core.identity.verify(session.accessToken);
      const page = await open(http, session.accessToken);
      const other = await open(http, (await http.core.visitorToken()).token);
      http.core.context.hub.endSession(sessionId!);
      assert.equal((await page.closed).code, 4410);
      http.core.peers.close();
      assert.equal((await other.closed).code, 1012);
      assert.equal(http.core.peers.size, 0);
    });

    it('a reader that does not read is closed, and its memory is bounded', async (t) => {
      const http = await serve(t, { tuning: { maxBufferedBytes: 200_000 } });
      const asha = await http.core.visitorToken();
      const writer = await TestSocket.hello(http.core.socketUrl, asha.token);
      await writer.command(start());
      const slow = await slowReader(name, http, asha.token);
      for (let n = 2; http.core.peers.size > 1 && n < 3_000; n++)
        assert.equal((await writer.numbered(n, say('x'.repeat(15_000), 'c1', `cm${n}`))).type, 'ack');
      assert.equal(http.core.peers.size, 1);
      slow();
      const again = await open(http, asha.token);
      assert.ok((await again.subscribe(stream)).headSeq > 10);
      again.close();
      writer.close();
    });
  });

/** Subscribes, then takes nothing. Returns how to let go. */
async function slowReader(name: string, http: TestHttp, token: string): Promise<() => void> {
  if (name === 'long-poll') {
    const line = await TestPoll.open(http.url, token, { isRunning: false });
    await postFrames(http.url, token, [{ type: 'subscribe', stream }], line.connection);
    return () => line.close();
  }
  if (name === 'websocket') {
    const socket = await TestSocket.hello(http.core.socketUrl, token);
    await socket.subscribe(stream);
    socket.ws.pause();
    return () => socket.ws.terminate();
  }
  const stop = new AbortController();
  await fetch(`${http.url}/v1/events?stream=${stream}`, { headers: bearer(token), signal: stop.signal });
  return () => stop.abort();
}

describe('an event stream', () => {
  it('has ids on durable events alone; from the last of them all streams go on, and nothing comes twice', async (t) => {
    const http = await serve(t);
    const asha = await http.core.visitorToken();
    const writer = await TestSocket.hello(http.core.socketUrl, asha.token);
    await writer.command(start());
    const page = await TestEvents.open(http.url, asha.token, `?stream=${stream}&stream=user:${asha.id}`);
    assert.match(page.contentType, /^text\/event-stream/);
    await page.next('subscribed', (frame) => frame.stream === `user:${asha.id}`);
    await writer.command(say('One'));
    await writer.command(start('c2'));
    await writer.command(say('Two', 'c1', 'cm2'));
    await page.next('event', ({ event }) => event.stream.startsWith('user:'));
    await page.next('event', ({ event }) => event.type === 'message.created' && event.stream === stream);
    assert.ok(page.frames.some((frame) => frame.type === 'subscribed' || frame.type === 'signal'));
    assert.equal(page.ids.length, page.frames.filter((frame) => frame.type === 'event').length);
    assert.ok(page.ids.every(({ type }) => type === 'event'));
    const last = page.frames.findLast((frame) => frame.type === 'event')!.event;
    page.close();
    await writer.command(say('Three', 'c1', 'cm3'));
    for (const [query, headers] of [
      ['', { 'last-event-id': page.ids.at(-1)!.id }],
      [`?cursor=${page.ids.at(-1)!.id}`, {}],
    ] as const) {
      const again = await TestEvents.open(http.url, asha.token, query, headers);
      const subscribed = [await again.next('subscribed'), await again.next('subscribed')];
      assert.deepEqual(
        subscribed.map((frame) => frame.recovered),
        [true, true],
      );
      assert.deepEqual(
        new Set(subscribed.map((frame) => frame.stream)),
        new Set([stream, `user:${asha.id}`]),
      );
      const isThird = (event: LogEvent) =>
        event.type === 'message.created' && event.data.message.clientMessageId === 'cm3';
      if (!again.events(stream).some(isThird)) await again.next('event', ({ event }) => isThird(event));
      assert.equal(again.events(stream)[0]?.seq, last.seq + 1);
      assert.equal(again.events(`user:${asha.id}`).length, 0);
      again.close();
    }
    for (const id of ['x', 'W10K!', 'a'.repeat(9_000), Buffer.from('[{"seq":-1}]').toString('base64url')])
      assert.equal(
        await problemIn(await http.get(`/v1/events?cursor=${id}`, { headers: bearer(asha.token) })),
        '400 cursor_invalid',
      );
  });

  it('shows by comments that it is there, and finds out who is dead', async (t) => {
    let now = Date.now();
    const http = await serve(t, { clock: () => now });
    const { token } = await http.core.visitorToken();
    const [listens, speaks, dead] = await Promise.all([1, 2, 3].map(() => TestEvents.open(http.url, token)));
    for (const one of [speaks!, dead!]) {
      one.send({ type: 'ping' });
      await one.next('pong');
    }
    for (let beat = 1; beat <= 3; beat++) {
      now += 25_000;
      http.core.peers.check();
      speaks!.send({ type: 'ping' });
      await speaks!.next('pong');
      while (listens!.comments < beat) await pause(5);
    }
    assert.equal((await dead!.closed).code, 1006);
    assert.equal(http.core.peers.size, 2);
    listens!.close();
    while (http.core.peers.size > 1) await pause(5);
    speaks!.close();
  });
});

describe('a poll', () => {
  it('is answered with nothing after its time, at once when something comes, and again when an answer was lost', async (t) => {
    const http = await serve(t);
    const asha = await http.core.visitorToken();
    const line = await TestPoll.open(http.url, asha.token, { isRunning: false });
    const began = performance.now();
    assert.deepEqual(await line.poll(200), { connection: line.connection, cursor: 1, frames: [] });
    assert.ok(performance.now() - began >= 190);
    await postFrames(http.url, asha.token, [{ type: 'command', outboxId: 'o', n: 1, command: start() }]);
    const [waiting] = await Promise.all([
      line.poll(20_000),
      postFrames(http.url, asha.token, [{ type: 'subscribe', stream }], line.connection),
    ]);
    assert.ok(waiting.frames.length > 0 && performance.now() - began < 10_000);
    const { cursor } = line;
    await postFrames(http.url, asha.token, [{ type: 'command', outboxId: 'o', n: 2, command: say('One') }]);
    const lost = await line.poll(5_000);
    line.cursor = cursor;
    const again = await line.poll(5_000);
    assert.deepEqual(again.frames.slice(0, lost.frames.length), lost.frames);
    await line.poll(0);
    line.cursor = cursor;
    assert.equal(await refusalOf(line.poll(0)), '400 cursor_invalid');
    line.cursor = 999;
    assert.equal(await refusalOf(line.poll(0)), '400 cursor_invalid');
  });

  it('that is followed by none leaves nothing behind', async (t) => {
    let now = Date.now();
    const http = await serve(t, { clock: () => now });
    const { token } = await http.core.visitorToken();
    const [dead, alive] = await Promise.all(
      [1, 2].map(() => TestPoll.open(http.url, token, { isRunning: false })),
    );
    await Promise.all([dead!.poll(0), alive!.poll(0)]);
    for (let beat = 0; beat < 3; beat++) {
      now += 25_000;
      http.core.peers.check();
      await alive!.poll(0);
    }
    assert.equal(http.core.peers.size, 1);
    now += 31_000;
    http.core.peers.check();
    assert.equal(await refusalOf(dead!.poll(0)), '404 connection_unknown');
  });

  it('whose reader hangs up while it waits ends the connection, unless another follows soon', async (t) => {
    const http = await serve(t, { tuning: { pollGraceMs: 300 } });
    const { token } = await http.core.visitorToken();
    const open = () => TestPoll.open(http.url, token, { isRunning: false });
    const [gone, back] = [await open(), await open()];
    const hangsUp = async ({ connection, cursor }: TestPoll): Promise<void> => {
      const stop = new AbortController();
      const waiting = post(`${http.url}/v1/poll`, token, { connection, cursor }, stop.signal);
      setTimeout(() => stop.abort(), 50);
      await assert.rejects(waiting, { name: 'AbortError' });
    };
    await hangsUp(back);
    await back.poll(0);
    // On a busy machine a poll may be given up before the server has heard of it.
    for (let tries = 0; tries < 10 && http.core.peers.size > 1; tries++) {
      await hangsUp(gone);
      for (let look = 0; look < 50 && http.core.peers.size > 1; look++) await pause(20);
    }
    assert.equal(http.core.peers.size, 1);
    assert.equal(await refusalOf(postFrames(http.url, token, [], gone.connection)), '404 connection_unknown');
    await pause(300);
    await back.poll(0);
  });

  it('of a participant with too many connections ends the oldest', async (t) => {
    const http = await serve(t);
    const { token } = await http.core.visitorToken();
    const first = await TestPoll.open(http.url, token, { isRunning: false });
    for (let n = 0; n < 50; n++) await post(`${http.url}/v1/poll`, token, {});
    assert.equal((await first.poll(0)).close?.code, 4429);
    assert.equal(http.core.peers.size, 50);
  });
});

describe('frames that are posted', () => {
  const numbered = (n: number, command: Command) => ({ type: 'command', outboxId: 'o1', n, command });

  it('need no connection for commands; duplicates get the first answer, parallel ones stay in order', async (t) => {
    const http = await serve(t);
    const asha = await http.core.visitorToken();
    const send = (...frames: unknown[]) => postFrames(http.url, asha.token, frames);
    const [first] = await send(numbered(1, start()));
    assert.deepEqual((await send(numbered(1, start())))[0], first);
    const sent = [];
    for (let n = 9; n >= 2; n--) {
      sent.push(send(numbered(n, say(`Message ${n}`, 'c1', `cm${n}`))));
      await pause(15);
    }
    const replies = (await Promise.all(sent)).flat();
    assert.deepEqual(
      replies.map((reply) => reply.type),
      Array(8).fill('ack'),
    );
    const { messages } = await http.core.context.store.history('c1', { limit: 50 });
    assert.deepEqual(
      messages.flatMap(({ clientMessageId }) => clientMessageId ?? []),
      [2, 3, 4, 5, 6, 7, 8, 9].map((n) => `cm${n}`),
    );
    const [other] = await send(numbered(9, say('Something else', 'c1', 'cm9')));
    assert.equal(other?.type === 'reject' && other.problem.status, 422);
    const began = performance.now();
    const [hole] = await send(numbered(11, say('Too soon', 'c1', 'cm11')));
    assert.equal(hole?.type === 'reject' && hole.problem.expected, 10);
    assert.ok(performance.now() - began >= 900, 'it waits a moment for what is missing');
    const needs = await send({ type: 'subscribe', stream }, { type: 'ping' }, { type: 'nonsense' });
    assert.deepEqual(
      needs.map((frame) => frame.type === 'problem' && frame.problem.code),
      ['connection_unknown', 'connection_unknown', 'invalid_frame'],
    );
  });

  it('are refused without a token, with another’s connection, and when there is too much', async (t) => {
    const http = await testHttp(t, { tuning: { frameRate: { burst: 120, perSecond: 1 } } });
    const [asha, eve] = await Promise.all([http.core.visitorToken(), http.core.visitorToken()]);
    const line = await TestPoll.open(http.url, asha.token, { isRunning: false });
    const ping = { type: 'ping' };
    const refused = (body: unknown, token = asha.token) =>
      refusalOf(post(`${http.url}/v1/frames`, token, body));
    assert.equal(await refused({ frames: [ping] }, 'none'), '401 token_invalid');
    assert.equal(await problemIn(await http.post('/v1/frames', { frames: [] })), '401 unauthenticated');
    assert.equal(
      await refused({ frames: [ping], connection: line.connection }, eve.token),
      '404 connection_unknown',
    );
    assert.equal(await refused({ frames: [ping], connection: 'none' }), '404 connection_unknown');
    assert.equal(await refused({ frames: ping }), '400 invalid_frame');
    assert.equal(await refused({ frames: Array(101).fill(ping) }), '400 invalid_frame');
    assert.equal(await refused({ frames: [ping], connection: 7 }), '400 invalid_frame');
    const padded = (bytes: number) => ({
      ...ping,
      pad: 'x'.repeat(bytes - JSON.stringify({ ...ping, pad: '' }).length),
    });
    assert.equal(await refused({ frames: [padded(262_145)] }), '413 frame_too_large');
    assert.equal(await refused({ frames: [padded(600_000)] }), '413 frame_too_large');
    assert.deepEqual(await postFrames(http.url, asha.token, [padded(262_144)], line.connection), []);
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    const raw = `{"frames":[{"type":"ping","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}]}`;
    assert.ok(deep);
    const nested = await http.get('/v1/frames', { method: 'POST', body: raw, headers: bearer(asha.token) });
    assert.equal(nested.status, 200);
    assert.equal((await postFrames(http.url, asha.token, Array(100).fill(ping), line.connection)).length, 0);
    assert.equal(
      await refused({ frames: Array(100).fill(ping), connection: line.connection }),
      '429 rate_limited',
    );
    assert.equal((await line.poll(0)).close?.code ?? (await line.poll(0)).close?.code, 4429);
  });

  it('and streams and polls are for listed sites alone, and for versions that both speak', async (t) => {
    const http = await serve(t, { config: { allowOrigins: 'https://shop.example' } });
    const { token } = await http.core.visitorToken();
    for (const [path, method] of [
      ['/v1/events', 'GET'],
      ['/v1/poll', 'POST'],
      ['/v1/frames', 'POST'],
    ] as const) {
      const ask = (origin: string) =>
        http.get(path, {
          method,
          headers: { ...bearer(token), origin },
          ...(method === 'POST' && { body: '{}' }),
        });
      assert.equal(await problemIn(await ask('https://evil.example')), '403 origin_refused');
      const allowed = await ask('https://shop.example');
      assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://shop.example');
      await allowed.body?.cancel();
    }
    const preflight = await http.get('/v1/events', {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example' },
    });
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Last-Event-ID/);
    const events = await http.get('/v1/events?versions=7,8', { headers: bearer(token) });
    assert.equal(await problemIn(events), '406 unsupported_version');
    assert.equal(
      await refusalOf(post(`${http.url}/v1/poll`, token, { versions: ['7'] })),
      '406 unsupported_version',
    );
    await post(`${http.url}/v1/poll`, token, { versions: ['7', '1'] });
    const socket = new TestSocket(http.core.socketUrl);
    socket.ws.on('open', () => socket.send({ type: 'hello', token, versions: ['7'] }));
    assert.equal((await socket.next('problem')).problem.code, 'unsupported_version');
    assert.equal((await socket.closed).code, 4406);
  });

  it('are told of in the discovery document', async (t) => {
    const http = await serve(t);
    const discovery = (await (await http.get('/.well-known/sahay')).json()) as Record<string, unknown>;
    assert.deepEqual(discovery['transports'], ['websocket', 'sse', 'long-poll']);
    assert.deepEqual(discovery['endpoints'], {
      api: '/v1',
      socket: '/v1/socket',
      events: '/v1/events',
      poll: '/v1/poll',
      frames: '/v1/frames',
    });
  });
});
