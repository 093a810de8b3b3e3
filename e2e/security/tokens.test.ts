/*
 * Tokens that are forged, stretched, borrowed or used again. None opens anything; each is told what it is, and nothing of
 * why it nearly worked.
 */
import assert from 'node:assert/strict';
import { createHmac, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem, Session } from '@sahay/protocol';
import { TestSocket } from '../../packages/server/src/testing/test-socket.ts';
import { postJson, Wire } from '../testing/wire.ts';
import { Bystander } from './testing/bystander.ts';
import { rawHttp } from './testing/raw-client.ts';
import { ServerProcess } from './testing/server-process.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

let server: ServerProcess;
let bystander: Bystander;
before(async () => {
  server = await ServerProcess.start({ env: { SAHAY_JWT_KEY: publicPem, SAHAY_JWT_ALG: 'RS256' } });
  bystander = await Bystander.start(server);
});
afterEach(() => bystander.isUnharmed());
after(async () => {
  await bystander.ends().finally(() => server.dispose());
});

const base64 = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);
const claims = (more: object = {}): object => ({
  sub: 'asha',
  aud: 'default',
  iat: now(),
  exp: now() + 600,
  ...more,
});

/** A token by the host's own key, as RS256 unless the header says otherwise. */
function signed(header: object | string, payload: object | string, key = privateKey): string {
  const body = `${base64(header)}.${base64(payload)}`;
  return `${body}.${createSign('RSA-SHA256').update(body).sign(key, 'base64url')}`;
}

function hmac(header: object, payload: object, key: string | Buffer, algorithm = 'sha256'): string {
  const body = `${base64(header)}.${base64(payload)}`;
  return `${body}.${createHmac(algorithm, key).update(body).digest('base64url')}`;
}

/** What both doors say of a token; they must agree. */
async function verdictOn(token: string): Promise<string> {
  const ask = () =>
    fetch(`${server.url}/v1/conversations/c_none/messages`, {
      headers: { authorization: `Bearer ${token}` },
    });
  let answer = await ask();
  for (; answer.status === 429; answer = await ask()) await sleep(500);
  const problem = (await answer.json()) as Problem;
  const socket = new TestSocket(server.socketUrl);
  await once(socket.ws, 'open');
  socket.send({ type: 'hello', token });
  await socket.next('welcome').then(
    () => socket.close(),
    () => undefined,
  );
  const { code } = await socket.closed;
  const [heard] = socket.frames;
  const said = heard?.type === 'problem' ? heard.problem.code : heard?.type;
  if (answer.status === 404) {
    assert.equal(said, 'welcome');
    return 'accepted';
  }
  assert.equal(answer.status, 401);
  assert.equal(code, said === undefined ? 4400 : 4401);
  if (said !== undefined) assert.equal(said, problem.code);
  return problem.code;
}

const rs256 = { alg: 'RS256', typ: 'JWT' };

