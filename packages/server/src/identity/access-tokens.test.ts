import assert from 'node:assert/strict';
import { createHmac, createPublicKey } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { ProblemError } from '../http/problem-error.ts';
import { AccessTokens } from './access-tokens.ts';
import { knownVisitorId } from './secrets.ts';

const now = Date.parse('2030-01-01T12:00:00Z');
const seconds = now / 1000;
const ownKey = new Uint8Array(32).fill(7);
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

let host: { publicKey: CryptoKey; privateKey: CryptoKey };
let tokens: AccessTokens;
before(async () => {
  host = await generateKeyPair('ES256', { extractable: true });
  tokens = new AccessTokens({
    tenantId: 'shop',
    key: ownKey,
    hostKey: { algorithm: 'ES256', key: host.publicKey },
    now: () => now,
  });
});

/** A host's token that is right in every respect but for what a test changes. */
const hostToken = (
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> =>
  new SignJWT({ sub: 'ada@shop.example', aud: 'shop', iat: seconds, exp: seconds + 600, ...claims })
    .setProtectedHeader({ alg: 'ES256', ...header })
    .sign(host.privateKey);

const code = (token: string | Promise<string>): Promise<string> =>
  Promise.resolve(token)
    .then((text) => tokens.verify(text))
    .then(
      () => 'accepted',
      (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
    );

describe('AccessTokens', () => {
  it('recognises its own tokens', async () => {
    const { accessToken, expiresAt } = await tokens.sign({ id: 'a1', role: 'agent', name: 'Mina' }, 's1');
    assert.equal(expiresAt, '2030-01-01T12:15:00.000Z');
    assert.deepEqual(await tokens.verify(accessToken), {
      actor: { id: 'a1', role: 'agent', tenantId: 'shop', name: 'Mina' },
      expiresAt: Date.parse(expiresAt),
      sessionId: 's1',
    });
  });

  it('makes a visitor of every host token, whatever role it claims', async () => {
    const { actor } = await tokens.verify(
      await hostToken({ role: 'agent', name: 'Ada', sid: 's1', tenantId: 'other' }),
    );
    assert.deepEqual(actor, {
      id: knownVisitorId('shop', 'ada@shop.example'),
      role: 'visitor',
      tenantId: 'shop',
      name: 'Ada',
    });
    assert.match(actor.id, /^u_[\w-]{32}$/);
  });

  it('gives subjects that look alike, and those of other tenants, ids of their own', () => {
    assert.notEqual(knownVisitorId('shop', '1'), knownVisitorId('shop', '01'));
    assert.notEqual(knownVisitorId('shop', '1'), knownVisitorId('shop2', '1'));
  });

  it('drops what could disguise a name', async () => {
    const { actor } = await tokens.verify(await hostToken({ name: '\u202eadA\u0000\n' }));
    assert.equal(actor.name, 'adA');
  });

  it('refuses alg none, with and without the server key id', async () => {
    const claims = { sub: 'x', aud: 'shop', exp: seconds + 60, role: 'agent', sid: 's' };
    assert.equal(await code(new UnsecuredJWT(claims).encode()), 'token_invalid');
    for (const alg of ['none', 'None', 'NONE'])
      assert.equal(
        await code(`${base64({ alg, kid: 'sahay-session' })}.${base64(claims)}.`),
        'token_invalid',
      );
  });

  it('refuses a public key used as a shared secret', async () => {
    const pem = await exportSPKI(host.publicKey);
    for (const key of [pem, createPublicKey(pem).export({ type: 'spki', format: 'der' })]) {
      const signed = `${base64({ alg: 'HS256' })}.${base64({ sub: 'x', aud: 'shop', exp: seconds + 60 })}`;
      assert.equal(
        await code(`${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`),
        'token_invalid',
      );
    }
  });

  it("refuses the host's signature on a token that names this server's key", async () => {
    assert.equal(
      await code(hostToken({ role: 'agent', sid: 's1' }, { kid: 'sahay-session' })),
      'token_invalid',
    );
  });

  it('refuses another tenant, a missing subject, a missing end, a later beginning', async () => {
    assert.equal(await code(hostToken({ aud: 'another' })), 'token_invalid');
    assert.equal(await code(hostToken({ aud: undefined })), 'token_invalid');
    assert.equal(await code(hostToken({ sub: undefined })), 'token_invalid');
    assert.equal(await code(hostToken({ sub: '' })), 'token_invalid');
    assert.equal(await code(hostToken({ exp: undefined })), 'token_invalid');
    assert.equal(await code(hostToken({ nbf: seconds + 300 })), 'token_invalid');
    assert.equal(await code(hostToken({ iat: seconds + 300, exp: seconds + 900 })), 'token_invalid');
  });

  it('says of an expired token that a fresh one helps', async () => {
    assert.equal(await code(hostToken({ iat: seconds - 700, exp: seconds - 100 })), 'token_expired');
  });

  it('refuses tokens that live longer than 15 minutes, also without iat', async () => {
    assert.equal(await code(hostToken({ exp: seconds + 15 * 60 })), 'accepted');
    assert.equal(await code(hostToken({ exp: seconds + 16 * 60 })), 'token_invalid');
    assert.equal(await code(hostToken({ iat: seconds - 600, exp: seconds + 600 })), 'token_invalid');
    assert.equal(await code(hostToken({ iat: undefined, exp: seconds + 16 * 60 })), 'token_invalid');
  });

  it('refuses a changed token and what is no token', async () => {
    const [header, , signature] = (await hostToken()).split('.');
    assert.equal(
      await code(`${header}.${base64({ sub: 'eve', aud: 'shop', exp: seconds + 60 })}.${signature}`),
      'token_invalid',
    );
    for (const text of ['', 'abc', 'a.b.c', '.'.repeat(9000)])
      assert.equal(await code(text), 'token_invalid');
  });

  it('accepts no host tokens where no key is configured', async () => {
    tokens = new AccessTokens({ tenantId: 'shop', key: ownKey, now: () => now });
    assert.equal(await code(hostToken()), 'token_invalid');
  });
});
