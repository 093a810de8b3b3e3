// The published OpenAPI and AsyncAPI documents, held to what this server really has and really answers.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientFrame, MessagePage, PollAnswer, Session } from '@sahay/protocol';
import { png } from '../attachments/testing/sample-files.ts';
import { Knowledge } from '../knowledge/index.ts';
import { MailLinks } from '../mail/mail-links.ts';
import { socketPath } from '../socket/socket-server.ts';
import { say, start } from '../storage/testing/temp-store.ts';
import { testCore } from '../testing/test-core.ts';
import { TestSocket } from '../testing/test-socket.ts';
import { createHttpApp } from './index.ts';
import { PublishedDocument } from './testing/published-document.ts';
import { documentedRoutes, openApi, RecordedExchanges } from './testing/recorded-exchanges.ts';
import { testHttp, type Person } from './testing/test-http.ts';

interface AsyncApi {
  channels: Record<string, { address: string }>;
  components: { messages: Record<string, { payload: { $ref: string } }>; schemas: object };
}
const publishedAsyncApi = new PublishedDocument<AsyncApi>('asyncapi');
const asyncApi = publishedAsyncApi.content;

test('every route of the server is in the OpenAPI document, and the other way round', async (t) => {
  const core = await testCore(t);
  const { context, identity, peers } = core;
  const app = await createHttpApp(context, { identity, knowledge: new Knowledge([]), peers });
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && /^\/(v1|healthz|\.well-known)(\/|$)/.test(path))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`);
  assert.deepEqual([...new Set(routes)].sort(), documentedRoutes().sort());
  assert.ok(Object.values(asyncApi.channels).some(({ address }) => address === socketPath));
});

const json = (body: unknown, headers: Record<string, string> = {}): Omit<RequestInit, 'method'> => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});

test('what every route takes and answers is what the OpenAPI document says', async (t) => {
  const http = await testHttp(t, { tuning: { pollGraceMs: 60_000 } });
  const recorded = new RecordedExchanges(http.url);
  await askInPublic(recorded);
  await askAsVisitor(recorded, http);
  await askForData(recorded, http);
  await askByEmail(recorded, http);
  await askAsAgent(recorded, http);
  await askWithoutSocket(recorded, http);
  const successes = Object.values(openApi.paths).flatMap((item) =>
    Object.values(item).flatMap(({ operationId, responses }) =>
      Object.keys(responses ?? {})
        .filter((status) => status.startsWith('2'))
        .map((status) => `${operationId} ${status}`),
    ),
  );
  assert.deepEqual(
    successes.filter((success) => !recorded.seen.has(success)),
    [],
    'each documented success was answered',
  );
});

type TestHttp = Awaited<ReturnType<typeof testHttp>>;

async function askInPublic(recorded: RecordedExchanges): Promise<void> {
  await recorded.ask('GET /healthz');
  await recorded.ask('GET /.well-known/sahay');
  await recorded.ask('GET /.well-known/sahay', { headers: { origin: 'https://evil.example' } });
  await recorded.ask('GET /v1/welcome?locale=bn');
  await recorded.ask('GET /v1/articles/en/refunds?locale=bn');
  await recorded.ask('GET /v1/articles/en/nothing');
}

async function askByEmail(recorded: RecordedExchanges, http: TestHttp): Promise<void> {
  const { context } = http.core;
  const asha = await http.visitor();
  await asha.run(start('c7'));
  const links = new MailLinks(context.secrets.mailLinks, context.clock);
  const { token } = links.continuation({ conversationId: 'c7', visitorId: asha.actor.id });
  await recorded.ask('POST /v1/continuations', json({ token }));
  await recorded.ask('POST /v1/continuations', json({ token: 'x' }));
  const { token: gone } = links.continuation({ conversationId: 'c0', visitorId: 'v' });
  await recorded.ask('POST /v1/continuations', json({ token: gone }));
  const address = `/v1/mail/unsubscribe?token=${links.unsubscribe('asha@example.org')}`;
  await recorded.ask(`GET ${address}`);
  await recorded.ask(`GET ${address}x`);
  await recorded.ask(`POST ${address}`);
}

async function askForData(recorded: RecordedExchanges, http: TestHttp): Promise<void> {
  const omar = await http.visitor();
  await omar.run(start('c8'));
  const mine = { headers: omar.headers };
  await recorded.ask('GET /v1/conversations/c8/transcript', mine);
  for (const format of ['html', 'text', 'pdf'])
    await recorded.ask(`GET /v1/conversations/c8/transcript?format=${format}&locale=bn`, mine);
  await recorded.ask('GET /v1/conversations/c9/transcript', mine);
  const { exportId } = await omar.run({ type: 'data.export', data: {} });
  await recorded.ask(`GET /v1/exports/${exportId}`, mine);
  await recorded.ask('GET /v1/exports/nothing', mine);
  const { receiptId } = await omar.run({ type: 'data.erase', data: {} });
  await recorded.ask(`GET /v1/erasures/${receiptId}`, mine);
  await recorded.ask('GET /v1/erasures/nothing', mine);
}

async function askInPieces(recorded: RecordedExchanges, asha: Person, bytes: Uint8Array): Promise<void> {
  for (const attachmentId of ['f5', 'f6'])
    await asha.run({
      type: 'attachment.create',
      conversationId: 'c1',
      data: { attachmentId, name: 'a.png', mediaType: 'image/png', size: bytes.length },
    });
  const from = (offset: string, body: Uint8Array) => ({
    headers: { ...asha.headers, 'upload-offset': offset },
    body: body as unknown as BodyInit,
  });
  await recorded.ask('PATCH /v1/attachments/f5/content', from('0', bytes.subarray(0, 10)));
  await recorded.ask('PATCH /v1/attachments/f5/content', from('5', bytes));
  await recorded.ask('PATCH /v1/attachments/f5/content', from('five', bytes));
  await recorded.ask('PATCH /v1/attachments/f5/content', from('10', bytes.subarray(10)));
  await recorded.ask('DELETE /v1/attachments/f6/content', { headers: asha.headers });
  await recorded.ask('DELETE /v1/attachments/f9/content', { headers: asha.headers });
}

async function askAsVisitor(recorded: RecordedExchanges, http: TestHttp): Promise<void> {
  const session = (await recorded.ask('POST /v1/sessions', json({}))) as Session;
  await recorded.ask('POST /v1/sessions', { body: 'x'.repeat(65_537) });
  await recorded.ask('POST /v1/sessions', { body: '[]' });
  await recorded.ask('POST /v1/sessions/refresh', json({ refreshSecret: session.refreshSecret }));
  await recorded.ask('POST /v1/sessions/refresh', json({ refreshSecret: 'nobody' }));
  const asha = await http.visitor();
  await asha.run(start('c1'));
  for (const n of [1, 2, 3]) await asha.run(say(`Message ${n}`, 'c1', `cm${n}`));
  const mine = { headers: asha.headers };
  const page = (await recorded.ask('GET /v1/conversations/c1/messages?limit=2', mine)) as MessagePage;
  await recorded.ask(`GET /v1/conversations/c1/messages?before=${encodeURIComponent(page.earlier!)}`, mine);
  await recorded.ask('GET /v1/conversations/c1/messages?limit=none', mine);
  await recorded.ask('GET /v1/conversations/c1/messages?before=garbage', mine);
  const [first] = page.messages;
  const around = (await recorded.ask(
    `GET /v1/conversations/c1/messages?around=${first!.id}&limit=1`,
    mine,
  )) as MessagePage;
  await recorded.ask(`GET /v1/conversations/c1/messages?after=${encodeURIComponent(around.later!)}`, mine);
  await recorded.ask('GET /v1/conversations/c1/messages?around=nobody', mine);
  await recorded.ask('GET /v1/conversations/c2/messages', mine);
  await recorded.ask('GET /v1/conversations/c1/messages');
  const search = (q: string): string => `GET /v1/conversations/c1/search?q=${q}`;
  await recorded.ask(`${search('message')}&before=${encodeURIComponent(page.earlier!)}`, mine);
  await recorded.ask(`${search('message')}&before=garbage`, mine);
  await recorded.ask(search('%20'), mine);
  await recorded.ask('GET /v1/conversations/c2/search?q=message', mine);
  await recorded.ask(search('message'));
  const bytes = png(64, 48);
  const announced = { name: 'a.png', mediaType: 'image/png', size: bytes.length };
  for (const attachmentId of ['f1', 'f2'])
    await asha.run({
      type: 'attachment.create',
      conversationId: 'c1',
      data: { attachmentId, ...announced },
    });
  await recorded.ask('PUT /v1/attachments/f1/content', { ...mine, body: bytes as unknown as BodyInit });
  await recorded.ask('PUT /v1/attachments/f2/content', { ...mine, body: 'no picture' });
  await recorded.ask('PUT /v1/attachments/f3/content', { ...mine, body: 'nothing announced' });
  await askInPieces(recorded, asha, bytes);
  const link = (await recorded.ask('POST /v1/attachments/f1/link', mine)) as { url: string };
  await recorded.ask('POST /v1/attachments/f3/link', mine);
  await recorded.ask(`GET ${link.url}`);
  await recorded.ask(`GET ${link.url}0`);
}

async function askWithoutSocket(recorded: RecordedExchanges, http: TestHttp): Promise<void> {
  const { headers } = await http.visitor();
  const opened = (await recorded.ask('POST /v1/poll', json({ versions: ['1'] }, headers))) as PollAnswer;
  const { connection, cursor } = opened;
  await recorded.ask('POST /v1/poll', json({ connection, cursor, waitMs: 1 }, headers));
  await recorded.ask('POST /v1/poll', json({ connection, cursor: 99 }, headers));
  await recorded.ask('POST /v1/poll', json({ versions: ['7'] }, headers));
  await recorded.ask('POST /v1/frames', json({ connection, frames: [{ type: 'ping' }] }, headers));
  await recorded.ask('POST /v1/frames', json({ connection: 'none', frames: [] }, headers));
  await recorded.ask('POST /v1/frames', json({ frames: 7 }, headers));
  await recorded.ask('POST /v1/frames', json({ frames: [] }));
  await recorded.ask('GET /v1/events?cursor=garbage', { headers });
  const reading = recorded.ask('GET /v1/events?stream=user:none&versions=1', { headers });
  const deadline = Date.now() + 10_000;
  while (http.core.peers.size < 2) {
    assert.ok(Date.now() < deadline, 'the event stream was opened');
    await pause(5);
  }
  http.core.peers.close();
  await reading;
}

async function askAsAgent(recorded: RecordedExchanges, http: TestHttp): Promise<void> {
  const code = new URL(await http.core.identity.signInUrl(http.url)).hash.slice('#sign-in='.length);
  const signedIn = await http.post('/v1/agents/sign-in', { code, name: 'Mina' });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  await recorded.ask('POST /v1/agents/sign-in', json({ code }));
  const { accessToken } = (await recorded.ask('POST /v1/agents/token', { headers: { cookie } })) as {
    accessToken: string;
  };
  const headers = { authorization: `Bearer ${accessToken}` };
  const { signInUrl } = (await recorded.ask('POST /v1/agents', json({ name: 'Rina' }, headers))) as {
    signInUrl: string;
  };
  await recorded.ask(
    'POST /v1/agents/sign-in',
    json({ code: new URL(signInUrl).hash.slice('#sign-in='.length) }),
  );
  await recorded.ask('POST /v1/agents', json({ name: ' ' }, headers));
  await recorded.ask('POST /v1/agents', json({ name: 'Eve' }, (await http.visitor()).headers));
  await recorded.ask('GET /v1/insights?days=7', { headers });
  await recorded.ask('GET /v1/insights?days=0', { headers });
  const replies = [{ id: 'thanks', title: 'Thanks', text: 'Thank you.' }];
  await recorded.ask('PUT /v1/canned-replies', json({ replies }, headers));
  await recorded.ask('GET /v1/canned-replies', { headers });
  const hours = { timeZone: 'Asia/Dhaka', week: { monday: [{ from: '09:00', to: '17:00' }] } };
  await recorded.ask('PUT /v1/hours', json({ hours }, headers));
  await recorded.ask('PUT /v1/hours', json({ hours: { ...hours, timeZone: 'Mars' } }, headers));
  await recorded.ask('GET /v1/hours', { headers });
  await recorded.ask('PATCH /v1/settings', json({ survey: { kind: 'nps' }, unset: ['email'] }, headers));
  await recorded.ask('PATCH /v1/settings', json({ survey: { kind: 'stars' } }, headers));
  await recorded.ask('GET /v1/settings', { headers });
  await recorded.ask('POST /v1/agents/sign-out', { headers: { cookie } });
  await recorded.ask('POST /v1/agents/token', { headers: { cookie } });
}

test('an exchange that is not in the document is caught', async (t) => {
  const http = await testHttp(t);
  const recorded = new RecordedExchanges(http.url);
  await assert.rejects(recorded.ask('GET /v1/nothing'), /is not in the document/);
  await assert.rejects(recorded.ask('GET /v1/welcome?language=bn'), /no parameter "language"/);
  await assert.rejects(recorded.ask('POST /v1/agents/token', json({})), /the document has no body/);
  assert.match(
    publishedAsyncApi.errorIn('#/components/schemas/WelcomeFrame', { type: 'welcome' }) ?? '',
    /participant/,
  );
});

test('asking too often is answered as the OpenAPI document says', async (t) => {
  const http = await testHttp(t, { rates: { sessions: { burst: 1, perSecond: 0.01 } } });
  const recorded = new RecordedExchanges(http.url);
  await recorded.ask('POST /v1/sessions', json({}));
  await recorded.ask('POST /v1/sessions', json({}));
  assert.ok(recorded.seen.has('createSession 429'));
});

test('every frame of a real exchange is a message of the AsyncAPI document, valid by its payload', async (t) => {
  const { sent, received } = await talk(t);
  const seen = new Set<string>();
  for (const frame of [...sent, ...received]) {
    const message = asyncApi.components.messages[frame.type];
    assert.ok(message, `${frame.type} is not in the document`);
    assert.equal(publishedAsyncApi.errorIn(message.payload.$ref, frame), undefined, frame.type);
    seen.add(frame.type);
  }
  const frames = Object.entries(asyncApi.components.messages)
    .filter(([, { payload }]) => payload.$ref.endsWith('Frame'))
    .map(([type]) => type);
  assert.deepEqual(
    frames.filter((type) => !seen.has(type)),
    [],
    'frames that the exchange did not show',
  );
});

/** An exchange in which every type of frame travels. */
async function talk(t: TestContext) {
  const core = await testCore(t);
  const session = await core.identity.visitors.create();
  const socket = new TestSocket(core.socketUrl);
  const sent: ClientFrame[] = [];
  const send = (frame: ClientFrame): void => {
    sent.push(frame);
    socket.send(frame);
  };
  await once(socket.ws, 'open');
  const stream = 'conversation:c1:public';
  send({ type: 'hello', token: session.accessToken, client: { name: 'test', version: '1' } });
  await socket.next('welcome');
  send({ type: 'subscribe', stream });
  await socket.next('problem');
  send({ type: 'command', outboxId: 'o1', n: 1, command: start() });
  await socket.next('ack');
  send({ type: 'subscribe', stream });
  const { epoch } = await socket.next('subscribed');
  send({ type: 'subscribe', stream, cursor: { stream, epoch, seq: 0 } });
  await socket.next('signal');
  send({ type: 'command', outboxId: 'o1', n: 3, command: say('Too early') });
  await socket.next('reject');
  send({ type: 'signal', signal: { type: 'typing', data: { conversationId: 'c1', active: true } } });
  send({ type: 'token', token: (await core.identity.visitors.refresh(session.refreshSecret)).accessToken });
  send({ type: 'command', outboxId: 'o1', n: 2, command: say('Hello') });
  await socket.next('event');
  send({ type: 'unsubscribe', stream });
  send({ type: 'ping' });
  await socket.next('pong');
  socket.close();
  return { sent, received: socket.frames };
}
