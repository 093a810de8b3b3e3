// Tabs of a visitor whom the site's own token names, before the backend has said whose the browser's storage is.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allSent, namespace, serve, texts, vanish } from '../testing/stage.ts';
import { SahayError } from '../sahay-error.ts';
import { until } from '../testing/until.ts';
import { said, tabOf, waitingTab } from '../testing/waiting-tab.ts';

describe('what a tab took before it was welcomed', () => {
  it('is delivered by it, though another tab of the same visitor was welcomed first', async () => {
    const server = await serve();
    const ns = namespace();
    const slow = waitingTab(server, ns);
    const conversation = slow.client.conversations.create();
    const sent = [await conversation.send('one'), await conversation.send('two')];
    await tabOf(server, ns, 'maya').connect();
    slow.signIn('maya');
    await Promise.all(sent.map(({ acknowledged }) => acknowledged));
    assert.deepEqual(server.texts(conversation.id), ['one', 'two']);
    await (
      await conversation.send('three')
    ).acknowledged;
    assert.deepEqual(texts(await until(conversation, allSent(3))), ['one', 'two', 'three']);
  });

  it('is delivered once and in order, where both had written into one conversation', async () => {
    const server = await serve();
    const ns = namespace();
    const [slow, quick] = [waitingTab(server, ns), waitingTab(server, ns)];
    const left = quick.client.conversations.create();
    await left.send('quick 1');
    const right = slow.client.conversations.open(left.id);
    await right.send('slow 1');
    await left.send('quick 2');
    await right.send('slow 2');
    quick.signIn('maya');
    await until(quick.client.connection, ({ state }) => state === 'online');
    await (
      await left.send('quick 3')
    ).acknowledged;
    slow.signIn('maya');
    const shown = texts(await until(right, allSent(5)));
    assert.deepEqual(server.texts(left.id), shown);
    for (const who of ['quick', 'slow'])
      assert.deepEqual(
        shown.filter((text) => text.startsWith(who)),
        [1, 2, 3].map((n) => `${who} ${n}`).slice(0, who === 'slow' ? 2 : 3),
      );
  });

  it('leads its tab into the conversation that another tab has begun meanwhile', async () => {
    const server = await serve();
    const ns = namespace();
    const [first, second] = [waitingTab(server, ns), waitingTab(server, ns)];
    const left = first.client.conversations.create();
    await left.send('first');
    await tabOf(server, ns, 'maya').connect();
    const right = second.client.conversations.open(left.id);
    await right.send('second');
    second.signIn('maya');
    await until(right, allSent(1));
    first.signIn('maya');
    assert.deepEqual(texts(await until(left, allSent(2))), ['second', 'first']);
  });

  it('is delivered though the page of another visitor had used this browser before', async () => {
    const server = await serve();
    const ns = namespace();
    const zoe = tabOf(server, ns, 'zoe');
    await (
      await zoe.conversations.create().send('Zoe here')
    ).acknowledged;
    await vanish(zoe);
    const maya = waitingTab(server, ns);
    const conversation = maya.client.conversations.create();
    const sent = await conversation.send('Maya here');
    maya.signIn('maya');
    await sent.acknowledged;
    assert.equal(server.conversation(conversation.id)?.visitor.id, 'maya');
    assert.deepEqual(texts(await until(conversation, allSent(1))), ['Maya here']);
  });

  it('dies with the tab, and is not sent in the name of who comes next, though she has written too', async () => {
    const server = await serve();
    const ns = namespace();
    const zoe = waitingTab(server, ns);
    await zoe.client.conversations.create().send("Zoe's secret");
    await vanish(zoe.client);
    const maya = waitingTab(server, ns);
    const conversation = maya.client.conversations.create();
    const sent = await conversation.send('Maya here');
    maya.signIn('maya');
    await sent.acknowledged;
    await until(conversation, allSent(1));
    await maya.client.destroy();
    await tabOf(server, ns, 'maya').connect();
    assert.ok(!said(server).includes('secret'), said(server));
  });

  it('is refused, not called delivered, when somebody was logged out in another tab meanwhile', async () => {
    const server = await serve();
    const ns = namespace();
    const slow = waitingTab(server, ns);
    const conversation = slow.client.conversations.create();
    const sent = await conversation.send("Maya's secret");
    const refused = assert.rejects(
      sent.acknowledged,
      (error) => error instanceof SahayError && error.code === 'cancelled',
    );
    const other = tabOf(server, ns, 'maya');
    await other.connect();
    await other.logout({ pending: 'discard' });
    await tabOf(server, ns, 'zoe').connect();
    slow.signIn('zoe');
    await refused;
    await until(slow.client.connection, ({ state }) => state === 'online');
    await (
      await slow.client.conversations.create().send('Zoe here')
    ).acknowledged;
    assert.ok(!said(server).includes('secret'), said(server));
  });
});
