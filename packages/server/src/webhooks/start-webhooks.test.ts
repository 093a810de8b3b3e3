import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from '@sahay/protocol';
import pino from 'pino';
import { typesMeantBy } from '../config/index.ts';
import { atEnd } from '../storage/testing/at-end.ts';
import { numbered, say, start, tempFolder, tempStore, visitor } from '../storage/testing/temp-store.ts';
import type { Store } from '../storage/store.ts';
import { verifyWebhook } from './index.ts';
import { startWebhooks } from './start-webhooks.ts';
import { TestReceiver, type Received } from './testing/test-receiver.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';

const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const endpointFor = (url: string, more: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  url,
  secrets: [secret],
  types: ['conversation.*', 'message.created'],
  allowPrivate: true,
  ...more,
});

interface Stage {
  store: Store;
  stop: () => Promise<void>;
  run: (command: Command) => Promise<void>;
}

/** A store whose events are told to an address; quick to try again. */
async function stage(
  t: TestContext,
  endpoint: WebhookEndpoint,
  { path = join(tempFolder(t), 'sahay.db'), backoffMs = [1, 1, 1], outboxId = 'o1', clock = Date.now } = {},
): Promise<Stage> {
  const webhooks = [{ url: endpoint.url, types: typesMeantBy(endpoint.types) }];
  const store = await tempStore(t, { path, webhooks });
  const logger = pino({ level: 'silent' });
  const stop = await startWebhooks({ endpoints: [endpoint], store, clock, logger, backoffMs });
  atEnd(t, stop);
  const counts = new Map<string, number>();
  const run = async (command: Command): Promise<void> => {
    const lane = command.conversationId ?? 'user';
    counts.set(lane, (counts.get(lane) ?? 0) + 1);
    const { reply } = await store.execute(visitor, numbered(outboxId, counts.get(lane) ?? 1, command));
    assert.equal(reply.type, 'ack');
  };
  return { store, stop, run };
}

const textOf = ({ event }: Received): string =>
  ((event.data as { message?: { parts?: { text?: string }[] } }).message?.parts ?? [])[0]?.text ?? event.type;
const lastOf = (text: string) => (received: readonly Received[]) =>
  received.some((one) => textOf(one) === text);

test('events that were asked for are posted, signed, in the order of the conversation', async (t) => {
  const receiver = await TestReceiver.start(t);
  const { run } = await stage(t, endpointFor(receiver.url));
  await run(start());
  for (const text of ['one', 'two', 'three']) await run(say(text, 'c1', text));
  await run({ type: 'conversation.close', conversationId: 'c1', data: {} });
  await receiver.until((all) => all.some(({ event }) => event.type === 'conversation.closed'), 'the close');
  const own = receiver.received.map(textOf).filter((text) => text !== 'message.created');
  assert.deepEqual(own, ['conversation.started', 'one', 'two', 'three', 'conversation.closed']);
  for (const one of receiver.received) {
    const event = verifyWebhook(one, { secrets: [secret] });
    assert.equal(event.conversationId, 'c1');
    assert.equal(one.headers['content-type'], 'application/json');
  }
  assert.equal(new Set(receiver.received.map(({ event }) => event.id)).size, receiver.received.length);
});

test('what is not taken comes again under the same id and a fresh signature, and what follows it waits', async (t) => {
  const receiver = await TestReceiver.start(t);
  let late = 0;
  const { run } = await stage(t, endpointFor(receiver.url, { types: ['message.created'] }), {
    clock: () => Date.now() + late,
  });
  let refusals = 2;
  receiver.react = (one) => {
    // A time stamp counts in seconds: each attempt is made in another one.
    late += 1_000;
    return { status: textOf(one) === 'one' && refusals-- > 0 ? 503 : 200 };
  };
  await run(start());
  await run(say('one', 'c1', 'm1'));
  await run(say('two', 'c1', 'm2'));
  await receiver.until(lastOf('two'), 'the second message');
  assert.deepEqual(receiver.received.map(textOf), ['one', 'one', 'one', 'two']);
  const [first, second, third] = receiver.received.map(({ headers }) => headers);
  assert.equal(first?.['webhook-id'], third?.['webhook-id']);
  assert.notEqual(first?.['webhook-timestamp'], second?.['webhook-timestamp']);
  assert.notEqual(first?.['webhook-signature'], second?.['webhook-signature']);
});

