import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allSent, keep, make, namespace, serve, vanish } from '../testing/stage.ts';
import { until } from '../testing/until.ts';

describe('who is there', () => {
  it('asks once for a token that many need, and again when it is refused', async () => {
    const server = await serve();
    const reasons: string[] = [];
    const client = make({
      url: server.url,
      storage: 'memory',
      getToken: async ({ reason }) => {
        reasons.push(reason);
        await new Promise((resolve) => setTimeout(resolve, 20));
        return server.tokenFor('maya');
      },
    });
    await Promise.all([
      client.connect(),
      client.fetch('/v1/conversations/x/messages?before=0'),
      client.fetch('/v1/conversations/x/messages?before=0'),
    ]);
    assert.deepEqual(reasons, ['first']);
    server.revokeTokens();
    await Promise.all([1, 2, 3].map(() => client.fetch('/v1/conversations/x/messages?before=0')));
    assert.deepEqual(reasons, ['first', 'refused']);
    server.revokeTokens();
    server.closeAll(4401);
    await until(client.connection, ({ state }) => state !== 'online');
    await until(client.connection, ({ state }) => state === 'online');
    assert.deepEqual(reasons, ['first', 'refused', 'refused']);
  });

  it('shows nothing of the last one when another one signs in', async () => {
    const server = await serve();
    const ns = namespace();
    let who = 'maya';
    const options = { url: server.url, namespace: ns, getToken: async () => server.tokenFor(who) };
    const client = make(options);
    const conversation = client.conversations.create();
    await (
      await conversation.send("Maya's secret")
    ).acknowledged;
    await until(conversation, allSent(1));
    who = 'zoe';
    server.revokeTokens();
    server.closeAll(4401);
    await until(client.user, ({ participant }) => participant?.id === 'zoe');
    assert.equal(conversation.getSnapshot().messages.length, 0);
    assert.equal(conversation.getSnapshot().phase, 'failed');
    assert.equal(client.conversations.current(), undefined);
    await until(client.connection, ({ cause }) => cause === 'subject_changed');
    const fresh = client.conversations.create();
    await (
      await fresh.send('Zoe here')
    ).acknowledged;
    assert.deepEqual(server.conversation(fresh.id)?.visitor.id, 'zoe');
  });

  it("shows nothing stored before a host's token says whose it is", async () => {
    const server = await serve();
    const ns = namespace();
    const port = await server.kill();
    const url = `http://127.0.0.1:${port}`;
    const maya = make({ url, namespace: ns, getToken: async () => server.tokenFor('maya') });
    await maya.conversations.create().send("Maya's secret");
    await vanish(maya);
    const zoe = make({ url, namespace: ns, getToken: async () => server.tokenFor('zoe') });
    await zoe.ready;
    assert.equal(zoe.conversations.current(), undefined);
    const again = await server.restart(port);
    keep(again);
    await zoe.connect();
    await (
      await zoe.conversations.create().send('Zoe here')
    ).acknowledged;
    const said = again.received
      .filter((frame) => frame.type === 'command')
      .map((frame) => JSON.stringify(frame));
    assert.ok(!said.some((frame) => frame.includes('secret')));
  });

  it('begins a new session when the server has forgotten the old one', async () => {
    const server = await serve();
    const ns = namespace();
    const before = make({ url: server.url, namespace: ns });
    await (
      await before.conversations.create().send('one')
    ).acknowledged;
    await vanish(before);
    server.revokeTokens();
    server.revokeSecrets();
    const after = make({ url: server.url, namespace: ns });
    await after.connect();
    assert.notEqual(after.user.getSnapshot().participant?.id, 'visitor-1');
    await (
      await after.conversations.create().send('two')
    ).acknowledged;
  });
});
