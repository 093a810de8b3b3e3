import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeProblem } from '@sahay/protocol';
import { SahayError } from '../sahay-error.ts';
import { make, serve } from '../testing/stage.ts';
import { until } from '../testing/until.ts';

/** A visitor's conversation at a server that refuses its requests so often, and when each of them was made. */
async function refusedAtFirst(times: number, retryAfterMs: number) {
  const asked: number[] = [];
  const server = await serve({
    refuse: (path) =>
      path.endsWith('/search') && asked.push(performance.now()) <= times
        ? makeProblem('rate_limited', 'Too many searches.', { retryAfterMs })
        : undefined,
  });
  const client = make({ url: server.url, storage: 'memory' });
  const conversation = client.conversations.create();
  await (
    await conversation.send('a blue kettle')
  ).acknowledged;
  await until(conversation, ({ phase }) => phase === 'ready');
  return { client, conversation, asked };
}

const hasCode = (code: string) => (error: unknown) => error instanceof SahayError && error.code === code;

describe('a search that comes too often', () => {
  it('is made again when the backend said, and found nothing wrong', async () => {
    const { conversation, asked } = await refusedAtFirst(2, 40);
    assert.equal((await conversation.search!('kettle', '2')).matches.length, 1);
    assert.equal(asked.length, 3);
    for (const [index, at] of asked.entries())
      if (index > 0) assert.ok(at - asked[index - 1]! >= 39, `again after ${at - asked[index - 1]!} ms`);
  });

  it('fails where that would take longer than anybody looks at a search', async () => {
    const { conversation, asked } = await refusedAtFirst(1, 120_000);
    await assert.rejects(conversation.search!('kettle'), hasCode('rate_limited'));
    assert.equal(asked.length, 1);
  });

  it('ends with the session, whatever it waits for', async () => {
    const { client, conversation, asked } = await refusedAtFirst(Infinity, 20_000);
    const searched = conversation.search!('kettle');
    const ended = assert.rejects(searched, hasCode('cancelled'));
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await client.destroy();
    await ended;
  });
});