describe("a host's token", { timeout: 60_000 }, () => {
  test('that is right is accepted, as a visitor', async () => {
    assert.equal(await verdictOn(signed(rs256, claims({ role: 'agent' }))), 'accepted');
    const wire = await Wire.withToken(server, signed(rs256, claims({ role: 'agent', tenantId: 'other' })));
    assert.equal(
      wire.socket.frames[0]?.type === 'welcome' && wire.socket.frames[0].participant.role,
      'visitor',
    );
    wire.socket.close();
  });

  test('whose header chooses another algorithm is refused: none in any spelling, and the public key as a secret', async () => {
    const payload = claims();
    for (const alg of [
      'none',
      'None',
      'NONE',
      'nOnE',
      '',
      'HS256',
      'ES256',
      'PS256',
      'RS512',
      'A128KW',
      'dir',
    ]) {
      const body = `${base64({ alg, typ: 'JWT' })}.${base64(payload)}`;
      const rsa = signed({ alg }, payload).split('.')[2]!;
      for (const signature of ['', rsa, base64('x')])
        assert.equal(
          await verdictOn(`${body}.${signature}`),
          'token_invalid',
          `${alg} ${signature.slice(0, 4)}`,
        );
    }
    for (const key of [
      publicPem,
      publicPem.trim(),
      publicPem.replaceAll('\n', '\r\n'),
      publicKey.export({ type: 'spki', format: 'der' }),
    ])
      for (const [alg, hash] of [
        ['HS256', 'sha256'],
        ['HS512', 'sha512'],
      ] as const)
        assert.equal(await verdictOn(hmac({ alg }, payload, key, hash)), 'token_invalid');
  });

  test('that brings its own key is refused, however it brings it', async () => {
    const jwk = stranger.publicKey.export({ format: 'jwk' });
    for (const header of [
      { ...rs256, jwk },
      { ...rs256, jku: `${server.url}/jwks.json` },
      { ...rs256, x5u: 'http://127.0.0.1:1/cert.pem' },
      { ...rs256, x5c: [stranger.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')] },
    ])
      assert.equal(await verdictOn(signed(header, claims(), stranger.privateKey)), 'token_invalid');
  });

  test("whose key id is a trick is judged by the host's key alone", async () => {
    const tricks = [
      'sahay-session',
      '../../../../dev/null',
      "' UNION SELECT 'x",
      '/proc/self/environ',
      'sahay-session\u0000',
    ];
    for (const kid of tricks)
      for (const key of ['', '\0', 'x'])
        assert.equal(
          await verdictOn(hmac({ alg: 'HS256', kid }, claims({ role: 'agent', sid: 's' }), key)),
          'token_invalid',
          kid,
        );
    for (const kid of [{}, [], ['sahay-session'], 7, null, true])
      assert.match(
        await verdictOn(hmac({ alg: 'HS256', kid }, claims({ role: 'agent', sid: 's' }), 'x')),
        /token_invalid/,
      );
    // The host's signature under this server's own key id proves nothing.
    assert.equal(
      await verdictOn(signed({ ...rs256, kid: 'sahay-session' }, claims({ role: 'agent', sid: 's' }))),
      'token_invalid',
    );
  });

  test('with critical extensions that nobody here knows is refused', async () => {
    for (const extra of [
      { crit: ['exp'], exp: 1 },
      { crit: ['b64'], b64: false },
      { crit: ['x-superuser'], 'x-superuser': true },
      { crit: [] },
      { crit: 'b64' },
      { b64: false, crit: ['b64', 'b64'] },
    ])
      assert.equal(
        await verdictOn(signed({ ...rs256, ...extra }, claims())),
        'token_invalid',
        JSON.stringify(extra),
      );
  });

  test('for another audience, or for none, is refused', async () => {
    for (const aud of [
      'other',
      '',
      'Default',
      'default ',
      ['other'],
      [],
      {},
      null,
      7,
      ['other', ['default']],
    ])
      assert.equal(await verdictOn(signed(rs256, claims({ aud }))), 'token_invalid', JSON.stringify(aud));
    assert.equal(await verdictOn(signed(rs256, claims({ aud: undefined }))), 'token_invalid');
  });

  test('that has run out says so; one that never would, or lived too long, or begins later, is refused', async () => {
    assert.equal(
      await verdictOn(signed(rs256, claims({ iat: now() - 1_000, exp: now() - 100 }))),
      'token_expired',
    );
    for (const times of [
      { exp: undefined },
      { exp: now() + 7 * 86_400 },
      { exp: now() + 600, iat: now() - 86_400 },
      { exp: 2 ** 53 },
      { exp: String(now() + 600) },
      { exp: null },
      { exp: [now() + 600] },
      { exp: -1 },
      { nbf: now() + 600 },
      { iat: now() + 600 },
      { iat: -(2 ** 53) },
    ])
      assert.match(
        await verdictOn(signed(rs256, claims(times))),
        /token_(invalid|expired)/,
        JSON.stringify(times),
      );
    for (const exp of ['1e999', 'NaN', '-1e999'])
      assert.match(
        await verdictOn(signed(rs256, JSON.stringify(claims()).replace(/"exp":\d+/, `"exp":${exp}`))),
        /token_(invalid|expired)/,
        exp,
      );
  });

  test('whose subject is no text is refused, so that no two become one', async () => {
    for (const sub of ['', {}, [], ['asha'], 7, true, null, '\ud800'])
      assert.equal(await verdictOn(signed(rs256, claims({ sub }))), 'token_invalid', JSON.stringify(sub));
    for (const sub of ['__proto__', 'system', 'bot', '../asha', 'asha\n', 'x'.repeat(3_000)])
      assert.equal(await verdictOn(signed(rs256, claims({ sub }))), 'accepted', sub.slice(0, 20));
  });

  test('that is cut, doubled, padded or no token is refused', async () => {
    const [header, payload, signature] = signed(rs256, claims()).split('.') as [string, string, string];
    const flipped = `${signature.slice(0, 20)}${signature[20] === 'A' ? 'B' : 'A'}${signature.slice(21)}`;
    for (const token of [
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${header}.${payload}.${flipped}`,
      `${header}.${base64(claims({ sub: 'mina' }))}.${signature}`,
      `${header}.${payload}.${signature}.${signature}`,
      `.${payload}.${signature}`,
      `${header}..${signature}`,
      '..',
      'null',
      '%00',
      'x'.repeat(8_000),
      base64('[]') + '.' + base64('[]') + '.' + signature,
    ])
      assert.match(await verdictOn(token), /token_invalid|invalid_frame/, token.slice(0, 40));
  });

  test('in an address, a cookie or twice in a header is no token', async () => {
    const token = signed(rs256, claims());
    for (const [path, headers] of [
      [`/v1/conversations/c/messages?access_token=${token}&token=${token}`, {}],
      [
        '/v1/conversations/c/messages',
        { cookie: `token=${token}; sahay_agent=${token}; access_token=${token}` },
      ],
      ['/v1/conversations/c/messages', { authorization: `Basic ${token}` }],
      ['/v1/conversations/c/messages', { authorization: token }],
      ['/v1/conversations/c/messages', { 'x-authorization': `Bearer ${token}` }],
    ] as const) {
      const answer = await fetch(server.url + path, { headers });
      assert.equal(answer.status, 401, path.slice(0, 40));
      assert.equal(((await answer.json()) as Problem).code, 'unauthenticated');
    }
    const twice = await rawHttp(
      server.url,
      `GET /v1/conversations/c/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Basic x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );
    assert.match(twice, /^HTTP\/1\.1 40[01] /);
  });
});

describe('secrets of sessions', { timeout: 60_000 }, () => {
  const begin = async (): Promise<Session> =>
    (await (await postJson(`${server.url}/v1/sessions`, {})).json()) as Session;
  const refresh = (refreshSecret: unknown): Promise<Response> =>
    postJson(`${server.url}/v1/sessions/refresh`, { refreshSecret });

  test('used again after they were followed up end the session, its tokens and its sockets', async () => {
    const first = await begin();
    const second = (await (await refresh(first.refreshSecret)).json()) as Session;
    const third = (await (await refresh(second.refreshSecret)).json()) as Session;
    const wire = await Wire.withToken(server, third.accessToken);
    assert.equal((await refresh(first.refreshSecret)).status, 401);
    assert.equal((await wire.socket.closed).code, 4410);
    for (const token of [first.accessToken, third.accessToken])
      assert.equal(await verdictOn(token), 'token_invalid');
    assert.equal((await refresh(third.refreshSecret)).status, 401);
  });

  test('cannot be made from another: not by its number, not by its signature', async () => {
    const [mine, hers] = [await begin(), await begin()];
    const [id, , signature] = mine.refreshSecret.split('.') as [string, string, string];
    const [other, , theirs] = hers.refreshSecret.split('.') as [string, string, string];
    for (const secret of [
      `${id}.2.${signature}`,
      `${id}.1.${theirs}`,
      `${other}.1.${signature}`,
      `${id}.01.${signature}`,
      `${id}.1e0.${signature}`,
      `${id}.1.`,
      `${id}.9007199254740993.${signature}`,
      `.1.${signature}`,
    ]) {
      const answer = await refresh(secret);
      assert.equal(answer.status, 401, secret);
      assert.equal(((await answer.json()) as Problem).code, 'token_invalid');
    }
    for (const secret of [{}, [], 7, null, true, '', 'x'.repeat(501)])
      assert.equal((await refresh(secret)).status, 400);
    // Both sessions are as they were.
    for (const { refreshSecret } of [mine, hers]) assert.equal((await refresh(refreshSecret)).status, 200);
  });

  test('that are wrong take as long as those that are nearly right', async () => {
    const { refreshSecret } = await begin();
    const [id, , signature] = refreshSecret.split('.') as [string, string, string];
    const nearly = `${id}.1.${signature.slice(0, -2)}${signature.endsWith('AA') ? 'BB' : 'AA'}`;
    const far = `${id}.1.${randomBytes(32).toString('base64url')}`;
    const times = { nearly: [] as number[], far: [] as number[] };
    for (let round = 0; round < 60; round++)
      for (const [name, secret] of [
        ['nearly', nearly],
        ['far', far],
      ] as const) {
        const began = performance.now();
        assert.equal((await refresh(secret)).status, 401);
        times[name].push(performance.now() - began);
      }
    const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
    assert.ok(
      Math.abs(median(times.nearly) - median(times.far)) < 2,
      JSON.stringify([median(times.nearly), median(times.far)]),
    );
  });
});

describe('a sign-in link', { timeout: 60_000 }, () => {
  const signIn = (code: unknown, headers = {}): Promise<Response> =>
    postJson(`${server.url}/v1/agents/sign-in`, { code, name: 'Mallory' }, headers);

  test('works once, also for twenty who race; its cookie is for this site and its own pages alone', async () => {
    const code = new URL(server.signInUrl).hash.replace('#sign-in=', '');
    for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`])
      assert.equal((await signIn(code, { origin })).status, 403);
    assert.equal((await signIn(code, { 'sec-fetch-site': 'cross-site' })).status, 403);
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(code)));
    const winners = answers.filter(({ status }) => status === 200);
    assert.equal(winners.length, 1);
    const line = winners[0]!.headers.getSetCookie()[0]!;
    for (const flag of [/HttpOnly/i, /SameSite=Strict/i, /Path=\//i]) assert.match(line, flag);
    const cookie = line.split(';')[0]!;
    for (const headers of [
      { cookie, origin: 'https://evil.example' },
      { cookie, 'sec-fetch-site': 'same-site' },
      { cookie, 'sec-fetch-site': 'cross-site' },
    ])
      assert.equal((await postJson(`${server.url}/v1/agents/token`, {}, headers)).status, 403);
    // Without a token the cookie opens nothing, whoever sends it.
    for (const path of ['/v1/insights', '/v1/canned-replies'])
      assert.equal((await fetch(server.url + path, { headers: { cookie } })).status, 401);
    assert.equal((await postJson(`${server.url}/v1/agents/token`, {}, { cookie })).status, 200);
    assert.equal((await postJson(`${server.url}/v1/agents/token`, {}, { cookie: `${cookie}x` })).status, 401);
    await postJson(`${server.url}/v1/agents/sign-out`, {}, { cookie });
    assert.equal((await postJson(`${server.url}/v1/agents/token`, {}, { cookie })).status, 401);
  });

  test('cannot be guessed: wrong codes are refused alike, and soon slowed down', async () => {
    const statuses = [];
    for (let count = 0; count < 60; count++)
      statuses.push((await signIn(randomBytes(32).toString('base64url'))).status);
    assert.ok(
      statuses.every((status) => status === 401 || status === 429),
      String(statuses),
    );
    assert.ok(statuses.filter((status) => status === 429).length >= 20);
  });
});

/** The API as its documents are made from it: what is added there is tried here. */
const { routes } = JSON.parse(
  readFileSync(new URL('../../packages/protocol/schema/routes.json', import.meta.url), 'utf8'),
) as { routes: { route: string; who: 'anybody' | 'link' | 'token' | 'agent' | 'cookie' }[] };

describe('every request of the API', { timeout: 120_000 }, () => {
  /** Asks, as slowly as the rates want it. */
  async function asks(route: string, id: string, headers: Record<string, string>): Promise<string> {
    const [method = '', path = ''] = route.split(' ');
    const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
    for (;;) {
      const answer = await fetch(server.url + path.replace('{id}', id), {
        method,
        headers: { 'content-type': 'application/json', 'upload-offset': '0', ...headers },
        ...(hasBody && { body: '{}' }),
      });
      const type = answer.headers.get('content-type');
      const text = await answer.text();
      if (type !== 'application/problem+json') return `${answer.status} ${type}`;
      const problem = JSON.parse(text) as Problem;
      if (problem.status !== 429) return `${problem.status} ${problem.code}`;
      await sleep(problem.retryAfterMs ?? 500);
    }
  }
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const routesOf = (...who: string[]): string[] =>
    routes.filter((one) => who.includes(one.who)).map(({ route }) => route);

  test('wants a token that is one, wherever one is due', async () => {
    const session = (await (await postJson(`${server.url}/v1/sessions`, {})).json()) as Session;
    const [head, , signature] = session.accessToken.split('.') as [string, string, string];
    const staff = base64({ sub: 'asha', role: 'agent', sid: 'x', exp: now() + 600, aud: 'default' });
    const none = [
      {},
      { authorization: 'Bearer' },
      { authorization: 'Basic YWdlbnQ6YWdlbnQ=' },
      bearer('x.y.z'),
      bearer(session.refreshSecret),
      bearer(`${head}.${staff}.${signature}`),
      { cookie: `sahay_agent_80=${session.accessToken}; __Host-sahay_agent=${session.accessToken}` },
    ];
    assert.ok(routesOf('token', 'agent').length >= 18);
    for (const route of routesOf('token', 'agent'))
      for (const headers of none)
        assert.match(await asks(route, 'c_none', headers), /^401 /, `${route} ${JSON.stringify(headers)}`);
  });

  test('that is for agents is no visitor’s, whoever she says she is', async () => {
    const session = (await (await postJson(`${server.url}/v1/sessions`, {})).json()) as Session;
    const known = signed(rs256, claims({ role: 'agent', sid: 'x', scope: 'agent', roles: ['agent'] }));
    assert.ok(routesOf('agent').length >= 8);
    for (const route of routesOf('agent'))
      for (const token of [session.accessToken, known])
        assert.equal(await asks(route, 'x', bearer(token)), '403 forbidden', route);
  });

  test('that stands on a cookie is answered to no page but the server’s own', async () => {
    assert.ok(routesOf('cookie').length >= 2);
    for (const route of routesOf('cookie'))
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: `${server.url}.evil.example` },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ] as Record<string, string>[])
        assert.equal(
          await asks(route, 'x', headers),
          '403 origin_refused',
          `${route} ${JSON.stringify(headers)}`,
        );
  });

  test('about what is somebody’s own is answered to others as if there were nothing', async () => {
    const owner = await Wire.visitor(server);
    await owner.begins('Mine');
    const attachmentId = `f_${randomBytes(8).toString('hex')}`;
    const announced = { attachmentId, name: 'secret.txt', mediaType: 'text/plain', size: 5 };
    assert.equal((await owner.give('attachment.create', announced)).type, 'ack');
    const exported = await owner.give('data.export', {}, 'user');
    const { exportId } = exported.type === 'ack' ? exported.result : {};
    const erased = await owner.give('data.erase', {}, 'user');
    const { receiptId } = erased.type === 'ack' ? erased.result : {};
    assert.ok(exportId && receiptId);
    const again = await Wire.visitor(server);
    await again.begins('Mine too');
    const thief = await Wire.withToken(server, signed(rs256, claims({ sub: 'mallory' })));
    const ids = [owner.conversationId, again.conversationId, attachmentId, exportId, receiptId];
    const theirs = routesOf('token').filter((route) => route.includes('{id}'));
    assert.ok(theirs.length >= 8);
    for (const route of theirs)
      for (const id of ids) {
        const answer = await asks(route, id, bearer(thief.token));
        assert.match(answer, /^404 (not_found|attachment_unknown)$/, `${route} ${id}`);
        // And nobody learns from the answer whether there is one.
        assert.equal(answer, await asks(route, 'nothing_here', bearer(thief.token)), `${route} ${id}`);
      }
    for (const { socket } of [owner, again, thief]) socket.close();
  });
});
