import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { ConfigError, configFromEnvironment, resolveConfig, type ServerConfigInput } from './index.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sahay-config-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const resolved = (input: ServerConfigInput = {}) =>
  resolveConfig({ dataFolder: join(folder, 'data'), ...input });

/** Resolves to the sentence a wrong configuration stops with. */
async function complaint(input: ServerConfigInput): Promise<string> {
  const error = await resolved(input).then(
    () => assert.fail('the configuration was accepted'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ConfigError, String(error));
  return error.message;
}

describe('resolveConfig', () => {
  it('needs nothing, and makes the data folder for its owner alone', async () => {
    const config = await resolved();
    assert.equal(config.port, 4000);
    assert.equal(config.host, '127.0.0.1');
    assert.equal(config.tenantId, 'default');
    assert.equal(config.knowledge, undefined);
    assert.equal((await stat(config.uploadsFolder)).isDirectory(), true);
    assert.equal((await stat(config.dataFolder)).mode & 0o077, 0);
  });

  it('reads the environment, where empty variables count as not set', async () => {
    const config = await resolved({
      ...configFromEnvironment({
        PORT: '0',
        SAHAY_ALLOW_ORIGIN: 'https://a.example, http://b.example:8080/',
        SAHAY_KB: '',
        SAHAY_TRUST_PROXY: 'yes',
      }),
      dataFolder: join(folder, 'data'),
    });
    assert.equal(config.port, 0);
    assert.deepEqual(config.allowOrigins, ['https://a.example', 'http://b.example:8080']);
    assert.equal(config.trustProxy, true);
  });

  for (const port of ['http', '70000', '-1', '4000.5', 99999])
    it(`refuses the port ${port}`, async () =>
      assert.match(await complaint({ port }), /0 to 65535 with --port or PORT/));

  it('refuses a data folder that is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    assert.match(
      await complaint({ dataFolder: join(folder, 'file') }),
      /cannot be used.*--data or SAHAY_DATA/,
    );
  });

  it('refuses a knowledge base that is missing, a file, empty, or an empty path', async () => {
    await mkdir(join(folder, 'empty'), { recursive: true });
    await writeFile(join(folder, 'article.md'), '# Hello');
    assert.match(
      await complaint({ knowledgeFolder: join(folder, 'nowhere') }),
      /does not exist.*--kb or SAHAY_KB/,
    );
    assert.match(await complaint({ knowledgeFolder: join(folder, 'article.md') }), /is a file/);
    assert.match(await complaint({ knowledgeFolder: join(folder, 'empty') }), /is empty/);
    assert.match(await complaint({ knowledgeFolder: ' ' }), /empty path/);
  });

  it('goes without the default knowledge base when it is missing', async () => {
    assert.equal((await resolved({ defaultKnowledgeFolder: join(folder, 'nowhere') })).knowledge, undefined);
  });

  it('refuses a missing site folder', async () => {
    assert.match(await complaint({ siteFolder: join(folder, 'nowhere') }), /site folder.*--site/);
  });

  for (const [origin, message] of [
    ['*', /every site/],
    ['shop.example', /not a web address/],
    ['https://shop.example/path', /Write only https:\/\/shop\.example\./],
    ['ftp://shop.example', /begins with "ftp:"/],
    ['https://me:secret@shop.example', /more than an origin/],
    ['null', /not a web address/],
  ] as const)
    it(`refuses the origin ${origin}`, async () =>
      assert.match(await complaint({ allowOrigins: origin }), message));

  it('refuses an LLM without address, without model, and an address that is none', async () => {
    assert.match(await complaint({ llmUrl: 'https://llm.example/v1' }), /SAHAY_LLM_MODEL is not/);
    assert.match(await complaint({ llmModel: 'small' }), /SAHAY_LLM_URL is not/);
    assert.match(await complaint({ llmKey: 'k' }), /SAHAY_LLM_URL is not/);
    assert.match(await complaint({ llmUrl: 'llm.example', llmModel: 'small' }), /not a web address/);
    assert.deepEqual((await resolved({ llmUrl: 'http://llm.example/v1', llmModel: 'small' })).llm, {
      url: 'http://llm.example/v1',
      model: 'small',
    });
  });

  it('refuses a tenant that is no id', async () =>
    assert.match(await complaint({ tenantId: 'a b' }), /not an id/));
});

