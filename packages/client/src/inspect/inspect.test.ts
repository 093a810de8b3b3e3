import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Inspection } from './inspect.ts';
import { allSent, make, serve } from '../testing/stage.ts';
import { until } from '../testing/until.ts';

describe('whoever looks on', () => {
  it('hears frames, states with their causes, the outbox and the cursors, as data that can be saved', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    const seen: Inspection[] = [];
    const end = await client.inspect((one) => seen.push(one));
    const conversation = client.conversations.create();
    await conversation.send('hello');
    await until(conversation, allSent(1));
    assert.deepEqual(JSON.parse(JSON.stringify(seen)), seen);
    const states = seen.flatMap((one) => (one.kind === 'state' ? `${one.state} ${one.cause}` : []));
    assert.deepEqual([...new Set(states)], ['idle created', 'connecting requested', 'online welcomed']);
    const frames = seen.flatMap((one) => (one.kind === 'frame' ? `${one.way} ${one.frame.type}` : []));
    assert.deepEqual(frames.slice(0, 2), ['out hello', 'in welcome']);
    assert.ok(
      frames.includes('out command') && frames.includes('in ack') && frames.includes('in subscribed'),
    );
    const waiting = seen.flatMap((one) => (one.kind === 'outbox' ? one.entries.length : []));
    assert.ok(waiting.includes(2) && waiting.at(-1) === 0, waiting.join());
    const last = seen.findLast((one) => one.kind === 'cursors');
    assert.ok(
      last?.kind === 'cursors' && last.cursors.some(({ stream }) => stream.includes(conversation.id)),
    );
    assert.ok(!JSON.stringify(seen).includes('token-'), 'no token is told');
    end();
    const count = seen.length;
    await (
      await conversation.send('unseen')
    ).acknowledged;
    assert.equal(seen.length, count);
  });

  it('is not alone: each hears first how things stand, and one that leaves does not take the others along', async () => {
    const server = await serve();
    const client = make({ url: server.url, storage: 'memory' });
    const first: Inspection[] = [];
    const second: Inspection[] = [];
    const endFirst = await client.inspect((one) => first.push(one));
    await client.connect();
    const endSecond = await client.inspect((one) => second.push(one));
    assert.ok(second.some((one) => one.kind === 'state' && one.state === 'online'));
    endFirst();
    const count = first.length;
    const { acknowledged } = await client.conversations.create().send('hello');
    await acknowledged;
    assert.equal(first.length, count);
    assert.ok(second.some((one) => one.kind === 'frame' && one.frame.type === 'ack'));
    // An outbox in memory is this tab's own.
    const { durable, drains } = second.findLast((one) => one.kind === 'tab')!;
    assert.deepEqual([durable, drains], [false, true]);
    endSecond();
  });
});
