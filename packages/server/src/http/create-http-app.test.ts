import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import pino from 'pino';
import type { MessagePage, Session } from '@sahay/protocol';
import {
  validateDiscovery,
  validateMessagePage,
  validateSession,
  validateWelcome,
} from '@sahay/protocol/validate-ajv';
import { say, start } from '../storage/testing/temp-store.ts';
import { problemIn, testHttp } from './testing/test-http.ts';

describe('what anybody may ask', () => {
  it('is a discovery document by the protocol', async (t) => {
    const { get } = await testHttp(t);
    const response = await get('/.well-known/sahay');
    const verdict = validateDiscovery(await response.json());
    assert.ok(verdict.valid, 'error' in verdict ? verdict.error : '');
    assert.equal(verdict.value.tenant, 'shop');
    assert.ok(verdict.value.capabilities.includes('attachments'));
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  });

  it('is a welcome in the language of the visitor, with questions of the knowledge base, and the truth about who is here', async (t) => {
    const { get, core } = await testHttp(t);
    const verdict = validateWelcome(await (await get('/v1/welcome?locale=bn-BD')).json());
    assert.ok(verdict.valid, 'error' in verdict ? verdict.error : '');
    const { parts, availability, author } = verdict.value;
    assert.match(JSON.stringify(parts), /নমস্কার.*টাকা ফেরত পাব কীভাবে\?/);
    assert.equal(availability.open, false);
    assert.deepEqual(author, { id: 'bot', role: 'bot', name: 'Sahay' });
    assert.deepEqual(
      await core.context.store.sql.all('SELECT id FROM conversations'),
      [],
      'nothing is recorded',
    );
  });

  it('is a welcome in English for languages that nobody speaks here, and for nonsense', async (t) => {
    const { get } = await testHttp(t);
    for (const locale of ['', 'fr', '__proto__', '%00', 'x'.repeat(500), '<script>'])
      assert.match(JSON.stringify(await (await get(`/v1/welcome?locale=${locale}`)).json()), /Hello!/);
  });

  it('is an article, in the language asked for where there is one', async (t) => {
    const { get } = await testHttp(t);
    assert.deepEqual(await (await get('/v1/articles/en%2Frefunds')).json(), {
      articleId: 'en/refunds',
      title: 'How do refunds work?',
      lang: 'en',
      markdown: 'Within a week.\n\n## Late\n\nWrite to us.',
    });
    const bengali = (await (await get('/v1/articles/en/refunds?locale=bn')).json()) as { lang: string };
    assert.equal(bengali.lang, 'bn');
    assert.equal(await problemIn(await get('/v1/articles/en/..%2f..%2fsecret')), '404 not_found');
  });

  it('is whether the server is well', async (t) => {
    const { get } = await testHttp(t);
    assert.deepEqual(await (await get('/healthz')).json(), { status: 'ok' });
  });
});

describe('sessions over HTTP', () => {
  it('begin, go on after a lost answer, and end for a secret that is too old', async (t) => {
    const { post } = await testHttp(t);
    const begun = await post('/v1/sessions', {});
    assert.equal(begun.status, 201);
    const verdict = validateSession(await begun.json());
    assert.ok(verdict.valid);
    const first = verdict.value;
    const refresh = (refreshSecret: string) => post('/v1/sessions/refresh', { refreshSecret });
    const lost = (await (await refresh(first.refreshSecret)).json()) as Session;
    const again = (await (await refresh(first.refreshSecret)).json()) as Session;
    assert.equal(again.participant.id, first.participant.id);
    assert.equal((await refresh(again.refreshSecret)).status, 200);
    assert.equal(lost.refreshSecret, again.refreshSecret);
    assert.equal(await problemIn(await refresh(first.refreshSecret)), '401 token_invalid');
  });

  it('are limited for one address', async (t) => {
    const { post } = await testHttp(t, { rates: { sessions: { burst: 2, perSecond: 0.1 } } });
    assert.equal((await post('/v1/sessions', {})).status, 201);
    assert.equal((await post('/v1/sessions', {})).status, 201);
    const refused = await post('/v1/sessions', {});
    assert.ok(Number(refused.headers.get('retry-after')) > 5);
    assert.equal(await problemIn(refused), '429 rate_limited');
  });

  it('believe the address a trusted proxy adds, and no other', async (t) => {
    const { post } = await testHttp(t, {
      config: { trustProxy: true },
      rates: { sessions: { burst: 1, perSecond: 0.1 } },
    });
    const from = (addresses: string) => post('/v1/sessions', {}, { 'x-forwarded-for': addresses });
    assert.equal((await from('1.1.1.1')).status, 201);
    assert.equal((await from('1.1.1.1, 2.2.2.2')).status, 201);
    assert.equal((await from('9.9.9.9, 2.2.2.2')).status, 429);
  });
});

