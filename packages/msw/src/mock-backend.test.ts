import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { HoursAnswer, Problem, ServerFrame, Session, SettingsAnswer, Welcome } from '@sahay/protocol';
import { setupServer } from 'msw/node';
import { createMockBackend, ScriptError, type MockBackend } from './index.ts';

const url = 'http://support.test';
const server = setupServer();
before(() => server.listen({ onUnhandledFrame: 'error' }));
after(() => server.close());

let mock: MockBackend;
let sockets: WebSocket[] = [];
beforeEach(() => {
  mock = createMockBackend({ url, greeting: () => [{ partId: 'hi', type: 'text', text: 'Welcome' }] });
  server.use(...mock.handlers);
});
afterEach(() => {
  for (const socket of sockets) socket.close();
  sockets = [];
  server.resetHandlers();
});

/** A bare socket that keeps what it hears and can wait for a frame. */
async function connect(token?: string) {
  const accessToken =
    token ??
    ((await (await fetch(`${url}/v1/sessions`, { method: 'POST', body: '{}' })).json()) as Session)
      .accessToken;
  const socket = new WebSocket('ws://support.test/v1/socket', 'sahay.v1');
  sockets.push(socket);
  const heard: ServerFrame[] = [];
  const waiting = new Set<() => void>();
  socket.addEventListener('message', (event) => {
    heard.push(JSON.parse(String(event.data)) as ServerFrame);
    for (const check of waiting) check();
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const send = (frame: object): void => socket.send(JSON.stringify(frame));
  const until = (fits: (frame: ServerFrame) => boolean): Promise<ServerFrame> =>
    new Promise((resolve) => {
      const check = (): void => {
        const frame = heard.find(fits);
        if (!frame) return;
        waiting.delete(check);
        resolve(frame);
      };
      waiting.add(check);
      check();
    });
  send({ type: 'hello', token: accessToken });
  await until((frame) => frame.type === 'welcome');
  return { socket, send, heard, until };
}

const start = {
  type: 'command',
  outboxId: 'o1',
  n: 1,
  command: { type: 'conversation.start', conversationId: 'c1', data: { locale: 'en' } },
};
const hello = {
  type: 'command',
  outboxId: 'o1',
  n: 2,
  command: {
    type: 'message.send',
    conversationId: 'c1',
    data: { clientMessageId: 'm1', parts: [{ partId: 'p', type: 'text', text: 'Hello' }] },
  },
};

test('a visitor starts a conversation over HTTP and WebSocket, and a scripted bot answers in pieces', async () => {
  const visitor = await connect();
  visitor.send(start);
  await visitor.until((frame) => frame.type === 'ack' && frame.n === 1);
  visitor.send({ type: 'subscribe', stream: 'conversation:c1:public' });
  visitor.send(hello);
  await visitor.until((frame) => frame.type === 'ack' && frame.n === 2);

  assert.deepEqual(mock.conversationIds(), ['c1']);
  const answer = mock.bot.stream('c1');
  answer.write('Hi ');
  answer.write('there');
  answer.end();
  const done = await visitor.until(
    (frame) => frame.type === 'event' && frame.event.type === 'message.completed',
  );
  assert.equal(
    done.type === 'event' && done.event.type === 'message.completed' && done.event.data.parts[0]?.type,
    'text',
  );
  const deltas = visitor.heard.flatMap((frame) =>
    frame.type === 'signal' && frame.signal.type === 'message.delta' ? [frame.signal.data.index] : [],
  );
  assert.deepEqual(deltas, [0, 1]);
});

test('a reader resumes from its cursor, and gets a snapshot when the epoch has changed', async () => {
  const visitor = await connect();
  visitor.send(start);
  visitor.send(hello);
  await visitor.until((frame) => frame.type === 'ack' && frame.n === 2);
  const events = mock.backend.read('conversation:c1:public');
  assert.equal(events.subscribed.snapshot?.kind, 'conversation');
  const asOf = events.subscribed.snapshot?.asOf;
  mock.bot.say('c1', 'later');
  visitor.send({ type: 'subscribe', stream: 'conversation:c1:public', cursor: asOf });
  const resumed = await visitor.until((frame) => frame.type === 'subscribed');
  assert.equal(resumed.type === 'subscribed' && resumed.recovered, true);
  await visitor.until((frame) => frame.type === 'event' && frame.event.seq === (asOf?.seq ?? 0) + 1);

  mock.backend.rotateEpoch('conversation:c1:public');
  visitor.send({ type: 'subscribe', stream: 'conversation:c1:public', cursor: asOf });
  await visitor.until(
    (frame) => frame.type === 'subscribed' && !frame.recovered && frame.snapshot !== undefined,
  );
});

test('another visitor learns nothing of the conversation', async () => {
  const first = await connect();
  first.send(start);
  await first.until((frame) => frame.type === 'ack');
  const second = await connect();
  second.send({ type: 'subscribe', stream: 'conversation:c1:public' });
  const refused = await second.until((frame) => frame.type === 'problem');
  assert.equal(refused.type === 'problem' && refused.problem.code, 'not_found');
  second.send({ ...hello, outboxId: 'o2', n: 1 });
  const rejected = await second.until((frame) => frame.type === 'reject');
  assert.equal(rejected.type === 'reject' && rejected.problem.code, 'not_found');
});

test('a scripted agent takes over, and a refused action says why', async () => {
  const visitor = await connect();
  visitor.send(start);
  visitor.send(hello);
  await visitor.until((frame) => frame.type === 'ack' && frame.n === 2);
  const agent = mock.agent('Rina');
  assert.throws(
    () => agent.say('c1', 'too early'),
    (error) => error instanceof ScriptError && error.problem.code === 'not_controller',
  );
  agent.accept('c1');
  agent.say('c1', 'Here I am');
  agent.close('c1');
  assert.equal(mock.backend.conversation('c1')?.conversation?.survey?.state, 'requested');
});

test('an unknown token closes with 4401, and a dropped connection with the code asked for', async () => {
  const stranger = new WebSocket('ws://support.test/v1/socket', 'sahay.v1');
  sockets.push(stranger);
  stranger.addEventListener('open', () => stranger.send(JSON.stringify({ type: 'hello', token: 'forged' })));
  const closed = await new Promise<CloseEvent>((resolve) => stranger.addEventListener('close', resolve));
  assert.equal(closed.code, 4401);

  const visitor = await connect();
  const dropped = new Promise<CloseEvent>((resolve) => visitor.socket.addEventListener('close', resolve));
  mock.dropConnections();
  assert.equal((await dropped).code, 4408);
});

test('the clock is virtual: time passes only when the test says so', () => {
  const agent = mock.agent('Rina');
  agent.command('agent.status', 'user', { status: 'online' });
  const first = mock.backend.read('inbox:default', undefined).subscribed;
  assert.equal(first.snapshot?.kind, 'inbox');
  mock.advance(60_000);
  mock.backend.append([
    { type: 'data.exported', target: { kind: 'user', id: 'v_1' }, data: { exportId: 'x' } },
  ]);
  const { epoch } = mock.backend.read('user:v_1').subscribed;
  const [event] = mock.backend.read('user:v_1', { stream: 'user:v_1', epoch, seq: 0 }).events;
  assert.equal(event?.time, '2026-01-01T12:01:00.000Z');
});

const office = { timeZone: 'UTC', week: { thursday: [{ from: '09:00', to: '13:00' }] } };
const putHours = (token: string, hours: unknown): Promise<Response> =>
  fetch(`${url}/v1/hours`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ hours }),
  });

