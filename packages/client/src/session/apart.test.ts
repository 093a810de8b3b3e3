// A site that signs one person out and another in without a word to the client, while a tab of the first one lives.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WebSocket } from 'ws';
import type { ClientFrame } from '@sahay/protocol';
import type { SupportClient } from '../index.ts';
import { SahayError } from '../sahay-error.ts';
import { allSent, namespace, serve, texts, vanish } from '../testing/stage.ts';
import type { TestServer } from '../testing/test-server.ts';
import { until } from '../testing/until.ts';
import { said, tabOf, waitingTab } from '../testing/waiting-tab.ts';

/** Says something and waits until it has arrived: by then, what else this tab would send has left it too. */
async function say(client: SupportClient, text: string): Promise<void> {
  const conversation = client.conversations.current() ?? client.conversations.create();
  await (
    await conversation.send(text)
  ).acknowledged;
}

/** Keeps a tab from being welcomed: it has its token, and the server says nothing to it. */
function keepOut(server: TestServer, who: string): () => void {
  const isHers = (frame: ClientFrame): boolean =>
    frame.type === 'hello' && atob(frame.token.split('.')[1]!).includes(`"${who}"`);
  server.options.intercept = (frame) => isHers(frame);
  return () => (server.options.intercept = undefined as never);
}

