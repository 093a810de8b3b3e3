import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createSupportClient } from '@sahay/client';
import type { CannedReplies, HelpArticle, InsightFigures } from '@sahay/protocol';

import { validatorOf } from '@sahay/protocol/validate-ajv';
import { setupServer } from 'msw/node';
import { createMockBackend, type MockBackend } from './index.ts';

const url = 'http://support.test';
const server = setupServer();
before(() => server.listen());
after(() => server.close());

const article: HelpArticle = { articleId: 'en/refunds', title: 'Refunds', lang: 'en', markdown: 'A week.' };
let mock: MockBackend;
beforeEach(() => {
  mock = createMockBackend({
    url,
    articles: [article],
    cannedReplies: [{ id: 'r1', title: 'Hello', text: 'Hello there' }],
    insights: () => ({ conversations: 3 }),
  });
  server.resetHandlers(...mock.handlers);
});

const get = (path: string, token?: string): Promise<Response> =>
  fetch(`${url}${path}`, token ? { headers: { authorization: `Bearer ${token}` } } : {});

test('a script answers what the visitor says to the real client', { timeout: 10_000 }, async () => {
  mock.onMessage((id, text) => mock.bot.say(id, `You asked: ${text}`));
  const client = createSupportClient({ url, storage: 'memory' });
  const conversation = client.conversations.create();
  const answered = Promise.withResolvers<string>();
  conversation.subscribe(() => {
    const last = conversation.getSnapshot().messages.at(-1)?.message;
    const [part] = last?.parts ?? [];
    if (last?.author.role === 'bot' && part?.type === 'text') answered.resolve(part.text);
  });
  await conversation.send('Where is my order?');
  assert.equal(await answered.promise, 'You asked: Where is my order?');
  await client.destroy();
});

test('articles are for everybody, also those in folders', async () => {
  assert.deepEqual(await (await get(`/v1/articles/${encodeURIComponent('en/refunds')}`)).json(), article);
  assert.equal((await get('/v1/articles/nowhere')).status, 404);
});

test('replies and figures are for agents, and in the shape of the protocol', async () => {
  const token = mock.agentToken('Rina');
  const { replies } = (await (await get('/v1/canned-replies', token)).json()) as CannedReplies;
  assert.equal(replies[0]?.text, 'Hello there');
  const changed = { replies: [] };
  const put = await fetch(`${url}/v1/canned-replies`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(changed),
  });
  assert.deepEqual(await put.json(), changed);
  const figures = (await (await get('/v1/insights?days=7', token)).json()) as InsightFigures;
  assert.deepEqual([figures.days, figures.conversations], [7, 3]);
  assert.equal(validatorOf<InsightFigures>('InsightFigures')(figures).valid, true);
  for (const path of ['/v1/canned-replies', '/v1/insights']) assert.equal((await get(path)).status, 403);
});
