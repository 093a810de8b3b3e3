/*
 * Files that are not what they say, that lead somewhere else, that unpack to gigabytes, or that never end. Each is refused by
 * its content, nothing of it is kept, and what is served is inert.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import type { Problem } from '@sahay/protocol';
import { smallPng } from '../testing/small-png.ts';
import { Wire } from '../testing/wire.ts';
import { Bystander } from './testing/bystander.ts';
import { holds } from './testing/in-time.ts';
import { dial, gone } from './testing/raw-client.ts';
import { ServerProcess } from './testing/server-process.ts';

const MB = 1_048_576;
let server: ServerProcess;
let bystander: Bystander;
let wire: Wire;
before(async () => {
  server = await ServerProcess.start();
  bystander = await Bystander.start(server);
});

/** Somebody whose uploads were not counted yet. */
async function comes(): Promise<void> {
  wire = await Wire.visitor(server);
  await wire.begins('I send a file');
  await wire.give('handoff.request', {});
}
afterEach(async () => {
  await bystander.isUnharmed();
  // No half of a file is left, whatever happened.
  const isClean = async (): Promise<boolean> => !(await stored()).some((name) => name.endsWith('.part'));
  assert.ok(await holds(isClean), String(await stored()));
});
after(async () => {
  await bystander.ends().finally(() => server.dispose());
});

const stored = (by = server): Promise<string[]> => readdir(join(by.dataFolder, 'uploads'));

/** Announced in an outbox of its own, so that what was refused for a while leaves no hole. */
function announced(
  from: Wire,
  data: { attachmentId: string; name: string; mediaType: string; size: number },
) {
  const { conversationId } = from;
  return from.socket.numbered(1, { type: 'attachment.create', conversationId, data }, `o_${randomUUID()}`);
}

interface Sent {
  id: string;
  status: number;
  code?: string;
}

