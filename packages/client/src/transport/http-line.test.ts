import assert from 'node:assert/strict';
import { it } from 'node:test';
import { makeProblem } from '@sahay/protocol';
import { longPollTransport } from './long-poll-transport.ts';
import { sseTransport } from './sse-transport.ts';

/** How a line ends whose server answers like this. */
function endOver(transport: typeof sseTransport, answer: () => Response): Promise<unknown[]> {
  const endpoints = { fetch: async () => answer(), events: 'e', poll: 'p', frames: 'f' };
  return new Promise((resolve) => {
    const link = transport(endpoints).connect('', {
      onOpen: () => link.send(JSON.stringify({ type: 'hello', token: 't' })),
      onFrame: () => undefined,
      onClose: (...end) => resolve(end),
    });
  });
}

const limited = makeProblem('rate_limited', 'Wait.', { retryAfterMs: 30_000 });
const header = { 'retry-after': '45' };

for (const [name, transport] of [
  ['an event stream', sseTransport],
  ['a poll', longPollTransport],
] as const)
  it(`${name} that is refused for now says for how long`, async () => {
    for (const [answer, end] of [
      [() => Response.json(limited, { status: 429 }), [4429, 30_000]],
      [() => new Response('slow down', { status: 429, headers: header }), [4429, 45_000]],
      [() => new Response('be right back', { status: 503, headers: header }), [1012, 45_000]],
      [() => Response.json(makeProblem('token_expired'), { status: 401 }), [4401, undefined]],
      [() => new Response('', { status: 502 }), [1006, undefined]],
    ] as const)
      assert.deepEqual(await endOver(transport, answer), end);
  });