describe('the key of host tokens', () => {
  it('takes a public key as PEM file, as JWK and inline', async () => {
    const { publicKey } = await generateKeyPair('ES256', { extractable: true });
    const pem = await exportSPKI(publicKey);
    await writeFile(join(folder, 'visitors.pem'), pem);
    await writeFile(join(folder, 'visitors.jwk'), JSON.stringify(await exportJWK(publicKey)));
    for (const jwtKey of [join(folder, 'visitors.pem'), join(folder, 'visitors.jwk'), pem]) {
      const { hostKey } = await resolved({ jwtKey, jwtAlgorithm: 'ES256' });
      assert.equal(hostKey?.algorithm, 'ES256');
    }
  });

  it('takes a secret, from the value or from a file', async () => {
    await writeFile(join(folder, 'secret'), `${'s'.repeat(40)}\n`);
    for (const jwtKey of [join(folder, 'secret'), 's'.repeat(40)]) {
      const { hostKey } = await resolved({ jwtKey, jwtAlgorithm: 'HS256' });
      assert.deepEqual(hostKey?.key, new TextEncoder().encode('s'.repeat(40)));
    }
  });

  it('refuses "none", unknown algorithms, and a key without an algorithm', async () => {
    const jwtKey = 's'.repeat(40);
    assert.match(await complaint({ jwtKey, jwtAlgorithm: 'none' }), /not accepted/);
    assert.match(await complaint({ jwtKey, jwtAlgorithm: 'hs256' }), /not accepted/);
    assert.match(await complaint({ jwtKey }), /SAHAY_JWT_ALG is not/);
    assert.match(await complaint({ jwtAlgorithm: 'ES256' }), /SAHAY_JWT_KEY is not/);
  });

  it('refuses a public key as a shared secret, and a secret as a public key', async () => {
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const pem = await exportSPKI(publicKey);
    assert.match(await complaint({ jwtKey: pem, jwtAlgorithm: 'HS256' }), /needs a shared secret/);
    const jwk = JSON.stringify(await exportJWK(publicKey));
    assert.match(await complaint({ jwtKey: jwk, jwtAlgorithm: 'HS512' }), /needs a shared secret/);
    assert.match(await complaint({ jwtKey: 's'.repeat(40), jwtAlgorithm: 'RS256' }), /needs a public key/);
  });

  it('refuses a key of another kind, a private key, a short secret and a broken JWK', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    assert.match(
      await complaint({ jwtKey: await exportSPKI(publicKey), jwtAlgorithm: 'ES256' }),
      /does not fit/,
    );
    assert.match(
      await complaint({ jwtKey: await exportPKCS8(privateKey), jwtAlgorithm: 'RS256' }),
      /is a private key/,
    );
    assert.match(
      await complaint({ jwtKey: JSON.stringify(await exportJWK(privateKey)), jwtAlgorithm: 'RS256' }),
      /is a private key/,
    );
    assert.match(await complaint({ jwtKey: 'short', jwtAlgorithm: 'HS256' }), /5 bytes; at least 32/);
    assert.match(await complaint({ jwtKey: '{"kty":', jwtAlgorithm: 'ES256' }), /not valid JSON/);
  });

  it('never takes a mistyped path for a secret', async () => {
    for (const jwtKey of [
      './keys/the-public-key-of-the-visitors.pem',
      join(folder, 'a-rather-long-name-of-a-missing-key'),
    ])
      assert.match(await complaint({ jwtKey, jwtAlgorithm: 'HS256' }), /does not exist/);
  });
});
