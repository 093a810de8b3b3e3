import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '@sahay/protocol';
import { SignJWT } from 'jose';
import { say, start, tempFolder } from '../storage/testing/temp-store.ts';
import { testCore, type TestCore } from '../testing/test-core.ts';
import { TestSocket } from '../testing/test-socket.ts';

const secret = 'a secret of the shop that is long enough';
const config = { jwtKey: secret, jwtAlgorithm: 'HS256' };
const stream = 'conversation:c1:public';

const hostToken = (subject = 'asha@example.com'): Promise<string> =>
  new SignJWT({ name: 'Asha' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setAudience('shop')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(secret));

const linkTo = (token: string): Command => ({ type: 'identity.link', data: { token } });

async function anonymous(core: TestCore): Promise<{ token: string; secret: string; page: TestSocket }> {
  const session = await core.identity.visitors.create();
  const page = await TestSocket.hello(core.socketUrl, session.accessToken);
  await page.command(start());
  await page.subscribe(stream);
  await page.command(say('Where is my order?'));
  return { token: session.accessToken, secret: session.refreshSecret, page };
}

const known = async (core: TestCore, subject?: string): Promise<TestSocket> =>
  TestSocket.hello(core.socketUrl, await hostToken(subject));

test('a visitor who signs in takes her conversation, her outbox and its numbers with her', async (t) => {
  const core = await testCore(t, { config });
  const { token, page } = await anonymous(core);
  const ran = page.frames.find((frame) => frame.type === 'ack' && frame.n === 2);
  const asha = await known(core);
  await asha.subscribe(`user:${(await core.identity.verify(await hostToken())).actor.id}`);
  assert.equal((await asha.numbered(1, linkTo(token))).type, 'ack', 'through the anonymous outbox');
  const added = await asha.next('event', ({ event }) => event.type === 'conversation.added');
  assert.equal(added.event.type, 'conversation.added');
  const { snapshot } = await asha.subscribe(stream);
  assert.equal(snapshot?.kind, 'conversation');
  assert.equal(snapshot.conversation.visitor.name, 'Asha');
  assert.ok(snapshot.messages.every(({ author }) => !author.id.startsWith('v_')));
  const again = await asha.numbered(2, say('Where is my order?'));
  assert.deepEqual(again, ran, 'what ran before the link gets its result again');
  assert.equal((await asha.numbered(3, say('Still nothing', 'c1', 'cm2'))).type, 'ack');
  assert.equal((await asha.numbered(1, linkTo(token))).type, 'ack', 'the link can be given again');
  const [count] = await core.context.store.sql.all<{ n: number }>(
    "SELECT count(*) AS n FROM messages WHERE role = 'visitor'",
  );
  assert.equal(count?.n, 2);
});

test('the anonymous session ends: its sockets, its token and its refresh secret, also after a restart', async (t) => {
  const dataFolder = tempFolder(t);
  const core = await testCore(t, { config: { ...config, dataFolder } });
  const { token, secret: refreshSecret, page } = await anonymous(core);
  const second = await TestSocket.hello(core.socketUrl, token);
  const asha = await known(core);
  assert.equal((await asha.command(linkTo(token), 'fresh')).type, 'ack');
  assert.equal((await page.closed).code, 4410);
  assert.equal((await second.closed).code, 4410);
  await assert.rejects(core.identity.verify(token), /ended/);
  await assert.rejects(core.identity.visitors.refresh(refreshSecret), /ended/);
  await core.close();
  const restarted = await testCore(t, { config: { ...config, dataFolder } });
  await assert.rejects(restarted.identity.verify(token), /ended/);
  const later = await known(restarted);
  assert.equal(
    (await later.numbered(1, linkTo(token), 'other')).type,
    'ack',
    'an answer that got lost is given again',
  );
});

test('a command of the anonymous visitor that comes after the link changes nothing', async (t) => {
  const core = await testCore(t, { config });
  const { token } = await anonymous(core);
  const { actor } = await core.identity.verify(token);
  const { actor: to } = await core.identity.verify(await hostToken());
  await core.context.commands.execute(to, { outboxId: 'fresh', n: 1, command: linkTo(token) });
  const { reply } = await core.context.commands.execute(actor, {
    outboxId: 'o9',
    n: 1,
    command: start('c9'),
  });
  assert.equal(reply.type === 'reject' && reply.problem.code, 'token_invalid');
  assert.equal(await core.context.store.conversation('c9'), undefined);
});

test('a desk that reads the conversation gets it whole, with the visitor’s name', async (t) => {
  const core = await testCore(t, { config });
  const { token } = await anonymous(core);
  const desk = await TestSocket.hello(core.socketUrl, (await core.agentToken()).token);
  const before = await desk.subscribe('conversation:c1:staff');
  const asha = await known(core);
  await asha.command(linkTo(token), 'fresh');
  const pushed = await desk.next('subscribed', (frame) => frame.epoch !== before.epoch);
  assert.equal(pushed.recovered, false);
  assert.equal(pushed.snapshot?.kind === 'conversation' && pushed.snapshot.conversation.visitor.name, 'Asha');
  await asha.command(say('Hello?', 'c1', 'cm2'), 'fresh');
  const { event } = await desk.next('event', (frame) => frame.event.type === 'message.created');
  assert.equal(event.seq, pushed.headSeq + 1);
});

test('nobody takes what is not hers', async (t) => {
  const core = await testCore(t, { config });
  const { token } = await anonymous(core);
  const code = async (socket: TestSocket, command: Command, outboxId: string): Promise<string> => {
    const reply = await socket.command(command, outboxId);
    return reply.type === 'ack' ? 'accepted' : reply.problem.code;
  };
  const stranger = await TestSocket.hello(core.socketUrl, (await core.visitorToken()).token);
  assert.equal(await code(stranger, linkTo(token), 'x1'), 'forbidden', 'an anonymous visitor');
  const [asha, omar] = [await known(core), await known(core, 'omar')];
  assert.equal(
    await code(asha, linkTo((await core.agentToken()).token), 'x2'),
    'forbidden',
    'an agent’s token',
  );
  assert.equal(
    await code(asha, linkTo(await hostToken('omar')), 'x3'),
    'forbidden',
    'a known visitor’s token',
  );
  assert.equal(await code(asha, linkTo('x.y.z'), 'x4'), 'token_invalid');
  assert.equal(await code(omar, say('Mine?', 'c1', 'x'), 'o1'), 'outbox_conflict', 'another’s outbox');
  assert.equal(await code(asha, linkTo(token), 'x5'), 'accepted');
  assert.equal(await code(omar, linkTo(token), 'x6'), 'forbidden', 'who became somebody else already');
});

test('where no host says who is who, nobody can be linked, and nobody is told that it could be', async (t) => {
  const core = await testCore(t);
  const { token, page } = await anonymous(core);
  const welcome = page.frames.find((frame) => frame.type === 'welcome');
  assert.ok(!welcome?.capabilities?.includes('identity_link'));
  const reply = await page.command(linkTo(token));
  assert.equal(reply.type === 'reject' && reply.problem.code, 'capability_absent');
});