test('opening hours are set by an agent, checked, and go by the virtual clock', async () => {
  const { until } = await connect();
  const token = mock.agentToken('Rina');
  const set = (await (await putHours(token, office)).json()) as HoursAnswer;
  assert.deepEqual(set.availability, {
    open: true,
    timeZone: 'UTC',
    closesAt: '2026-01-01T13:00:00.000Z',
  });
  mock.advance(3_600_000);
  await until(
    (frame) =>
      frame.type === 'signal' &&
      frame.signal.type === 'availability' &&
      frame.signal.data.availability.opensAt === '2026-01-08T09:00:00.000Z',
  );
  const refused = (await (await putHours(token, { ...office, timeZone: 'Mars' })).json()) as Problem;
  assert.equal(refused.field, 'hours.timeZone');
  assert.equal((await putHours('nobody', office)).status, 403);
});

test('settings are rules at once, and told to whoever is connected', async () => {
  const { send, until } = await connect();
  const consent = { purposes: [{ purpose: 'chat', label: { en: 'x' }, required: true }], policyVersion: '1' };
  const response = await fetch(`${url}/v1/settings`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${mock.agentToken('Rina')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ consent, survey: { kind: 'nps' } }),
  });
  assert.deepEqual(((await response.json()) as SettingsAnswer).settings, {
    consent,
    survey: { kind: 'nps' },
  });
  await until(
    ({ type, ...frame }) => type === 'signal' && 'signal' in frame && frame.signal.type === 'settings',
  );
  const welcome = (await (await fetch(`${url}/v1/welcome`)).json()) as Welcome;
  assert.deepEqual(welcome.settings, { consent });
  send(start);
  await until((frame) => frame.type === 'reject' && frame.problem.code === 'consent_required');
  mock.changeSettings({ consent: undefined });
  send({ ...start, n: 2 });
  await until((frame) => frame.type === 'ack' && frame.n === 2);
});
