/*
 * Requests that are smuggled, slow, oversized, spoofed or patterns' worst cases. Each is refused by a status and answered
 * once, or does nothing; nobody else waits for it.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Problem } from '@sahay/protocol';
import { postJson, Wire } from '../testing/wire.ts';
import { Bystander } from './testing/bystander.ts';
import { holds, quickest } from './testing/in-time.ts';
import { dial, gone, rawHttp } from './testing/raw-client.ts';
import { ServerProcess } from './testing/server-process.ts';

const MB = 1_048_576;
let site: string;
let server: ServerProcess;
let bystander: Bystander;
before(async () => {
  site = await mkdtemp(join(tmpdir(), 'sahay-site-'));
  await writeFile(join(site, 'index.html'), '<!doctype html><title>Shop</title>');
  await mkdir(join(site, 'evil.example'));
  await writeFile(join(site, 'evil.example', 'index.html'), '<!doctype html><title>A folder</title>');
  await writeFile(join(site, 'plain.js'), `export const text = '${'lamp '.repeat(400)}';\n`);
  server = await ServerProcess.start({ flags: ['--site', site], env: { SAHAY_LOG_LEVEL: 'debug' } });
  bystander = await Bystander.start(server);
});
afterEach(() => bystander.isUnharmed());
after(async () => {
  await bystander.ends().finally(() => server.dispose());
  await rm(site, { recursive: true });
});

const answersIn = (heard: string): string[] => heard.match(/HTTP\/1\.1 \d{3}/g) ?? [];

describe('a smuggled request', { timeout: 60_000 }, () => {
  const hidden = 'GET /v1/welcome HTTP/1.1\r\nHost: x\r\nX-Hidden: 1\r\n\r\n';

  test('behind two ideas of its length is refused, and nothing behind it is answered', async () => {
    const head = 'POST /v1/sessions HTTP/1.1\r\nHost: x\r\n';
    const heads = [
      'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n',
      'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n',
      'Content-Length: 4\r\nContent-Length: 5\r\n',
      'Content-Length: 4, 5\r\n',
      'Content-Length: +4\r\n',
      'Content-Length: -1\r\n',
      'Content-Length: 0x4\r\n',
      'Content-Length: 4 4\r\n',
      'Content-Length: 18446744073709551617\r\n',
      'Transfer-Encoding: xchunked\r\n',
      'Transfer-Encoding: chunked, identity\r\n',
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n',
      'Transfer-Encoding : chunked\r\n',
      'Transfer-Encoding\t: chunked\r\n',
      'X: y\r\n Transfer-Encoding: chunked\r\n',
      'X: y\nTransfer-Encoding: chunked\r\n',
      'X: \r\rTransfer-Encoding: chunked\r\n',
      'Content\0-Length: 4\r\n',
    ];
    for (const lines of heads) {
      const heard = await rawHttp(server.url, `${head}${lines}\r\n0\r\n\r\n${hidden}`, 600);
      const answers = answersIn(heard);
      assert.deepEqual(answers, ['HTTP/1.1 400'], `${JSON.stringify(lines)} ${answers.join()}`);
    }
  });

  test('in chunks whose sizes lie is refused', async () => {
    const head = 'POST /v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
    for (const body of [
      '-1\r\n{}\r\n0\r\n\r\n',
      'ffffffffffffffffff\r\n{}',
      '2;\n{}\r\n0\r\n\r\n',
      '0x2\r\n{}\r\n0\r\n\r\n',
      '2\r\n{}X0\r\n\r\n',
      '2 2\r\n{}\r\n',
    ]) {
      const answers = answersIn(await rawHttp(server.url, `${head}${body}${hidden}`, 600));
      assert.deepEqual(answers, ['HTTP/1.1 400'], JSON.stringify(body));
    }
    const extension = `2;${'x'.repeat(100_000)}\r\n{}\r\n0\r\n\r\n`;
    assert.match(await rawHttp(server.url, head + extension, 600), /^HTTP\/1\.1 4(00|13)/);
  });

  test('line that is odd is answered with 4xx, whatever it is: method, version, target, host', async () => {
    const lines = [
      'BREW /v1/welcome HTTP/1.1\r\nHost: x',
      'GET /v1/welcome HTTP/9.9\r\nHost: x',
      'PRI * HTTP/2.0',
      'GET /v1/welcome HTTP/1.1',
      'GET /v1/welcome HTTP/1.1\r\nHost: x\r\nHost: y',
      'TRACE /v1/welcome HTTP/1.1\r\nHost: x',
      'CONNECT evil.example:443 HTTP/1.1\r\nHost: x',
      'DELETE /v1/welcome HTTP/1.1\r\nHost: x',
      'GET /v1/%ff%fe HTTP/1.1\r\nHost: x',
      'GET /v1/articles/%00 HTTP/1.1\r\nHost: x',
      'GET /v1/articles/..%2f..%2fserver-secret HTTP/1.1\r\nHost: x',
      'GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x',
      'GET /v1/welcome HTTP/1.1\r\nHost: a b',
      'GET /v1/nothing HTTP/1.1\r\nHost: [::1',
      'GET /v1/nothing HTTP/1.1\r\nHost: evil.example/../x?y#z@',
    ];
    for (const line of lines) {
      const heard = await rawHttp(server.url, `${line}\r\nConnection: close\r\n\r\n`, 800);
      assert.ok(heard === '' || /^HTTP\/1\.1 (4\d\d|505)/.test(heard), `${line}: ${heard.slice(0, 60)}`);
    }
  });
});

describe('sizes', { timeout: 60_000 }, () => {
  test('of heads, addresses and counts of headers have a bound', async () => {
    const get = (target: string, headers: string) =>
      rawHttp(server.url, `GET ${target} HTTP/1.1\r\nHost: x\r\n${headers}Connection: close\r\n\r\n`);
    assert.match(await get('/', `X-Long: ${'x'.repeat(20_000)}\r\n`), /^HTTP\/1\.1 431/);
    assert.match(await get(`/${'x'.repeat(20_000)}`, ''), /^HTTP\/1\.1 (431|414)/);
    assert.match(
      await get('/', Array.from({ length: 3_000 }, (_, index) => `h${index}: x\r\n`).join('')),
      /^HTTP\/1\.1 431/,
    );
    assert.match(await get(`/v1/welcome?locale=${'x'.repeat(10_000)}`, ''), /^HTTP\/1\.1 200/);
    assert.match(await get(`/v1/conversations/${'x'.repeat(10_000)}/messages`, ''), /^HTTP\/1\.1 401/);
  });

  test('of bodies have a bound that is kept while they arrive, packed or not', async () => {
    const bodies: [BodyInit, number, Record<string, string>][] = [
      [JSON.stringify({ pad: 'x'.repeat(70_000) }), 413, {}],
      [
        new Uint8Array(gzipSync('{"pad":"' + 'x'.repeat(50 * MB) + '"}')),
        400,
        { 'content-encoding': 'gzip' },
      ],
      ['['.repeat(60_000), 400, {}],
      ['[]', 400, {}],
      ['null', 400, {}],
      ['"text"', 400, {}],
      ['{"a":1e999}', 201, {}],
      ['{"__proto__":{"x":1}}', 201, {}],
      ['{"a":1,"a":2}', 201, {}],
      ['\ufeff{}', 400, {}],
      [new Uint8Array([0xff, 0xfe, 0x7b]), 400, {}],
    ];
    const before = await server.residentBytes();
    for (const [body, status, headers] of bodies) {
      const answer = await fetch(`${server.url}/v1/sessions`, { method: 'POST', body, headers });
      assert.equal(answer.status, status, typeof body === 'string' ? body.slice(0, 40) : 'bytes');
      if (status >= 400) assert.equal(((await answer.json()) as Problem).status, status);
    }
    const { socket, heard } = await dial(server.url);
    socket.write('POST /v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    for (let count = 0; count < 800 && !socket.destroyed && socket.writable; count++) {
      if (!socket.write(chunk))
        await Promise.race([
          new Promise((resolve) => socket.once('drain', resolve)),
          gone(socket),
          sleep(500),
        ]);
      if (heard().length > 0) break;
    }
    assert.match(heard().toString(), /^HTTP\/1\.1 413/);
    socket.destroy();
    assert.ok((await server.residentBytes()) - before < 60 * MB);
  });
});

describe('slow senders', { timeout: 60_000 }, () => {
  test('of heads are hung up on within seconds, however many, and others are served meanwhile', async () => {
    const slow = await Promise.all(Array.from({ length: 150 }, () => dial(server.url)));
    for (const { socket } of slow) socket.write('GET /v1/welcome HTTP/1.1\r\nHost: x\r\nX-Drip: ');
    const dripping = setInterval(() => {
      for (const { socket } of slow) if (socket.writable) socket.write('x');
    }, 500);
    const began = performance.now();
    for (let count = 0; count < 5; count++) {
      assert.equal((await fetch(`${server.url}/v1/welcome`)).status, 200);
      await sleep(200);
    }
    await Promise.all(slow.map(({ socket }) => gone(socket))).finally(() => clearInterval(dripping));
    assert.ok(performance.now() - began < 25_000);
  });

  test('of requests that wait for no answer are hung up on, before thousands of answers are held for them', async () => {
    const before = await server.residentBytes();
    const readers = await Promise.all(Array.from({ length: 8 }, () => dial(server.url)));
    const pipelined = 'GET /plain.js HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1_700);
    for (const { socket } of readers) {
      socket.pause();
      socket.write(pipelined);
    }
    const areGone = await holds(() => readers.every(({ socket }) => !socket.writable));
    await bystander.isUnharmed();
    for (const { socket } of readers) socket.destroy();
    assert.ok(areGone);
    const grown = (await server.residentBytes()) - before;
    assert.ok(grown < 120 * MB, `${grown / MB} MB`);
    // Who asks for a page and its files, each after the other or a few at once, is served.
    const few = 'GET /plain.js HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(6);
    assert.deepEqual(answersIn(await rawHttp(server.url, few, 800)), Array(6).fill('HTTP/1.1 200'));
  });
});

describe('addresses', { timeout: 30_000 }, () => {
  test('that a client claims for itself do not get past the limits', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const spoofed = `198.51.100.${index}`;
        const answer = await postJson(
          `${server.url}/v1/sessions`,
          {},
          {
            'x-forwarded-for': spoofed,
            'x-real-ip': spoofed,
            forwarded: `for=${spoofed}`,
            'x-client-ip': spoofed,
            'cf-connecting-ip': spoofed,
          },
        );
        return answer.status;
      }),
    );
    assert.ok(statuses.filter((status) => status === 429).length >= 30, String(statuses));
    const limited = await postJson(`${server.url}/v1/sessions`, {}, { 'x-forwarded-for': '203.0.113.9' });
    if (limited.status === 429) assert.ok(Number(limited.headers.get('retry-after')) >= 1);
  });

  test('of a redirect stay on this server', async () => {
    for (const target of [
      '//evil.example',
      '///evil.example',
      '/evil.example',
      '/%2f/evil.example',
      '/\\evil.example',
      '/%5cevil.example',
    ]) {
      const heard = await rawHttp(
        server.url,
        `GET ${target} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n`,
        800,
      );
      const location = /^location: (.*)$/im.exec(heard)?.[1]?.trim();
      if (location !== undefined)
        assert.equal(
          new URL(location, 'http://shop.example').host,
          'shop.example',
          `${target} → ${location}`,
        );
    }
  });
});

describe('what is written down', { timeout: 30_000 }, () => {
  test('is one JSON object a line, whatever the address holds, and holds no token, query or secret', async () => {
    const from = server.output.length;
    const nasty = [
      '/v1/%0d%0aFAKE%20LOG%20LINE',
      '/v1/%1b[2Jx',
      '/v1/%22,%22level%22:60,%22x%22:%22',
      '/v1/%e2%80%a8x?token=SECRET-1',
    ];
    for (const path of nasty)
      await rawHttp(
        server.url,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nUser-Agent: a\tb\r\nAuthorization: Bearer SECRET-2\r\nCookie: a=SECRET-3\r\nConnection: close\r\n\r\n`,
        500,
      );
    const written = (): string[] => server.output.slice(from).split('\n').filter(Boolean);
    assert.ok(await holds(() => written().length >= nasty.length));
    const lines = written();
    for (const line of lines) {
      const entry = JSON.parse(line) as { level: number };
      assert.ok(entry.level < 50, line);
      assert.doesNotMatch(line, /[\u0000-\u001f\u007f\u0080-\u009f]/);
    }
    assert.doesNotMatch(server.output, /SECRET-/);
    assert.ok(!lines.some((line) => line.startsWith('FAKE')));
  });
});

describe("a pattern's worst case", { timeout: 60_000 }, () => {
  test('in a header costs no more than reading it', async () => {
    const spaces = (count: number): string => `a${' '.repeat(count)}b`;
    const headers: Record<string, string>[] = [
      { 'If-None-Match': spaces(14_000) },
      { 'If-None-Match': `${' ,'.repeat(7_000)}x` },
      { 'Accept-Encoding': `${'br;'.repeat(4_500)}x` },
      { 'Accept-Encoding': spaces(14_000) },
      { 'Accept-Encoding': `br;q=${'0'.repeat(13_000)}x` },
      { 'Accept-Encoding': `${', '.repeat(7_000)}b` },
      { Cookie: `${'a='.repeat(7_000)}` },
      { Cookie: `${';'.repeat(14_000)}` },
      { Authorization: `Bearer${' '.repeat(14_000)}x` },
      { 'X-Forwarded-For': ','.repeat(14_000) },
      { Origin: `http://${'a.'.repeat(6_000)}` },
      { 'Accept-Language': `${'en-'.repeat(4_600)}` },
    ];
    for (const [name, path] of [
      ['static', '/plain.js'],
      ['api', '/v1/agents/token'],
    ] as const)
      for (const header of headers) {
        const [[field, value]] = Object.entries(header) as [[string, string]];
        const head = `${name === 'api' ? 'POST' : 'GET'} ${path} HTTP/1.1\r\nHost: x\r\n${field}: ${value}\r\nContent-Length: 0\r\n\r\n`;
        // One patterns' quadratic case took 150 ms; five of them show over the noise of a busy machine.
        const took = await quickest(700, async () => {
          const { socket, heard } = await dial(server.url);
          socket.write(head.repeat(5));
          await holds(() => answersIn(heard().toString('latin1')).length >= 5 || socket.destroyed);
          assert.ok(heard().length > 0);
          socket.destroy();
        });
        assert.ok(took < 700, `${name} ${field}: ${value.slice(0, 20)} took ${took} ms`);
      }
  });

  test('in a question does not keep the bot from anybody else', async () => {
    const questions = [
      'a'.repeat(16_000),
      'a '.repeat(8_000),
      'ab'.repeat(4_000) + '!'.repeat(8_000),
      ' '.repeat(15_999) + 'x',
      '\u0985'.repeat(16_000),
      '?'.repeat(16_000),
      'how do I '.repeat(1_777),
      Array.from({ length: 2_600 }, (_, index) => `w${index}`).join(' '),
      '*_'.repeat(8_000),
      '[](('.repeat(4_000),
      '<a href="'.repeat(1_700),
      'a@'.repeat(8_000),
      'http://'.repeat(2_280),
      '1'.repeat(16_000),
    ];
    const wire = await Wire.visitor(server);
    await wire.begins('Hello');
    for (const question of questions) {
      const reply = await wire.says(question);
      assert.ok(
        reply.type === 'ack' || reply.problem.code === 'rate_limited',
        JSON.stringify(reply).slice(0, 200),
      );
      await sleep(220);
    }
    wire.socket.close();
  });

  test('in a title, a name, a form or a page is cut before it is looked at', async () => {
    const wire = await Wire.visitor(server);
    await wire.begins('Hello');
    const long = ' '.repeat(50_000) + 'x';
    let round = 0;
    const took = await quickest(2_000, async () => {
      await wire.give('context.update', {
        page: { url: `https://shop.example/${'%2f'.repeat(20_000)}`, title: long },
        attributes: { [`k${' '.repeat(60)}`]: long },
      });
      await wire.give('attachment.create', {
        attachmentId: `f_${++round}`,
        name: `${'../'.repeat(2_000)}${long}.png`,
        mediaType: 'image/png',
        size: 10,
      });
      await wire.give('conversation.close', { reason: long });
      await wire.give('conversation.reopen', {});
    });
    assert.ok(took < 2_000, `${took} ms`);
    wire.socket.close();
  });
});
