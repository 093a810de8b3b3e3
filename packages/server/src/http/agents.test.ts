import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SignJWT } from 'jose';
import { say, start } from '../storage/testing/temp-store.ts';
import { problemIn, testHttp, type TestHttp } from './testing/test-http.ts';

const codeIn = (url: string): string => new URL(url).hash.slice('#sign-in='.length);

async function signIn(http: TestHttp): Promise<{ cookie: string; setCookie: string }> {
  const code = codeIn(await http.core.identity.signInUrl(http.url));
  const response = await http.post('/v1/agents/sign-in', { code, name: 'Mina' }, { origin: http.url });
  assert.equal(response.status, 200, await response.clone().text());
  const setCookie = response.headers.get('set-cookie') ?? '';
  return { setCookie, cookie: setCookie.split(';')[0] ?? '' };
}

describe('signing in', () => {
  it('consumes the link by a POST alone, and sets a cookie that scripts and other sites cannot use', async (t) => {
    const http = await testHttp(t);
    const code = codeIn(await http.core.identity.signInUrl(http.url));
    for (const method of ['GET', 'HEAD', 'PUT']) {
      const response = await http.get('/v1/agents/sign-in', {
        method,
        ...(method === 'PUT' && { body: JSON.stringify({ code }) }),
      });
      assert.equal(response.status, 404);
    }
    const first = await http.post('/v1/agents/sign-in', { code, name: 'Mina' });
    assert.equal(first.status, 200);
    assert.match(
      first.headers.get('set-cookie') ?? '',
      /^sahay_agent_\d+=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const { participant } = (await first.json()) as { participant: { name: string } };
    assert.equal(participant.name, 'Mina');
    const second = await http.post('/v1/agents/sign-in', { code });
    assert.equal(second.headers.get('set-cookie'), null);
    assert.equal(await problemIn(second), '401 token_invalid');
  });

  it('marks the cookie as secure behind https', async (t) => {
    const http = await testHttp(t, { config: { publicUrl: 'https://support.example' } });
    const code = codeIn(await http.core.identity.signInUrl(http.url));
    const response = await http.post('/v1/agents/sign-in', { code });
    assert.match(
      response.headers.get('set-cookie') ?? '',
      /^__Host-sahay_agent=.*; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('is refused to other sites, so that nobody is signed in as somebody else', async (t) => {
    const http = await testHttp(t, { config: { allowOrigins: 'https://shop.example' } });
    const code = codeIn(await http.core.identity.signInUrl(http.url));
    for (const headers of [
      { origin: 'https://shop.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ])
      assert.equal(
        await problemIn(await http.post('/v1/agents/sign-in', { code }, headers as Record<string, string>)),
        '403 origin_refused',
      );
    assert.equal(
      (await http.post('/v1/agents/sign-in', { code }, { origin: http.url, 'sec-fetch-site': 'same-origin' }))
        .status,
      200,
    );
  });

  it('cannot be guessed quickly', async (t) => {
    const http = await testHttp(t, { rates: { agents: { burst: 3, perSecond: 0.1 } } });
    const attempts = [];
    for (let n = 0; n < 5; n++)
      attempts.push((await http.post('/v1/agents/sign-in', { code: `guess${n}` })).status);
    assert.deepEqual(attempts, [401, 401, 401, 429, 429]);
  });
});

describe("an agent's cookie", () => {
  it('gives access tokens to the console alone, until the agent signs out', async (t) => {
    const http = await testHttp(t, { config: { allowOrigins: 'https://shop.example' } });
    const { cookie } = await signIn(http);
    const token = (headers: Record<string, string>) => http.post('/v1/agents/token', undefined, headers);
    assert.equal(await problemIn(await token({})), '401 unauthenticated');
    assert.equal(
      await problemIn(await token({ cookie, origin: 'https://shop.example' })),
      '403 origin_refused',
    );
    assert.equal(
      await problemIn(await token({ cookie, 'sec-fetch-site': 'cross-site' })),
      '403 origin_refused',
    );
    assert.equal(await problemIn(await token({ cookie: `${cookie.slice(0, -1)}x` })), '401 unauthenticated');
    const given = await token({ cookie, origin: http.url, 'sec-fetch-site': 'same-origin' });
    assert.equal(given.headers.get('cache-control'), 'no-store');
    const { accessToken } = (await given.json()) as { accessToken: string };
    const headers = { authorization: `Bearer ${accessToken}` };
    assert.equal((await http.get('/v1/insights', { headers })).status, 200);

    assert.equal((await http.post('/v1/agents/sign-out', undefined, { cookie })).status, 204);
    assert.equal(await problemIn(await token({ cookie })), '401 unauthenticated');
    assert.equal(await problemIn(await http.get('/v1/insights', { headers })), '401 token_invalid');
  });

  it('is worth nothing without the token: the API does not look at it', async (t) => {
    const http = await testHttp(t);
    const { cookie } = await signIn(http);
    assert.equal(
      await problemIn(await http.get('/v1/insights', { headers: { cookie } })),
      '401 unauthenticated',
    );
    assert.equal(
      await problemIn(await http.post('/v1/agents', { name: 'Eve' }, { cookie })),
      '401 unauthenticated',
    );
  });
});

describe('agents', () => {
  it('invite others; visitors do not', async (t) => {
    const http = await testHttp(t);
    const [rumi, asha] = [await http.agent(), await http.visitor()];
    assert.equal(
      await problemIn(await http.post('/v1/agents', { name: 'Eve' }, asha.headers)),
      '403 forbidden',
    );
    assert.equal(
      await problemIn(await http.post('/v1/agents', { name: ' ' }, rumi.headers)),
      '400 invalid_command',
    );
    const response = await http.post('/v1/agents', { name: 'Mina' }, rumi.headers);
    assert.equal(response.status, 201);
    const { agent, signInUrl } = (await response.json()) as { agent: { id: string }; signInUrl: string };
    assert.ok(signInUrl.startsWith(`${http.url}/console/#sign-in=`));
    const signedIn = await http.post('/v1/agents/sign-in', { code: codeIn(signInUrl) });
    assert.equal(((await signedIn.json()) as { participant: { id: string } }).participant.id, agent.id);
  });

  it('share their canned replies', async (t) => {
    const http = await testHttp(t);
    const [rumi, asha] = [await http.agent(), await http.visitor()];
    const put = (replies: unknown, headers = rumi.headers) =>
      http.get('/v1/canned-replies', { method: 'PUT', headers, body: JSON.stringify({ replies }) });
    const replies = [
      { id: 'r2', title: 'Thanks', text: 'ধন্যবাদ! <b>bold</b>' },
      { id: 'r1', title: 'Wait', text: 'One moment please.' },
      {
        id: 'r3',
        title: 'Which lamp?',
        text: '',
        parts: [
          { partId: 'rich', type: 'quick_replies', options: [{ id: 'reply1', label: 'The brass one' }] },
        ],
      },
    ];
    assert.equal((await put(replies)).status, 200);
    assert.deepEqual(await (await http.get('/v1/canned-replies', { headers: rumi.headers })).json(), {
      replies,
    });
    assert.equal(
      await problemIn(await http.get('/v1/canned-replies', { headers: asha.headers })),
      '403 forbidden',
    );
    assert.equal(await problemIn(await put(replies, asha.headers)), '403 forbidden');
    let deep: unknown = [];
    for (let level = 0; level < 100; level++) deep = [deep];
    for (const wrong of [
      'x',
      [{ id: 'a b', title: 't', text: 't' }],
      [{ id: 'a', title: ' ', text: 't' }],
      [null],
      [replies[0], replies[0]],
      [{ id: 'a', title: 't', text: '' }],
      [{ id: 'a', title: 't', text: '', parts: [] }],
      [{ id: 'a', title: 't', text: 't', parts: [{ partId: 'p', type: 'quick_replies' }] }],
      [{ id: 'a', title: 't', text: 't', parts: deep }],
    ])
      assert.equal(await problemIn(await put(wrong)), '400 invalid_frame', JSON.stringify(wrong));
    assert.deepEqual(await (await http.get('/v1/canned-replies', { headers: rumi.headers })).json(), {
      replies,
    });
  });

  it('see insights; visitors do not, even with a forged role', async (t) => {
    const secret = 'a secret that only the shop itself knows';
    const http = await testHttp(t, { config: { jwtKey: secret, jwtAlgorithm: 'HS256' } });
    const forged = await new SignJWT({ sub: '7', aud: 'shop', role: 'agent', sid: 's1' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(secret));
    const asKnown = { headers: { authorization: `Bearer ${forged}` } };
    assert.equal(await problemIn(await http.get('/v1/insights', asKnown)), '403 forbidden');
    const [rumi, asha] = [await http.agent(), await http.visitor()];
    await asha.run(start('c1'));
    await asha.run(say('Hello'));
    const insights = (await (await http.get('/v1/insights?days=7', { headers: rumi.headers })).json()) as {
      conversations: number;
    };
    assert.equal(insights.conversations, 1);
    assert.equal(await problemIn(await http.get('/v1/insights', { headers: asha.headers })), '403 forbidden');
    for (const days of ['0', '367', 'x', '-1'])
      assert.equal(
        await problemIn(await http.get(`/v1/insights?days=${days}`, { headers: rumi.headers })),
        '400 invalid_frame',
      );
  });
});
