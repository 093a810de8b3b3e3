import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Attachment } from '@sahay/protocol';
import { ProblemError } from '../http/problem-error.ts';
import { receiveFile } from './receive-file.ts';
import { gif, jpeg, pdf, png, webp } from './testing/sample-files.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sahay-uploads-'));
});
after(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  for (const name of await readdir(folder)) await rm(join(folder, name));
});

const announced = (mediaType: string, size: number): Attachment => ({
  attachmentId: 'f1',
  conversationId: 'c1',
  ownerId: 'v1',
  name: '../../etc/passwd',
  mediaType,
  size,
  state: 'created',
});

async function* chunksOf(bytes: Uint8Array, length = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const receive = (mediaType: string, content: Uint8Array | string, size?: number) => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return receiveFile(folder, announced(mediaType, size ?? bytes.length), chunksOf(bytes));
};

/** The code and detail that a file is refused with; nothing of it may be left in the folder. */
async function refusal(mediaType: string, content: Uint8Array | string, size?: number): Promise<string> {
  const error = await receive(mediaType, content, size).then(
    () => assert.fail('the file was accepted'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ProblemError, String(error));
  assert.deepEqual(await readdir(folder), []);
  return `${error.problem.code}: ${error.problem.detail}`;
}

describe('receiveFile', () => {
  it('stores a file under a random name, for the owner of the server alone', async () => {
    const { fileName } = await receive('text/plain', 'আমার ছাতা হারিয়ে গেছে।');
    assert.match(fileName, /^[0-9a-f]{40}$/);
    assert.equal(await readFile(join(folder, fileName), 'utf8'), 'আমার ছাতা হারিয়ে গেছে।');
    assert.equal((await stat(join(folder, fileName))).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(folder), [fileName]);
  });

  for (const [mediaType, bytes, size] of [
    ['image/png', png(640, 480), { width: 640, height: 480 }],
    ['image/gif', gif(320, 200), { width: 320, height: 200 }],
    ['image/jpeg', jpeg(800, 600), { width: 800, height: 600 }],
    ['image/webp', webp(1024, 768), { width: 1024, height: 768 }],
    ['application/pdf', pdf(), undefined],
  ] as const)
    it(`accepts ${mediaType} and reads its size`, async () =>
      assert.deepEqual((await receive(mediaType, bytes)).size, size));

  it('accepts what browsers record sound into, whose container looks like that of a film, and nothing else as that', async () => {
    // An EBML header whose DocType is "webm".
    const webm = Buffer.concat([
      Buffer.from('1a45dfa387428284', 'hex'),
      Buffer.from('webm'),
      Buffer.alloc(64),
    ]);
    assert.match(await refusal('audio/ogg', webm), /attachment_type_refused/);
    assert.match(await refusal('audio/webm', png(2, 2)), /attachment_type_refused/);
    assert.equal((await receive('audio/webm', webm)).size, undefined);
  });

  it('swaps the sides of a photograph that was taken upright', async () => {
    for (const orientation of [1, 3, 6, 8]) {
      const { size } = await receive('image/jpeg', jpeg(800, 600, orientation));
      assert.deepEqual(size, orientation >= 5 ? { width: 600, height: 800 } : { width: 800, height: 600 });
    }
  });

  it('stops as soon as more arrives than was announced', async () => {
    let isRead = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; isRead < 1_000_000; isRead++) yield new Uint8Array(1000);
    }
    await assert.rejects(
      receiveFile(folder, announced('text/plain', 5000), endless()),
      /attachment_too_large/,
    );
    assert.ok(isRead < 10);
    assert.deepEqual(await readdir(folder), []);
  });

  it('refuses a file that is shorter than announced', async () =>
    assert.match(
      await refusal('text/plain', 'half', 8),
      /attachment_incomplete: Of 8 announced bytes 4 arrived/,
    ));

  it('leaves nothing behind when the sender goes away', async () => {
    async function* torn(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      throw new Error('connection lost');
    }
    await assert.rejects(receiveFile(folder, announced('text/plain', 20), torn()), /connection lost/);
    assert.deepEqual(await readdir(folder), []);
  });

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
  const html = '<!DOCTYPE html><script>alert(1)</script>';
  for (const [name, mediaType, content] of [
    ['a script announced as a picture', 'image/png', '#!/bin/sh\nrm -rf /\n'],
    ['a JPEG announced as PNG', 'image/png', jpeg(8, 8)],
    [
      'a program announced as PDF',
      'application/pdf',
      Buffer.from('MZ\x90\x00\x03'.padEnd(200, '\0'), 'latin1'),
    ],
    ['SVG as a picture', 'image/png', svg],
    ['SVG as text', 'text/plain', `\ufeff \n${svg}`],
    ['SVG behind an XML declaration as text', 'text/plain', `<?xml version="1.0"?>${svg}`],
    ['HTML as text', 'text/plain', html],
    ['HTML in a GIF', 'image/gif', Buffer.concat([gif(8, 8), Buffer.from(html)])],
    [
      'an archive behind a picture',
      'image/png',
      Buffer.concat([png(8, 8), Buffer.from('PK\x05\x06' + '\0'.repeat(18), 'latin1')]),
    ],
    ['a picture announced as text', 'text/plain', png(8, 8)],
    ['UTF-16 as text', 'text/plain', Buffer.from('\ufeffhello', 'utf16le')],
    ['Latin-1 as text', 'text/plain', Buffer.from('caf\xe9', 'latin1')],
    ['an empty picture', 'image/png', ''],
    ['a PNG cut off in its header', 'image/png', png(8, 8).subarray(0, 18)],
    ['a picture without size', 'image/png', png(0, 8)],
  ] as const)
    it(`refuses ${name}`, async () =>
      assert.match(await refusal(mediaType, content), /^attachment_type_refused: .+/));

  it('refuses pictures that would unpack to gigabytes, without unpacking them', async () => {
    for (const [width, height] of [
      [60_000, 60_000],
      [12_001, 1],
      [4_000_000_000, 1],
    ] as const)
      assert.match(await refusal('image/png', png(width, height)), /at most 12000 a side/);
  });

  it('accepts text that merely mentions markup, and text cut anywhere between its bytes', async () => {
    const text = 'BMW: my page says <b>সহায়</b> & <script>.\n'.repeat(60);
    const bytes = Buffer.from(text);
    const { fileName } = await receiveFile(folder, announced('text/plain', bytes.length), chunksOf(bytes, 7));
    assert.equal(await readFile(join(folder, fileName), 'utf8'), text);
  });
});