/** Announces a file and puts its bytes, as slowly as the rates want it. */
async function sends(content: Uint8Array, mediaType: string, name = 'file', from = wire): Promise<Sent> {
  const id = `f_${randomUUID()}`;
  for (;;) {
    const reply = await announced(from, {
      attachmentId: id,
      name,
      mediaType,
      size: content.length,
    });
    if (reply.type === 'ack') break;
    if (reply.problem.code !== 'rate_limited')
      return { id, status: reply.problem.status, code: reply.problem.code };
    await sleep(reply.problem.retryAfterMs ?? 300);
  }
  for (;;) {
    const answer = await from.fetch(`/v1/attachments/${id}/content`, {
      method: 'PUT',
      body: Buffer.from(content),
    });
    if (answer.status === 429) {
      await sleep(1_000);
      continue;
    }
    const problem = answer.status === 204 ? undefined : ((await answer.json()) as Problem);
    return { id, status: answer.status, ...(problem && { code: problem.code }) };
  }
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const crc = (bytes: Buffer): number => {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
};
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
/** A picture of a size, whose rows are zeros. */
function png(width: number, height: number, rows = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
const zip = Buffer.concat([
  Buffer.from('PK\x03\x04'),
  Buffer.alloc(26),
  Buffer.from('PK\x05\x06'),
  Buffer.alloc(18),
]);

describe('a file', { timeout: 120_000 }, () => {
  before(comes);
  after(() => wire.socket.close());

  test('of a type that can carry script cannot be announced, in any spelling', async () => {
    for (const type of [
      'image/svg+xml',
      'IMAGE/SVG+XML',
      'text/html',
      'application/xhtml+xml',
      'text/xml',
      'application/javascript',
      'application/zip',
      'text/plain; charset=x',
      'image/png;image/svg+xml',
      '*/*',
      'image/*',
      '',
    ]) {
      const { status } = await sends(Buffer.from(svg), type);
      assert.ok(status === 415 || status === 400, `${type}: ${status}`);
    }
  });

  test('that is another kind than it says, or two kinds at once, is refused by its content', async () => {
    const before = await stored();
    const gif = Buffer.concat([Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00'), Buffer.from(';')]);
    const jpeg = Buffer.from([
      0xff,
      0xd8,
      0xff,
      0xe0,
      0,
      16,
      ...Buffer.from('JFIF\0'),
      1,
      1,
      0,
      0,
      1,
      0,
      1,
      0,
      0,
    ]);
    const lies: [string, Uint8Array, string][] = [
      ['SVG as PNG', Buffer.from(svg), 'image/png'],
      ['SVG as text', Buffer.from(svg), 'text/plain'],
      ['SVG behind a byte order mark, as text', Buffer.from(`\ufeff${svg}`), 'text/plain'],
      ['SVG behind white space, as text', Buffer.from(`\n\t ${svg}`), 'text/plain'],
      ['HTML as JPEG', Buffer.from('<!doctype html><script>1</script>'), 'image/jpeg'],
      [
        'HTML in a PNG',
        Buffer.concat([
          smallPng.subarray(0, 8),
          Buffer.from('<html><script>1</script>'),
          smallPng.subarray(8),
        ]),
        'image/png',
      ],
      [
        'script in a GIF',
        Buffer.concat([Buffer.from('GIF89a/*'), Buffer.from('*/=1;<script>1</script>')]),
        'image/gif',
      ],
      ['markup in a JPEG', Buffer.concat([jpeg, Buffer.from('<svg onload=1>')]), 'image/jpeg'],
      ['PNG and archive', Buffer.concat([smallPng, zip]), 'image/png'],
      ['GIF and archive', Buffer.concat([gif, zip]), 'image/gif'],
      ['PDF and page', Buffer.from('%PDF-1.7\n<script>alert(1)</script>\n%%EOF'), 'application/pdf'],
      ['PDF as text', Buffer.from('%PDF-1.7\n%%EOF'), 'text/plain'],
      ['program as text', Buffer.concat([Buffer.from([0x7f]), Buffer.from('ELF\0\0')]), 'text/plain'],
      ['UTF-16 page as text', Buffer.from('\ufeff<script>1</script>', 'utf16le'), 'text/plain'],
      ['UTF-7 page as text', Buffer.from([0x2b, 0x41, 0x44, 0x77, 0xff]), 'text/plain'],
      ['nothing at all', Buffer.from(' '), 'image/webp'],
    ];
    for (const [name, content, type] of lies) {
      const { status, code } = await sends(content, type, 'holiday.png');
      assert.deepEqual([status, code], [415, 'attachment_type_refused'], name);
    }
    assert.deepEqual(await stored(), before);
  });

  test('of huge dimensions, or that would unpack to gigabytes, is refused without unpacking it', async () => {
    const before = await server.residentBytes();
    const rows = Buffer.alloc(200 * MB);
    for (const picture of [
      png(100_000, 100_000),
      png(0xffffffff, 0xffffffff),
      png(12_001, 1),
      png(0, 0),
      png(60_000, 60_000, rows),
    ]) {
      const { status, code } = await sends(picture, 'image/png', 'huge.png');
      assert.deepEqual([status, code], [415, 'attachment_type_refused']);
    }
    assert.ok((await server.residentBytes()) - before < 60 * MB);
  });

  test('whose name is a path, a trick or an attack is stored under none of it', async (t) => {
    const unlimited = await ServerProcess.start({ script: './unlimited-server.ts' });
    t.after(() => unlimited.dispose());
    const sender = await Wire.visitor(unlimited);
    await sender.begins('I send files');
    const names = [
      '../../../etc/passwd',
      '..\\..\\server-secret',
      '/etc/cron.d/x',
      'C:\\x.png',
      'a\0.png',
      'x".png\r\nSet-Cookie: a=b',
      '\u202egnp.exe',
      '.',
      '..',
      'CON',
      ' ',
      '%2e%2e%2f',
      'a'.repeat(240),
      '<img src=x onerror=1>.png',
      '\ud800.png',
    ];
    for (const name of names) {
      const { id, status } = await sends(smallPng, 'image/png', name, sender);
      if (status === 400) continue;
      assert.equal(status, 204, JSON.stringify(name));
      const { url } = (await (
        await sender.fetch(`/v1/attachments/${id}/link`, { method: 'POST' })
      ).json()) as { url: string };
      const answer = await fetch(unlimited.url + url);
      const disposition = answer.headers.get('content-disposition') ?? '';
      assert.match(
        disposition,
        /^attachment; filename="[\w. ()-]+"; filename\*=UTF-8''[^"\r\n;]+$/,
        JSON.stringify(name),
      );
      assert.doesNotMatch(decodeURIComponent(disposition), /[/\\\0\u202e]/);
      assert.equal(answer.headers.get('set-cookie'), null);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'; sandbox/);
      assert.equal((await answer.arrayBuffer()).byteLength, smallPng.length);
    }
    const kept = await stored(unlimited);
    assert.ok(kept.length > 0);
    for (const name of kept) assert.match(name, /^[0-9a-f]{40}$/);
    sender.socket.close();
  });

  test('is not opened by a link that was changed in any way, nor by its id', async () => {
    const [mine, other] = [await sends(smallPng, 'image/png'), await sends(smallPng, 'image/png')];
    const { url } = (await (
      await wire.fetch(`/v1/attachments/${mine.id}/link`, { method: 'POST' })
    ).json()) as { url: string };
    const link = new URL(url, server.url);
    const expires = link.searchParams.get('expires')!;
    const signature = link.searchParams.get('signature')!;
    const tampered = (change: (link: URL) => void): string => {
      const copy = new URL(link);
      change(copy);
      return copy.href;
    };
    const links = [
      tampered(({ searchParams }) => searchParams.set('expires', String(Number(expires) + 3_600))),
      tampered(({ searchParams }) => searchParams.set('expires', `0${expires}`)),
      tampered(({ searchParams }) => searchParams.set('expires', '1e20')),
      tampered(({ searchParams }) => searchParams.set('expires', `${expires}.0`)),
      tampered(({ searchParams }) => searchParams.set('signature', '')),
      tampered(({ searchParams }) => searchParams.set('signature', signature.slice(0, -3))),
      tampered(({ searchParams }) => searchParams.delete('signature')),
      tampered((copy) => (copy.pathname = copy.pathname.replace(mine.id, other.id))),
      tampered((copy) => (copy.search = `?expires=9999999999&expires=${expires}&signature=${signature}`)),
      `${server.url}/v1/attachments/${mine.id}/content`,
    ];
    for (const href of links) {
      const answer = await fetch(href);
      assert.equal(answer.status, 403, href);
      assert.equal(((await answer.json()) as Problem).code, 'forbidden');
    }
    assert.equal((await fetch(link)).status, 200);
  });

  test('that somebody stops receiving, again and again, harms nobody', async () => {
    const text = Buffer.from('lamp '.repeat(400_000));
    const { id, status } = await sends(text, 'text/plain', 'long.txt');
    assert.equal(status, 204);
    const { url } = (await (await wire.fetch(`/v1/attachments/${id}/link`, { method: 'POST' })).json()) as {
      url: string;
    };
    for (let round = 0; round < 30; round++) {
      const { socket, heard } = await dial(server.url);
      socket.write(`GET ${url} HTTP/1.1\r\nHost: x\r\n\r\n`);
      while (heard().length === 0 && !socket.destroyed) await sleep(2);
      if (round % 2) socket.resetAndDestroy();
      else socket.destroy();
    }
    assert.equal((await fetch(server.url + url)).headers.get('content-length'), String(text.length));
  });
});

describe('an upload', { timeout: 60_000 }, () => {
  before(comes);
  after(() => wire.socket.close());

  const announce = async (size: number): Promise<string> => {
    const id = `f_${randomUUID()}`;
    for (;;) {
      const reply = await announced(wire, {
        attachmentId: id,
        name: 'x.txt',
        mediaType: 'text/plain',
        size,
      });
      if (reply.type === 'ack') return id;
      assert.equal(reply.problem.code, 'rate_limited');
      await sleep(reply.problem.retryAfterMs ?? 300);
    }
  };
  const head = (id: string, lines: string): string =>
    `PUT /v1/attachments/${id}/content HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${wire.token}\r\n${lines}\r\n`;

  test('of more than was announced stops there, however its length was claimed', async () => {
    for (const lines of ['Transfer-Encoding: chunked\r\n', `Content-Length: ${50 * MB}\r\n`]) {
      const id = await announce(1_000);
      const { socket, heard } = await dial(server.url);
      socket.write(head(id, lines));
      const piece = 'x'.repeat(65_536);
      for (let count = 0; count < 400 && heard().length === 0 && !socket.destroyed; count++) {
        socket.write(lines.startsWith('T') ? `10000\r\n${piece}\r\n` : piece);
        await sleep(2);
      }
      await holds(() => heard().length > 0 || socket.destroyed);
      assert.match(heard().toString(), /^HTTP\/1\.1 413/);
      socket.destroy();
      await gone(socket);
    }
  });

  test('that drips, or breaks off, holds nobody up and leaves nothing', async () => {
    const arriving = async () => (await stored()).filter((name) => name.endsWith('.part')).length;
    assert.ok(await holds(async () => (await arriving()) === 0));
    const ids = await Promise.all(Array.from({ length: 6 }, () => announce(5_000)));
    const lines = await Promise.all(ids.map(() => dial(server.url)));
    for (const [index, { socket }] of lines.entries())
      socket.write(head(ids[index]!, 'Content-Length: 5000\r\n'));
    for (let round = 0; round < 5; round++) {
      for (const { socket } of lines) socket.write('x');
      await sleep(200);
    }
    assert.ok(await holds(async () => (await arriving()) === lines.length), 'all of them arrive');
    const puts = async (): Promise<number> => {
      const url = `/v1/attachments/${ids[0]}/content`;
      return (await wire.fetch(url, { method: 'PUT', body: 'x'.repeat(5_000) })).status;
    };
    assert.equal(await puts(), 429);
    for (const { socket } of lines) socket.resetAndDestroy();
    let status = 429;
    // What the server has not heard of yet is in the way for a moment; asked more often, it would be the rate.
    await holds(async () => (status = await puts()) !== 429 || void (await sleep(500)));
    assert.equal(status, 204);
  });

  /** Goes on with an upload, as slowly as the rates want it. */
  async function goesOn(
    id: string,
    offset: string,
    body: string,
    { method = 'PATCH', by = wire } = {},
  ): Promise<{ status: number; code?: string | undefined; offset: string | null }> {
    for (;;) {
      const answer = await by.fetch(`/v1/attachments/${id}/content`, {
        method,
        headers: { 'content-type': 'application/partial-upload', 'upload-offset': offset },
        ...(method === 'PATCH' && { body }),
      });
      const problem =
        answer.status < 300 || method === 'HEAD' ? undefined : ((await answer.json()) as Problem);
      if (problem?.code === 'rate_limited' && !problem.detail?.includes('already')) {
        await sleep(problem.retryAfterMs ?? 500);
        continue;
      }
      return { status: answer.status, code: problem?.code, offset: answer.headers.get('upload-offset') };
    }
  }

  test('of somebody else is not to be looked at, gone on with, given up, linked or said to be whole', async () => {
    const id = await announce(1_000);
    assert.equal((await goesOn(id, '0', 'x'.repeat(400))).status, 204);
    const thief = await Wire.visitor(server);
    await thief.begins('I want to see what she sends');
    for (const method of ['PATCH', 'HEAD', 'DELETE'])
      assert.equal((await goesOn(id, '400', 'y'.repeat(600), { method, by: thief })).status, 404, method);
    const claims = await thief.give('attachment.complete', { attachmentId: id });
    assert.equal(claims.type === 'reject' && claims.problem.status, 404);
    assert.equal((await goesOn(id, '400', 'x'.repeat(600))).status, 204);
    assert.equal((await thief.fetch(`/v1/attachments/${id}/link`, { method: 'POST' })).status, 404);
    // Named in a message of the thief's own, it opens no more than its id did.
    const file = {
      partId: 'f',
      type: 'file',
      attachmentId: id,
      name: 'x.txt',
      mediaType: 'text/plain',
      size: 1_000,
    };
    await thief.give('message.send', { clientMessageId: randomUUID(), parts: [file] });
    assert.equal((await thief.fetch(`/v1/attachments/${id}/link`, { method: 'POST' })).status, 404);
    thief.socket.close();
  });

  test('at an offset that is none, or another, is refused and changes nothing', async () => {
    const id = await announce(100);
    for (const offset of ['-1', '1e1', '0x0', '9'.repeat(20), '0.0', '0, 0', 'NaN', '٠', ' '])
      assert.equal((await goesOn(id, encodeURI(offset), 'x')).status, 400, offset);
    for (const offset of ['1', '99', '100', '999999999999999'])
      assert.deepEqual((await goesOn(id, offset, 'x')).code, 'attachment_offset', offset);
    assert.equal((await goesOn(id, '', '', { method: 'HEAD' })).offset, '0');
  });

  test('that several go on with at once holds the bytes of one', async () => {
    const id = await announce(8_000);
    const letters = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(letters.map((letter) => goesOn(id, '0', letter.repeat(4_000))));
    const took = letters.filter((_letter, index) => answers[index]!.status === 204);
    assert.equal(took.length, 1, JSON.stringify(answers));
    assert.equal((await goesOn(id, '4000', 'z'.repeat(4_000))).status, 204);
    const link = await wire.fetch(`/v1/attachments/${id}/link`, { method: 'POST' });
    const { url } = (await link.json()) as { url: string };
    const text = await (await fetch(server.url + url)).text();
    assert.equal(text, took[0]!.repeat(4_000) + 'z'.repeat(4_000));
  });

  test('that is erased, or given up while it arrives, leaves no byte of it', async () => {
    const before = await stored();
    const owner = await Wire.visitor(server);
    await owner.begins('I change my mind');
    const ids = [`f_${randomUUID()}`, `f_${randomUUID()}`];
    for (const attachmentId of ids) {
      const data = { attachmentId, name: 'x.txt', mediaType: 'text/plain', size: 10_000 };
      assert.equal((await announced(owner, data)).type, 'ack');
    }
    const [abandoned, dripping] = ids as [string, string];
    assert.equal((await goesOn(abandoned, '0', 'secret'.repeat(100), { by: owner })).status, 204);
    const { socket, heard } = await dial(server.url);
    socket.write(
      head(dripping, 'Upload-Offset: 0\r\nContent-Length: 10000\r\n')
        .replace('PUT', 'PATCH')
        .replace(wire.token, owner.token),
    );
    socket.write('secret'.repeat(500));
    while ((await stored()).length < before.length + 2) await sleep(20);
    const erased = await owner.give('data.erase', { conversationId: owner.conversationId }, 'user');
    assert.equal(erased.type, 'ack', JSON.stringify(erased));
    while ((await stored()).length > before.length) await sleep(20);
    socket.write('x'.repeat(7_000));
    while (heard().length === 0) await sleep(20);
    assert.match(heard().toString(), /^HTTP\/1\.1 4/);
    assert.deepEqual(await stored(), before);
    socket.destroy();
    owner.socket.close();
  });
});
