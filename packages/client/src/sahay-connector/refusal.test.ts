import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeProblem } from '@sahay/protocol';
import { refusalOf } from './refusal.ts';

const refused = (status: number, headers: Record<string, string>, body: object | null = null) =>
  refusalOf(new Response(body && JSON.stringify(body), { status, headers }));

describe('how long a refusal asks to wait', () => {
  it('stands in its problem document', async () => {
    const problem = makeProblem('rate_limited', 'Slow down.', { retryAfterMs: 1_500 });
    const { code, retryAfterMs } = await refused(429, { 'retry-after': '2' }, problem);
    assert.deepEqual([code, retryAfterMs], ['rate_limited', 1_500]);
  });

  it('or in its header, which whatever stands in front may have set', async () => {
    const { retryAfterMs } = await refused(429, { 'retry-after': '2' }, makeProblem('rate_limited'));
    assert.equal(retryAfterMs, 2_000);
    const bare = await refused(503, { 'retry-after': '7' });
    assert.deepEqual([bare.code, bare.retryable, bare.retryAfterMs], ['internal', true, 7_000]);
  });

  it('also as a moment, by the clock of who says so', async () => {
    const date = 'Fri, 06 Mar 2026 10:00:00 GMT';
    const { retryAfterMs } = await refused(429, { date, 'retry-after': 'Fri, 06 Mar 2026 10:00:45 GMT' });
    assert.equal(retryAfterMs, 45_000);
  });

  it('and is a quarter of an hour at most', async () => {
    const year = 'Fri, 06 Mar 2099 10:00:45 GMT';
    for (const text of ['86400', '31536000', '9'.repeat(400), year])
      assert.equal((await refused(503, { 'retry-after': text })).retryAfterMs, 900_000, text);
    const problem = makeProblem('rate_limited', 'Slow down.', { retryAfterMs: 1e12 });
    assert.equal((await refused(429, {}, problem)).retryAfterMs, 900_000);
  });

  it('and is not known from a header that makes no sense', async () => {
    for (const text of ['', 'soon', '-3', '0', 'Fri, 06 Mar 1986 10:00:45 GMT'])
      assert.equal((await refused(429, { 'retry-after': text })).retryAfterMs, undefined, text);
  });
});
