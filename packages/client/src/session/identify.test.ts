import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CommandFrame } from '@sahay/protocol';
import { SahayError } from '../index.ts';
import { allSent, make, namespace, serve, texts, vanish } from '../testing/stage.ts';
import { until } from '../testing/until.ts';

describe('an anonymous visitor who signs in', () => {
  it('takes her conversation with her, in order, and goes on in it', async () => {
    const server = await serve();
    const ns = namespace();
    const client = make({ url: server.url, namespace: ns });
    const conversation = client.conversations.create();
    await conversation.send('as nobody');
    await client.identify(async () => server.tokenFor('maya'));
    assert.equal(client.user.getSnapshot().participant?.id, 'maya');
    await conversation.send('as Maya');
    const view = await until(conversation, allSent(2));
    assert.deepEqual(texts(view), ['as nobody', 'as Maya']);
    assert.ok([...view.messages].every(({ own }) => own));
    assert.equal(server.conversation(conversation.id)?.visitor.id, 'maya');
    assert.equal(client.conversations.current()?.id, conversation.id);
    await vanish(client);
    const later = make({ url: server.url, namespace: ns, getToken: async () => server.tokenFor('maya') });
    await later.connect();
    const again = later.conversations.open(conversation.id);
    assert.deepEqual(texts(await until(again, allSent(2))), ['as nobody', 'as Maya']);
  });

  it('gives what she says meanwhile once the conversation is hers', async () => {
    const server = await serve();
    const client = make({ url: server.url, namespace: namespace() });
    const conversation = client.conversations.create();
    await (
      await conversation.send('one')
    ).acknowledged;
    let release = (): void => undefined;
    const token = new Promise<string>((resolve) => (release = () => resolve(server.tokenFor('maya'))));
    const identified = client.identify(() => token);
    await until(client.connection, ({ state }) => state === 'connecting');
    const sent = await conversation.send('two');
    release();
    await Promise.all([identified, sent.acknowledged]);
    const commands = server.received.filter((frame): frame is CommandFrame => frame.type === 'command');
    const order = commands.map(({ command }) => command.type);
    assert.ok(order.lastIndexOf('identity.link') < order.lastIndexOf('message.send'));
    assert.deepEqual(server.texts(conversation.id), ['one', 'two']);
  });

  it('is not linked to where nobody was before, nor twice', async () => {
    const server = await serve();
    const client = make({ url: server.url, namespace: namespace() });
    await client.identify(async () => server.tokenFor('maya'));
    await client.connect();
    assert.equal(client.user.getSnapshot().participant?.id, 'maya');
    assert.ok(!server.received.some((frame) => frame.type === 'command'));
    await assert.rejects(
      client.identify(async () => server.tokenFor('zoe')),
      (error) => error instanceof SahayError && error.code === 'forbidden',
    );
  });
});