describe('searches', () => {
  it('have a rate of their own for each participant', async (t) => {
    const http = await testHttp(t, { rates: { searches: { burst: 2, perSecond: 0.1 } } });
    const [asha, omar] = [await http.visitor(), await http.visitor()];
    await asha.run(start('c1'));
    await omar.run(start('c2'));
    const search = (id: string, { headers } = asha) =>
      http.get(`/v1/conversations/${id}/search?q=a`, { headers });
    for (const _ of [1, 2]) assert.equal((await search('c1')).status, 200);
    assert.equal(await problemIn(await search('c1')), '429 rate_limited');
    assert.equal((await search('c2', omar)).status, 200, 'nobody else waits');
    const { status } = await http.get('/v1/conversations/c1/messages', { headers: asha.headers });
    assert.equal(status, 200, 'what is no search goes on');
  });
});

describe('earlier messages', () => {
  it('come in pages, to those who may read the conversation', async (t) => {
    const { get, visitor, agent } = await testHttp(t);
    const [asha, stranger, rumi] = [await visitor(), await visitor(), await agent()];
    await asha.run(start('c1'));
    for (let n = 1; n <= 5; n++) await asha.run(say(`message ${n}`, 'c1', `cm${n}`));
    const page = async (query: string, headers = asha.headers): Promise<MessagePage> => {
      const verdict = validateMessagePage(
        await (await get(`/v1/conversations/c1/messages?${query}`, { headers })).json(),
      );
      assert.ok(verdict.valid, 'error' in verdict ? verdict.error : '');
      return verdict.value;
    };
    const latest = await page('limit=2');
    assert.deepEqual(
      latest.messages.map((m) => m.clientMessageId),
      ['cm4', 'cm5'],
    );
    const before = await page(`limit=2&before=${encodeURIComponent(latest.earlier ?? '')}`);
    assert.deepEqual(
      before.messages.map((m) => m.clientMessageId),
      ['cm2', 'cm3'],
    );
    assert.equal((await page('', rumi.headers)).messages.length, 6);

    const refused = (query: string, headers: HeadersInit = asha.headers, id = 'c1') =>
      get(`/v1/conversations/${id}/messages?${query}`, { headers }).then(problemIn);
    assert.equal(await refused('', stranger.headers), '404 not_found');
    assert.equal(await refused('', asha.headers, 'c2'), '404 not_found');
    assert.equal(await refused('', {}), '401 unauthenticated');
    assert.equal(await refused('', { authorization: 'Bearer x.y.z' }), '401 token_invalid');
    assert.equal(await refused('before=nonsense'), '400 cursor_invalid');
    assert.equal(await refused('limit=0'), '400 invalid_frame');
    const around = await page(`limit=3&around=${before.messages[1]!.id}`);
    assert.deepEqual(
      around.messages.map((m) => m.clientMessageId),
      ['cm2', 'cm3', 'cm4'],
    );
    const after = await page(`after=${encodeURIComponent(around.later ?? '')}`);
    assert.deepEqual(
      after.messages.map((m) => m.clientMessageId),
      ['cm5'],
    );
    assert.equal(await refused('around=nobody'), '404 message_not_found');
    assert.equal(await refused('after=nonsense'), '400 cursor_invalid');
    assert.equal(await refused('around=nobody&after=nonsense'), '400 invalid_frame');
    assert.equal(
      await refused(`token=${asha.headers.authorization.slice(7)}`, {}),
      '401 unauthenticated',
      'never by the address',
    );
  });
});

describe('bad requests', () => {
  it('are answered with a problem, whatever is wrong', async (t) => {
    const { get, post, url } = await testHttp(t);
    const body = (text: string) =>
      fetch(`${url}/v1/sessions/refresh`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: text,
      });
    assert.equal(await problemIn(await body('{"refreshSecret":')), '400 invalid_frame');
    assert.equal(await problemIn(await body('[]')), '400 invalid_frame');
    assert.equal(await problemIn(await body('"text"')), '400 invalid_frame');
    assert.equal(await problemIn(await body('')), '400 invalid_frame');
    assert.equal(await problemIn(await body('{"refreshSecret": 7}')), '400 invalid_frame');
    assert.equal(
      await problemIn(await body(`{"refreshSecret":"${'x'.repeat(70_000)}"}`)),
      '413 frame_too_large',
    );
    for (const path of ['/nothing', '/v1/nothing', '/v1/', '/console/', '/%00', '/%'])
      assert.equal(await problemIn(await get(path)), '404 not_found', path);
    assert.equal(await problemIn(await get('/v1/sessions')), '404 not_found');
    assert.equal(await problemIn(await post('/v1/insights')), '404 not_found');
  });

  it('say nothing of what went wrong inside', async (t) => {
    const { core, get } = await testHttp(t);
    core.context.store.sql.all = () => Promise.reject(new Error('disk /dev/sda1 is full'));
    const response = await get('/healthz');
    assert.equal(response.status, 500);
    assert.ok(!(await response.text()).includes('sda1'));
  });
});

