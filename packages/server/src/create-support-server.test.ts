import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import type { Session } from '@sahay/protocol';
import pino from 'pino';
import { createSupportServer, type SupportServer, type SupportServerOptions } from './index.ts';
import { say, start, tempFolder } from './storage/testing/temp-store.ts';
import { TestSocket } from './testing/test-socket.ts';

async function support(t: TestContext, options: SupportServerOptions = {}): Promise<SupportServer> {
  const server = await createSupportServer({
    dataFolder: tempFolder(t),
    logger: pino({ level: 'silent' }),
    ...options,
  });
  t.after(() => server.close());
  return server;
}

async function session(url: string): Promise<Session> {
  const response = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  assert.equal(response.status, 201);
  return (await response.json()) as Session;
}

async function converse(url: string): Promise<void> {
  const { accessToken } = await session(url);
  const page = await TestSocket.hello(`${url.replace('http', 'ws')}/v1/socket`, accessToken);
  assert.equal((await page.command(start())).type, 'ack');
  await page.subscribe('conversation:c1:public');
  assert.equal((await page.command(say('How do I begin?'))).type, 'ack');
  const answer = await page.next(
    'event',
    ({ event }) => event.type === 'message.created' && event.data.message.author.role === 'bot',
  );
  assert.equal(answer.event.stream, 'conversation:c1:public');
  page.close();
}

test('a server that listens answers over HTTP and over its socket, bot and all', async (t) => {
  const server = await support(t);
  const { url } = await server.listen({ port: 0 });
  assert.match(url, /^http:\/\/localhost:\d+$/);
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  await converse(url);
  const link = await server.signInUrl();
  assert.ok(link.startsWith(`${url}/console/#sign-in=`));
  assert.notEqual(link, await server.signInUrl());
});

test('the same server stands in a Node server of somebody else', async (t) => {
  const server = await support(t);
  const answer = getRequestListener((request) => server.fetch(request));
  const own = createServer((request, response) => void answer(request, response));
  own.on('upgrade', (request, socket, head: Buffer) => server.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  t.after(() => own.close());
  const url = `http://127.0.0.1:${(own.address() as AddressInfo).port}`;
  await converse(url);
  await assert.rejects(server.signInUrl(), /Pass its address to signInUrl/);
  assert.ok(
    (await server.signInUrl('https://support.example')).startsWith(
      'https://support.example/console/#sign-in=',
    ),
  );
});

test('a port that is taken is refused with what to do', async (t) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  t.after(() => taken.close());
  const { port } = taken.address() as AddressInfo;
  const server = await support(t);
  await assert.rejects(server.listen({ port }), {
    name: 'ConfigError',
    message: /is in use.*--port or PORT/,
  });
});

test('closing twice is closing once, and ends what was open', async (t) => {
  const server = await support(t);
  const { url, close } = await server.listen({ port: 0 });
  const page = await TestSocket.hello(
    `${url.replace('http', 'ws')}/v1/socket`,
    (await session(url)).accessToken,
  );
  await Promise.all([close(), server.close()]);
  assert.equal((await page.closed).code, 1012);
  await assert.rejects(fetch(`${url}/healthz`));
});
