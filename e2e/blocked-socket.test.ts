/*
 * A real browser on a network that lets no WebSocket through, and on one whose proxy holds event streams back besides: a
 * visitor asks, is answered by the bot and by a person, and reads it all after a reload.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { Proxy, type ProxyFaults } from './testing/proxy.ts';
import { Wire } from './testing/wire.ts';

let browser: Browser;
let server: DemoServer;
let agent: Wire;
before(async () => {
  [browser, server] = await Promise.all([launchBrowser(), DemoServer.start()]);
  agent = await Wire.agent(server, 'Rina');
  await agent.socket.subscribe('inbox:default');
});
after(async () => {
  agent?.socket.close();
  await Promise.all([browser?.close(), server?.dispose()]);
});

describe('where WebSockets are blocked', { timeout: 120_000 }, () => {
  test('the chat goes on over an event stream', () => talks({ upgrades: 'refuse' }, ['websocket', 'sse']));

  test('and over long-poll where a proxy holds that back', () =>
    talks({ upgrades: 'refuse', holdsStreams: true }, ['websocket', 'sse', 'long-poll']));
});

async function talks(faults: ProxyFaults, expected: readonly string[]): Promise<void> {
  const proxy = await Proxy.before(server.url, faults);
  const context = await browser.createBrowserContext();
  try {
    const visitor = await Person.open(context, `${proxy.url}/`);
    await visitor.click('button', 'Open chat');
    await visitor.say('Message', 'How do I change the colours of the chat?');
    await visitor.reads('--sahay-accent', 30_000);
    await visitor.reads('Did this solve it?');
    assert.deepEqual(proxy.transports, expected);
    await visitor.click('button', 'No');
    const { event } = await agent.socket.next(
      'event',
      (frame) => frame.event.type === 'inbox.changed' && frame.event.data.entry.assignment.state === 'queued',
    );
    assert.ok(event.type === 'inbox.changed');
    const { conversationId } = event.data.entry;
    assert.equal((await agent.give('assignment.accept', {}, conversationId)).type, 'ack');
    assert.equal((await agent.says('Here I am, without a socket.', conversationId)).type, 'ack');
    await visitor.reads('Here I am, without a socket.');

    proxy.asked.length = 0;
    await visitor.page.reload({ waitUntil: 'load' });
    await visitor.click('button', /^Open chat/);
    await visitor.reads('Here I am, without a socket.');
    assert.deepEqual(proxy.transports, expected.slice(-1), 'what works is remembered');
    assert.equal(await visitor.count('Here I am, without a socket.', 'sahay-bubble'), 1);
    assert.deepEqual(visitor.complaints, []);
  } finally {
    await context.close();
    await proxy.close();
  }
}