test('a conversation whose delivery hangs holds up no other', async (t) => {
  const receiver = await TestReceiver.start(t);
  const { run } = await stage(t, endpointFor(receiver.url, { types: ['message.created'] }));
  const open = Promise.withResolvers<void>();
  receiver.react = ({ event }) => ({
    status: 200,
    ...(event.conversationId === 'c1' && { after: open.promise }),
  });
  await run(start());
  await run(say('stuck', 'c1', 'm1'));
  await receiver.until(lastOf('stuck'), 'the first');
  await run(start('c2'));
  await run(say('free', 'c2', 'm2'));
  await run(say('free too', 'c2', 'm3'));
  await receiver.until(lastOf('free too'), 'the other conversation’s');
  open.resolve();
});

test('a redirect is a failure: nobody is followed into the network behind', async (t) => {
  const receiver = await TestReceiver.start(t);
  const { run } = await stage(t, endpointFor(receiver.url, { types: ['message.created'] }));
  receiver.react = () =>
    receiver.received.length === 1 ? { status: 307, headers: { location: '/secret' } } : { status: 200 };
  await run(start());
  await run(say('one'));
  await receiver.until((all) => all.length === 2, 'another attempt');
  assert.deepEqual(
    receiver.received.map(({ path }) => path),
    ['/hooks', '/hooks'],
  );
});

test('private addresses are not posted to, by number or by name, unless that was allowed', async (t) => {
  for (const name of ['127.0.0.1', 'localhost']) {
    const receiver = await TestReceiver.start(t);
    const url = receiver.url.replace('127.0.0.1', name);
    const endpoint = endpointFor(url, { types: ['message.created'], allowPrivate: false });
    const { run, store } = await stage(t, endpoint, { backoffMs: [] });
    await run(start());
    await run(say('one'));
    const failures = () => store.sql.all<{ reason: string }>('SELECT reason FROM webhook_failures');
    for (let tries = 0; (await failures()).length === 0 && tries < 500; tries++) await pause(5);
    assert.match((await failures())[0]?.reason ?? '', /no public address/);
    assert.deepEqual(receiver.received, []);
  }
});

test('what is given up is remembered without what it said, and what follows it is posted', async (t) => {
  const receiver = await TestReceiver.start(t);
  const { run, store } = await stage(t, endpointFor(receiver.url, { types: ['message.created'] }));
  receiver.react = (one) => ({ status: textOf(one) === 'two' ? 410 : textOf(one) === 'one' ? 500 : 200 });
  await run(start());
  for (const text of ['one', 'two', 'three']) await run(say(text, 'c1', text));
  await receiver.until(lastOf('three'), 'the third message');
  assert.deepEqual(receiver.received.map(textOf), ['one', 'one', 'one', 'one', 'two', 'three']);
  const rows = await store.sql.all<{ reason: string }>(
    'SELECT * FROM webhook_failures ORDER BY given_up_at, reason',
  );
  assert.deepEqual(
    rows.map(({ reason }) => reason),
    ['It answered 500.', 'It answered 410.'],
  );
  assert.doesNotMatch(JSON.stringify(rows), /two/);
});

