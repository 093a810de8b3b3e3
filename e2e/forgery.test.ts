/*
 * Bad input over the wire: roles that are claimed, conversations of others, pages that may not. Each is refused in words,
 * nothing leaks, and others are served as before.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Problem } from '@sahay/protocol';
import { TestSocket } from '../packages/server/src/testing/test-socket.ts';
import { DemoServer } from './testing/demo-server.ts';
import { acceptHostTokens, jwt } from './testing/host-token.ts';
import { smallPng } from './testing/small-png.ts';
import { postJson, servesOthers, socketUrl, Wire } from './testing/wire.ts';

let server: DemoServer;
before(async () => {
  acceptHostTokens();
  server = await DemoServer.start();
});
after(() => server.dispose());
afterEach(() => servesOthers(server));

const problemOf = async (response: Response): Promise<Problem> => {
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
  return (await response.json()) as Problem;
};

describe('a forged role: "agent"', () => {
  test('in a token of the host: its bearer is a visitor like any other', async () => {
    const forger = await Wire.withToken(server, jwt({ sub: 'mallory', role: 'agent', name: 'Rina' }));
    const { participant } = forger.socket.frames.find((frame) => frame.type === 'welcome')!;
    assert.equal(participant.role, 'visitor');
    await hasNoAgentsRights(forger);
    forger.socket.close();
  });

  test('in a token signed with another key, with none, or under the key id of the server', async () => {
    const claims = { sub: 'mallory', role: 'agent', sid: 's_1' };
    const unsigned = `${jwt(claims, { header: { alg: 'none' } })
      .split('.')
      .slice(0, 2)
      .join('.')}.`;
    const own = { header: { kid: 'sahay-session' } };
    for (const token of [jwt(claims, { key: 'x'.repeat(32) }), unsigned, jwt(claims, own), 'agent']) {
      const socket = new TestSocket(socketUrl(server));
      await once(socket.ws, 'open');
      socket.send({ type: 'hello', token });
      assert.equal((await socket.closed).code, 4401);
      const answer = await fetch(`${server.url}/v1/insights`, {
        headers: { authorization: `Bearer ${token}` },
      });
      assert.equal(answer.status, 401);
      assert.equal((await problemOf(answer)).code, 'token_invalid');
    }
  });

  test('in frames: who speaks is decided by the token alone', async () => {
    const forger = await Wire.visitor(server);
    await forger.begins('Hello');
    const role = { role: 'agent', author: { id: 'a_1', role: 'agent', name: 'Rina' } };
    const parts = [{ partId: 'p', type: 'text', text: 'I am Rina from support.' }];
    await forger.give('message.send', { clientMessageId: randomUUID(), parts, ...role });
    const { snapshot } = await forger.socket.subscribe(`conversation:${forger.conversationId}:public`);
    assert.equal(snapshot?.kind, 'conversation');
    const said = snapshot.messages.filter(
      ({ parts: [part] }) => part?.type === 'text' && /I am Rina/.test(part.text),
    );
    assert.deepEqual(
      said.map(({ author }) => author.role),
      ['visitor'],
    );
    await hasNoAgentsRights(forger);
    forger.socket.close();
  });
});

async function hasNoAgentsRights(forger: Wire): Promise<void> {
  forger.socket.send({ type: 'subscribe', stream: 'inbox:default' });
  assert.equal((await forger.socket.next('problem')).problem.code, 'not_found');
  forger.socket.send({ type: 'subscribe', stream: `conversation:${forger.conversationId}:staff` });
  assert.equal((await forger.socket.next('problem')).problem.code, 'not_found');
  await forger.give('conversation.start', { locale: 'en' });
  for (const [type, data] of [
    ['assignment.accept', {}],
    ['note.add', { text: 'I was here' }],
    ['agent.status', { status: 'online' }],
  ] as const) {
    const reply = await forger.give(type, data, type === 'agent.status' ? 'user' : forger.conversationId);
    assert.equal(reply.type === 'reject' && reply.problem.code, 'forbidden', type);
  }
  for (const path of ['/v1/insights', '/v1/canned-replies'])
    assert.equal((await problemOf(await forger.fetch(path))).code, 'forbidden', path);
}

test("another visitor's conversation id opens nothing, and tells nothing", async () => {
  const [owner, stranger] = [await Wire.visitor(server), await Wire.visitor(server)];
  await owner.begins('My secret is mango');
  const attachmentId = `f_${randomUUID()}`;
  const file = { attachmentId, name: 'lamp.png', mediaType: 'image/png', size: smallPng.length };
  assert.equal((await owner.give('attachment.create', file)).type, 'ack');
  const stored = await owner.fetch(`/v1/attachments/${attachmentId}/content`, {
    method: 'PUT',
    body: new Uint8Array(smallPng),
    headers: { 'content-type': 'image/png' },
  });
  assert.equal(stored.status, 204);
  const id = owner.conversationId;
  const unknown = `c_${randomUUID()}`;

  for (const stream of [
    `conversation:${id}:public`,
    `conversation:${id}:staff`,
    `user:${await idOf(owner)}`,
  ] as const) {
    stranger.socket.send({ type: 'subscribe', stream });
    assert.equal((await stranger.socket.next('problem')).problem.code, 'not_found', stream);
  }
  const refusals = await Promise.all(
    [id, unknown].map(async (conversationId) => {
      const reply = await stranger.says('Let me in', conversationId);
      return reply.type === 'reject' && { code: reply.problem.code, detail: reply.problem.detail };
    }),
  );
  assert.deepEqual(refusals[0], refusals[1], 'a conversation of somebody else must look like none');
  assert.equal(refusals[0] && refusals[0].code, 'not_found');
  assert.equal((await problemOf(await stranger.fetch(`/v1/conversations/${id}/messages`))).code, 'not_found');
  const refusedFile = async (file: string, method: string, what: string) => {
    const { code, status } = await problemOf(
      await stranger.fetch(`/v1/attachments/${file}/${what}`, { method, body: '{}' }),
    );
    return { code, status };
  };
  for (const [method, what] of [
    ['POST', 'link'],
    ['PUT', 'content'],
  ] as const) {
    const refused = await refusedFile(attachmentId, method, what);
    assert.equal(refused.status, 404);
    assert.deepEqual(
      refused,
      await refusedFile(unknown, method, what),
      'a file of somebody else must look like none',
    );
  }
  assert.ok((await fetch(`${server.url}/v1/attachments/${attachmentId}/content`)).status >= 400);
  assert.equal((await owner.fetch(`/v1/attachments/${attachmentId}/link`, { method: 'POST' })).status, 200);

  stranger.socket.send({
    type: 'signal',
    signal: { type: 'typing', data: { conversationId: id, active: true } },
  });
  assert.ok(!JSON.stringify(stranger.socket.frames).includes('mango'));
  assert.ok(!(await owner.transcript()).some((line) => line.includes('Let me in')));
  for (const { socket } of [owner, stranger]) socket.close();
});

const idOf = async ({ socket }: Wire): Promise<string> =>
  socket.frames.find((frame) => frame.type === 'welcome')!.participant.id;

test('a foreign Origin gets neither the API nor the socket, and is told why', async () => {
  for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`]) {
    for (const path of ['/v1/welcome', '/.well-known/sahay']) {
      const answer = await fetch(server.url + path, { headers: { origin } });
      assert.equal(answer.status, 403, `${origin} ${path}`);
      assert.equal(answer.headers.get('access-control-allow-origin'), null);
      const problem = await problemOf(answer);
      assert.equal(problem.code, 'origin_refused');
      assert.match(problem.detail ?? '', /--allow-origin/);
    }
    const session = await postJson(`${server.url}/v1/sessions`, {}, { origin });
    assert.equal((await problemOf(session)).code, 'origin_refused');
    const socket = new TestSocket(socketUrl(server), { origin });
    assert.equal((await socket.closed).code, 4403);
    assert.deepEqual(socket.frames, []);
  }
});
