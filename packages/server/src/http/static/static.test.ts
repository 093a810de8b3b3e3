import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { problemIn, testHttp } from '../testing/test-http.ts';

let root = '';
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'sahay-static-'));
  const files: Record<string, string> = {
    'secret.txt': 'secret',
    'site/index.html': '<!doctype html><title>Site</title>',
    'site/app.css': 'body { color: green }'.repeat(100),
    'site/docs/index.html': '<!doctype html><title>Docs</title>',
    'site/.env': 'KEY=1',
    'console/index.html': '<!doctype html><title>Console</title>',
    'console/main-3fa8b1c2.js': 'export {};',
    'assets/sahay.js': 'export const bubble = 1;',
    'assets/chunks/window-B7x2Kq9Z.js': 'export const window = 1;',
    'assets/other.js': 'export {};',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await symlink(join(root, 'secret.txt'), join(root, 'site/link.txt'));
});
after(() => rm(root, { recursive: true, force: true }));

const config = () => ({
  siteFolder: join(root, 'site'),
  consoleFolder: join(root, 'console'),
  assetsFolder: join(root, 'assets'),
});

const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'";

describe('static files', () => {
  it('are the site at the root and the console below, each under the content security policy', async (t) => {
    const { get } = await testHttp(t, { config: config() });
    const site = await get('/');
    assert.equal(site.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(site.headers.get('content-security-policy'), policy);
    assert.match(await site.text(), /Site/);
    const consolePage = await get('/console/');
    assert.match(await consolePage.text(), /Console/);
    assert.equal(consolePage.headers.get('content-security-policy'), `${policy}; frame-ancestors 'none'`);
    assert.equal((await get('/console')).headers.get('location'), '/console/');
    assert.equal((await get('/docs')).headers.get('location'), '/docs/');
    assert.match(await (await get('/docs/')).text(), /Docs/);
    for (const response of [site, consolePage]) {
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(response.headers.get('referrer-policy'), 'same-origin');
    }
  });

  it('are the script and its chunks for every site', async (t) => {
    const { get } = await testHttp(t, { config: config() });
    for (const path of ['/sahay.js', '/chunks/window-B7x2Kq9Z.js']) {
      const response = await get(path, { headers: { origin: 'https://anybody.example' } });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin');
      assert.equal(response.headers.get('content-type'), 'text/javascript; charset=utf-8');
    }
    assert.equal(await problemIn(await get('/other.js')), '404 not_found');
  });

  it('are kept by browsers: for ever when their name says what is in them, else until they change', async (t) => {
    const { get } = await testHttp(t, { config: config() });
    for (const path of ['/chunks/window-B7x2Kq9Z.js', '/console/main-3fa8b1c2.js'])
      assert.equal((await get(path)).headers.get('cache-control'), 'public, max-age=31536000, immutable');
    const first = await get('/sahay.js');
    assert.equal(first.headers.get('cache-control'), 'public, max-age=0, must-revalidate');
    const etag = first.headers.get('etag') ?? '';
    const again = await get('/sahay.js', { headers: { 'if-none-match': `"other", W/${etag}` } });
    assert.equal(again.status, 304);
    await writeFile(join(root, 'assets/sahay.js'), 'export const bubble = 2;// changed');
    const changed = await get('/sahay.js', { headers: { 'if-none-match': etag } });
    assert.match(await changed.text(), /changed/);
  });

  it('are squeezed for those who can unpack them', async (t) => {
    const { url } = await testHttp(t, { config: config() });
    const read = (encoding: string) =>
      new Promise<{ encoding: string | undefined; body: Buffer }>((resolve) => {
        request(`${url}/app.css`, { headers: { 'accept-encoding': encoding } }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) }),
          );
        }).end();
      });
    const squeezed = await read('gzip, deflate, br, zstd');
    assert.equal(squeezed.encoding, 'br');
    assert.equal(brotliDecompressSync(squeezed.body).length, 2100);
    for (const encoding of ['gzip', 'br;q=0, gzip', 'identity'])
      assert.equal((await read(encoding)).encoding, undefined, encoding);
  });

  it('are nothing outside their folder, whatever the path', async (t) => {
    const { url } = await testHttp(t, { config: config() });
    const raw = (path: string) =>
      new Promise<{ status: number | undefined; body: string }>((resolve) => {
        request({ host: '127.0.0.1', port: new URL(url).port, path }, (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => (body += chunk.toString()));
          response.on('end', () => resolve({ status: response.statusCode, body }));
        }).end();
      });
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/%252e%252e/secret.txt',
      '/docs/../../secret.txt',
      '/..\\secret.txt',
      '/..%5csecret.txt',
      '/console/..%2f..%2fsecret.txt',
      '/chunks/..%2f..%2fsecret.txt',
      '//secret.txt',
      '/link.txt',
      '/.env',
      '/%00',
      '/app.css%00.html',
      '/app.css/',
      '/app.css/x',
      `/${'x'.repeat(5000)}`,
      '/%E0%A4%A',
    ]) {
      const { status, body } = await raw(path);
      assert.ok(!body.includes('secret') || status === 404, `${path}: ${body}`);
      assert.ok([400, 404, 308].includes(status ?? 0), `${path}: ${status} ${body.slice(0, 80)}`);
    }
  });
});