test('what was given up is forgotten after 90 days, and not before', async (t) => {
  const receiver = await TestReceiver.start(t);
  receiver.react = () => ({ status: 410 });
  const began = Date.now();
  let now = began;
  const endpoint = endpointFor(receiver.url, { types: ['message.created'] });
  const { run, store } = await stage(t, endpoint, { backoffMs: [], clock: () => now });
  const days = async (): Promise<number[]> => {
    const rows = await store.sql.all<{ at: number }>(
      'SELECT given_up_at AS at FROM webhook_failures ORDER BY given_up_at',
    );
    return rows.map(({ at }) => (at - began) / day);
  };
  const day = 24 * 3_600_000;
  await run(start());
  const kept = [
    [0, [0]],
    [60, [0, 60]],
    [90, [0, 60, 90]],
    [91, [60, 90, 91]],
  ] as const;
  for (const [after, left] of kept) {
    now = began + after * day;
    await run(say('x', 'c1', `m${after}`));
    for (let tries = 0; (await days()).at(-1) !== after && tries < 500; tries++) await pause(5);
    assert.deepEqual(await days(), left, `on day ${after}`);
  }
});

test('“Retry-After” is kept to', async (t) => {
  const receiver = await TestReceiver.start(t);
  const { run } = await stage(t, endpointFor(receiver.url, { types: ['message.created'] }));
  const times: number[] = [];
  receiver.react = () => {
    times.push(Date.now());
    return times.length === 1 ? { status: 429, headers: { 'retry-after': '1' } } : { status: 200 };
  };
  await run(start());
  await run(say('one'));
  await receiver.until((all) => all.length === 2, 'another attempt');
  assert.ok(times[1]! - times[0]! >= 995, `${times[1]! - times[0]!} ms`);
});

test('what was waiting when the server stopped is posted by the next one, and only that', async (t) => {
  const receiver = await TestReceiver.start(t);
  const path = join(tempFolder(t), 'sahay.db');
  const endpoint = endpointFor(receiver.url, { types: ['message.created'] });
  const first = await stage(t, endpoint, { path, backoffMs: [60_000] });
  receiver.react = (one) => ({ status: textOf(one) === 'two' ? 500 : 200 });
  await first.run(start());
  for (const text of ['one', 'two', 'three']) await first.run(say(text, 'c1', text));
  await receiver.until(lastOf('two'), 'the second');
  await pause(50);
  await first.stop();
  await first.store.sql.run('UPDATE webhook_lanes SET due_at = 0');
  await first.store.close();
  receiver.received.length = 0;
  receiver.react = () => ({ status: 200 });
  await stage(t, endpoint, { path });
  await receiver.until(lastOf('three'), 'the third');
  assert.deepEqual(receiver.received.map(textOf), ['two', 'three']);
});

test('an erased conversation is told of as erased, and of what it said nothing is left to post', async (t) => {
  const receiver = await TestReceiver.start(t);
  const endpoint = endpointFor(receiver.url);
  const { run, store } = await stage(t, endpoint, { backoffMs: [60_000] });
  receiver.react = () => ({ status: 500 });
  await run(start());
  await run(say('my secret'));
  await receiver.until((all) => all.length === 1, 'an attempt');
  await run({ type: 'data.erase', data: { conversationId: 'c1' } });
  const rows = await store.sql.all<{ body: string }>('SELECT body FROM webhook_deliveries ORDER BY n');
  assert.deepEqual(
    rows.map(({ body }) => (JSON.parse(body) as { type: string }).type),
    ['conversation.erased'],
  );
});

test('an address that is no more configured has nothing kept for it', async (t) => {
  const receiver = await TestReceiver.start(t);
  const { run, store, stop } = await stage(t, endpointFor(receiver.url), { backoffMs: [60_000] });
  receiver.react = () => ({ status: 500 });
  await run(start());
  await receiver.until((all) => all.length === 1, 'an attempt');
  await stop();
  await startWebhooks({ endpoints: [], store, clock: Date.now, logger: pino({ level: 'silent' }) });
  assert.deepEqual(await store.sql.all('SELECT n FROM webhook_deliveries'), []);
});