describe('the log of requests', () => {
  it('says what was asked and answered, without tokens, secrets, queries or bodies', async (t) => {
    const { core, get, post, visitor } = await testHttp(t);
    const lines: string[] = [];
    core.context.logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const { headers } = await visitor();
    await get('/v1/conversations/c1/messages?before=secret-cursor', { headers });
    const session = (await (await post('/v1/sessions', {})).json()) as Session;
    await post('/v1/sessions/refresh', { refreshSecret: session.refreshSecret });
    await get('/v1/attachments/f1/content?expires=1&signature=secret-signature');
    const log = lines.join('');
    assert.match(log, /"method":"GET","path":"\/v1\/conversations\/c1\/messages","status":404/);
    assert.equal(lines.length, 4);
    for (const secret of [
      headers.authorization.slice(7),
      session.refreshSecret,
      session.accessToken,
      'secret-',
    ])
      assert.ok(!log.includes(secret));
  });
});

describe('origins', () => {
  const shop = 'https://shop.example';

  it('on the list may use the API, without credentials of the browser', async (t) => {
    const { url, get } = await testHttp(t, { config: { allowOrigins: shop } });
    const preflight = await fetch(`${url}/v1/sessions`, {
      method: 'OPTIONS',
      headers: {
        origin: shop,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), shop);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Authorization/);
    assert.equal(preflight.headers.get('access-control-allow-credentials'), null);
    const answer = await get('/v1/welcome', { headers: { origin: shop } });
    assert.equal(answer.headers.get('access-control-allow-origin'), shop);
    assert.match(answer.headers.get('vary') ?? '', /Origin/);
    const refused = await get('/v1/conversations/c1/messages', { headers: { origin: shop } });
    assert.equal(refused.headers.get('access-control-allow-origin'), shop, 'errors can be read too');
    assert.equal(await problemIn(refused), '401 unauthenticated');
  });

  it('that are foreign are refused with the way to allow them', async (t) => {
    const { get, post } = await testHttp(t, { config: { allowOrigins: shop } });
    for (const origin of [
      'https://evil.example',
      'null',
      'https://shop.example.evil.example',
      'http://shop.example',
      'x',
    ]) {
      const refused = await get('/v1/welcome', { headers: { origin } });
      assert.equal(refused.headers.get('access-control-allow-origin'), null);
      assert.equal(await problemIn(refused), '403 origin_refused', origin);
      assert.equal(await problemIn(await post('/v1/sessions', {}, { origin })), '403 origin_refused', origin);
    }
    assert.match(
      await (await get('/v1/welcome', { headers: { origin: 'https://evil.example' } })).text(),
      /--allow-origin/,
    );
  });

  it('of the server itself are allowed, by the address it is known under', async (t) => {
    const { url, get } = await testHttp(t);
    assert.equal((await get('/v1/welcome', { headers: { origin: url } })).status, 200);
    const known = await testHttp(t, { config: { publicUrl: 'https://support.example' } });
    assert.equal(
      (await known.get('/v1/welcome', { headers: { origin: 'https://support.example' } })).status,
      200,
    );
    // With a known address, a name that somebody else points here is no address of ours.
    const status = await new Promise<number | undefined>((resolve) => {
      const headers = { host: 'evil.example', origin: 'http://evil.example' };
      request(`${known.url}/v1/welcome`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    assert.equal(status, 403);
  });
});

it('a request that its sender breaks off is no error of the server’s', async (t) => {
  const lines: { level: number; path?: string }[] = [];
  const logger = pino(
    { level: 'info' },
    { write: (line: string) => void lines.push(JSON.parse(line) as never) },
  );
  const http = await testHttp(t, { logger });
  const { headers } = await http.visitor();
  const broken = request(`${http.url}/v1/frames`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'content-length': '1000' },
  });
  broken.on('error', () => undefined);
  await new Promise((resolve) => broken.write('{"frames":', resolve));
  broken.destroy();
  for (
    const deadline = Date.now() + 5_000;
    Date.now() < deadline;
    await new Promise((r) => setTimeout(r, 10))
  )
    if (lines.some(({ path }) => path === '/v1/frames')) break;
  assert.ok(
    lines.some(({ path }) => path === '/v1/frames'),
    'it was logged',
  );
  assert.deepEqual(
    lines.filter(({ level }) => level >= 40),
    [],
  );
});