/** Resolves once the server heard a page say hello. */
async function heardFrom(server: TestServer, who: string): Promise<void> {
  const isHers = (frame: ClientFrame): boolean =>
    frame.type === 'hello' && atob(frame.token.split('.')[1]!).includes(`"${who}"`);
  while (!server.received.some(isHers)) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('what a page takes while the storage is the last one’s, whose tab lives', () => {
  it('is not sent by that tab, and goes out in the name of who wrote it', async () => {
    const server = await serve();
    const ns = namespace();
    const maya = tabOf(server, ns, 'maya');
    await say(maya, 'Maya here');
    const zoe = waitingTab(server, ns);
    const conversation = zoe.client.conversations.create();
    const sent = await conversation.send("Zoe's secret");
    for (const text of ['one', 'two', 'three']) await say(maya, text);
    assert.ok(!said(server).includes('secret'), 'sent in the name of Maya');
    zoe.signIn('zoe');
    await sent.acknowledged;
    assert.equal(server.conversation(conversation.id)?.visitor.id, 'zoe');
    assert.deepEqual(texts(await until(conversation, allSent(1))), ["Zoe's secret"]);
    await until(maya.connection, ({ cause }) => cause === 'subject_changed');
  });

  it('is neither shown nor sent by a tab or page after it, when its page died and the site had said whose it was', async () => {
    const server = await serve();
    const ns = namespace();
    const maya = tabOf(server, ns, 'maya');
    await say(maya, 'Maya here');
    keepOut(server, 'zoe');
    const zoe = tabOf(server, ns, 'zoe');
    await zoe.conversations.create().send("Zoe's secret");
    await heardFrom(server, 'zoe');
    await vanish(zoe);
    for (const text of ['one', 'two', 'three']) await say(maya, text);
    await vanish(maya);
    const again = tabOf(server, ns, 'maya');
    await again.connect();
    await say(again, 'four');
    assert.ok(!said(server).includes('secret'), said(server));
  });

  it('is sent by her next page, when its page died', async () => {
    const server = await serve();
    const ns = namespace();
    const maya = tabOf(server, ns, 'maya');
    await say(maya, 'Maya here');
    const letIn = keepOut(server, 'zoe');
    const zoe = tabOf(server, ns, 'zoe');
    const conversation = zoe.conversations.create();
    await conversation.send('Zoe here');
    await heardFrom(server, 'zoe');
    await vanish(zoe);
    letIn();
    const again = tabOf(server, ns, 'zoe');
    await again.connect();
    await until(again.conversations.open(conversation.id), allSent(1));
    assert.equal(server.conversation(conversation.id)?.visitor.id, 'zoe');
  });

  it('is sent at once by a tab of the same person, when its page died', async () => {
    const server = await serve();
    const ns = namespace();
    const one = tabOf(server, ns, 'maya');
    await say(one, 'Maya here');
    keepOut(server, 'maya');
    const two = tabOf(server, ns, 'maya');
    const conversation = two.conversations.create();
    await conversation.send('from the other tab');
    const hellos = () => server.received.filter(({ type }) => type === 'hello').length;
    while (hellos() < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    await vanish(two);
    const seen = one.conversations.open(conversation.id);
    await until(seen, allSent(1));
    assert.deepEqual(server.texts(conversation.id), ['from the other tab']);
  });

  it('is sent by the next page of whose the storage was, when its page died before the site had said anything', async () => {
    const server = await serve();
    const ns = namespace();
    const before = tabOf(server, ns, 'maya');
    await say(before, 'Maya here');
    await vanish(before);
    const offline = waitingTab(server, ns);
    const conversation = offline.client.conversations.create();
    await conversation.send('written without a network');
    await vanish(offline.client);
    const after = tabOf(server, ns, 'maya');
    await after.connect();
    await until(after.conversations.open(conversation.id), allSent(1));
    assert.deepEqual(server.texts(conversation.id), ['written without a network']);
  });

  it('is not sent by the next page of whose the storage was, while its own page lives', async () => {
    const server = await serve();
    const ns = namespace();
    const before = tabOf(server, ns, 'maya');
    await say(before, 'Maya here');
    await vanish(before);
    const zoe = waitingTab(server, ns);
    const conversation = zoe.client.conversations.create();
    const sent = await conversation.send("Zoe's secret");
    const maya = tabOf(server, ns, 'maya');
    await maya.connect();
    for (const text of ['one', 'two', 'three']) await say(maya, text);
    assert.ok(!said(server).includes('secret'), 'sent in the name of Maya');
    zoe.signIn('zoe');
    await sent.acknowledged;
    assert.equal(server.conversation(conversation.id)?.visitor.id, 'zoe');
  });

  it('is hers too when it belongs to no conversation, such as a consent', async () => {
    const server = await serve();
    const ns = namespace();
    const maya = tabOf(server, ns, 'maya');
    await maya.command('consent.set', { purpose: 'analytics', granted: false, policyVersion: '1' });
    const zoe = waitingTab(server, ns);
    const given = zoe.client.command('consent.set', {
      purpose: 'analytics',
      granted: true,
      policyVersion: '2',
    });
    for (const text of ['one', 'two', 'three']) await say(maya, text);
    assert.ok(!said(server).includes('"granted":true'), 'given in the name of Maya');
    zoe.signIn('zoe');
    await given;
    await until(zoe.client.user, ({ consents }) => consents.some(({ granted }) => granted));
  });

  it('is refused aloud when somebody logs out meanwhile', async () => {
    const server = await serve();
    const ns = namespace();
    const maya = tabOf(server, ns, 'maya');
    await say(maya, 'Maya here');
    const zoe = waitingTab(server, ns);
    const conversation = zoe.client.conversations.create();
    const before = await conversation.send('before');
    const refused = assert.rejects(
      before.acknowledged,
      (error) => error instanceof SahayError && error.code === 'cancelled',
    );
    await maya.logout({ pending: 'discard' });
    const after = await conversation.send('after');
    zoe.signIn('zoe');
    await refused;
    await after.acknowledged;
    assert.deepEqual(texts(await until(conversation, allSent(1))), ['after']);
  });

  it('can be discarded before it is welcomed', async () => {
    const server = await serve();
    const ns = namespace();
    const maya = tabOf(server, ns, 'maya');
    await say(maya, 'Maya here');
    await vanish(maya);
    const again = waitingTab(server, ns);
    const conversation = again.client.conversations.create();
    const slip = await conversation.send('a slip');
    slip.acknowledged.catch(() => undefined);
    await conversation.discard(slip.key);
    const sent = await conversation.send('what I meant');
    again.signIn('maya');
    await sent.acknowledged;
    assert.deepEqual(texts(await until(conversation, allSent(1))), ['what I meant']);
    assert.ok(!said(server).includes('slip'));
  });
});

it('what an unwelcomed page took into a lane that was numbered anew meanwhile is delivered once', async () => {
  const server = await serve();
  const ns = namespace();
  const first = waitingTab(server, ns);
  const left = first.client.conversations.create();
  await left.send('one');
  first.signIn('maya');
  await until(left, allSent(1));
  const second = waitingTab(server, ns);
  const right = second.client.conversations.open(left.id);
  let refusals = 1;
  server.options.intercept = (frame: ClientFrame, socket: WebSocket) => {
    if (frame.type !== 'command' || refusals === 0) return false;
    refusals--;
    const { outboxId, n } = frame;
    const problem = {
      type: 'about:blank',
      title: 'Another body',
      status: 422,
      code: 'payload_mismatch',
      retryable: false,
    };
    socket.send(JSON.stringify({ type: 'reject', outboxId, n, lane: left.id, problem }));
    return true;
  };
  const two = await right.send('two');
  await until(left, allSent(2));
  const three = await right.send('three');
  second.signIn('maya');
  await Promise.all([two, three].map(({ acknowledged }) => acknowledged));
  assert.deepEqual(texts(await until(right, allSent(3))), ['one', 'two', 'three']);
  assert.deepEqual(server.texts(left.id), ['one', 'two', 'three']);
});

it('what a page has taken and was told to discard is not sent', async () => {
  const server = await serve();
  const ns = namespace();
  // Somebody who was welcomed once and never wrote.
  const first = tabOf(server, ns, 'maya');
  await first.connect();
  await vanish(first);
  const next = waitingTab(server, ns);
  const conversation = next.client.conversations.create();
  const unsaid = await conversation.send('Better unsaid');
  unsaid.acknowledged.catch(() => undefined);
  const sent = await conversation.send('This stands');
  await conversation.discard(unsaid.key);
  next.signIn('maya');
  await sent.acknowledged;
  await say(next.client, 'And this');
  assert.ok(!said(server).includes('unsaid'), 'it was sent after all');
});
