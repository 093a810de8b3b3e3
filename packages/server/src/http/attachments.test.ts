import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { Command } from '@sahay/protocol';
import { png } from '../attachments/testing/sample-files.ts';
import { start } from '../storage/testing/temp-store.ts';
import { problemIn, testHttp, type Person } from './testing/test-http.ts';

const create = (attachmentId: string, mediaType: string, size: number, name = 'picture.png'): Command => ({
  type: 'attachment.create',
  conversationId: 'c1',
  data: { attachmentId, name, mediaType, size },
});

async function uploads(t: TestContext, clock?: () => number) {
  const http = await testHttp(t, clock ? { clock } : {});
  const asha = await http.visitor();
  await asha.run(start('c1'));
  const put = (id: string, bytes: Uint8Array | string, person: Partial<Person> = asha) =>
    http.get(`/v1/attachments/${id}/content`, {
      method: 'PUT',
      headers: person.headers ?? {},
      body: bytes as BodyInit,
    });
  const link = async (id: string, person: Person = asha) => {
    const response = await http.post(`/v1/attachments/${id}/link`, undefined, person.headers);
    return response.status === 200
      ? ((await response.json()) as { url: string; expiresAt: string })
      : problemIn(response);
  };
  const files = () => readdir(http.core.context.config.uploadsFolder);
  return { ...http, asha, put, link, files };
}

describe('a file', () => {
  it('is announced, put, sent, and seen through a signed link', async (t) => {
    const { asha, put, link, get, files, core } = await uploads(t);
    const bytes = png(64, 48);
    await asha.run(create('f1', 'image/png', bytes.length, '../../"ছবি"\r\n.png'));
    assert.equal((await put('f1', bytes)).status, 204);
    assert.deepEqual(await core.context.store.attachment('f1').then((a) => [a?.state, a?.width, a?.height]), [
      'complete',
      64,
      48,
    ]);
    await asha.run({ type: 'attachment.complete', conversationId: 'c1', data: { attachmentId: 'f1' } });
    await asha.run({
      type: 'message.send',
      conversationId: 'c1',
      data: {
        clientMessageId: 'cm',
        parts: [{ partId: 'p', type: 'image', attachmentId: 'f1', name: 'x', mediaType: 'image/svg+xml' }],
      },
    });
    const message = (await core.context.store.history('c1', { limit: 1 })).messages[0];
    const part = message?.parts[0];
    assert.ok(
      part?.type === 'image' && part.mediaType === 'image/png' && part.width === 64,
      'it is what was checked, not what was said',
    );

    const signed = await link('f1');
    assert.ok(typeof signed !== 'string');
    const response = await get(signed.url);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes);
    assert.equal(response.headers.get('content-type'), 'image/png');
    assert.equal(response.headers.get('content-length'), String(bytes.length));
    assert.match(
      response.headers.get('content-disposition') ?? '',
      /^attachment; filename="[\w. ()-]+"; filename\*=UTF-8''[\w%.!~-]+$/,
    );
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(response.headers.get('content-security-policy'), "default-src 'none'; sandbox");
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.match((await files()).join(), /^[0-9a-f]{40}$/);
  });

  it('is put once: a second upload changes nothing', async (t) => {
    const { asha, put, files } = await uploads(t);
    await asha.run(create('f1', 'text/plain', 5));
    assert.equal((await put('f1', 'hello')).status, 204);
    assert.equal((await put('f1', 'other')).status, 204);
    assert.equal((await files()).length, 1);
  });

  it('that lies about its type or size is refused, and leaves nothing', async (t) => {
    const { asha, put, files, core } = await uploads(t);
    await asha.run(create('f1', 'image/png', 26));
    assert.equal(
      await problemIn(await put('f1', '<svg onload="alert(1)"/>xx')),
      '415 attachment_type_refused',
    );
    assert.equal(await problemIn(await put('f1', 'short')), '409 attachment_incomplete');
    assert.equal(await problemIn(await put('f1', 'x'.repeat(27))), '413 attachment_too_large');
    assert.equal(await problemIn(await put('f1', 'x'.repeat(11_000_000))), '413 attachment_too_large');
    await assert.rejects(
      asha.run({ type: 'attachment.complete', conversationId: 'c1', data: { attachmentId: 'f1' } }),
      /attachment_incomplete/,
    );
    assert.deepEqual(await files(), []);
    assert.equal((await core.context.store.attachment('f1'))?.state, 'created');
  });

  it('of a wrong kind or size cannot even be announced', async (t) => {
    const { asha } = await uploads(t);
    await assert.rejects(asha.run(create('f1', 'image/svg+xml', 10)), /attachment_type_refused/);
    await assert.rejects(asha.run(create('f2', 'image/png', 11_000_000)), /attachment_too_large/);
  });

  it('is nobody else’s: not to put, not to link, not to take its id over', async (t) => {
    const { asha, put, link, visitor, agent } = await uploads(t);
    const [stranger, rumi] = [await visitor(), await agent()];
    await asha.run(create('f1', 'text/plain', 5));
    assert.equal(await problemIn(await put('f1', 'hello', stranger)), '404 attachment_unknown');
    assert.equal(await problemIn(await put('f1', 'hello', rumi)), '404 attachment_unknown');
    assert.equal(await problemIn(await put('f1', 'hello', {})), '401 unauthenticated');
    assert.equal(await problemIn(await put('nothing', 'hello')), '404 attachment_unknown');
    assert.equal(await link('f1'), '404 attachment_unknown', 'it has not arrived yet');
    await put('f1', 'hello');
    assert.equal(await link('f1', stranger), '404 attachment_unknown');
    assert.equal(typeof (await link('f1', rumi)), 'object');
    await stranger.run(start('c2'));
    await assert.rejects(
      stranger.run({ ...create('f1', 'text/plain', 5), conversationId: 'c2' }),
      /forbidden|taken/,
    );
    assert.equal(typeof (await link('f1')), 'object');
  });

  it('is not shown by a link that was changed, is for another file, or has ended', async (t) => {
    const clock = { now: Date.now() };
    const { asha, put, link, get } = await uploads(t, () => clock.now);
    for (const id of ['f1', 'f2']) {
      await asha.run(create(id, 'text/plain', 5));
      await put(id, 'hello');
    }
    const signed = await link('f1');
    assert.ok(typeof signed !== 'string');
    assert.equal(Date.parse(signed.expiresAt) - clock.now <= 301_000, true);
    const later = String(Number(new URL(signed.url, 'http://x').searchParams.get('expires')) + 3600);
    for (const wrong of [
      signed.url.replace('/f1/', '/f2/'),
      signed.url.replace(/expires=\d+/, `expires=${later}`),
      signed.url.replace(/signature=./, 'signature='),
      signed.url.replace(/&signature=.*/, ''),
      signed.url.replace(/expires=\d+/, 'expires=1e12'),
      '/v1/attachments/f1/content',
    ])
      assert.equal(await problemIn(await get(wrong)), '403 forbidden', wrong);
    assert.equal((await get(signed.url)).status, 200);
    clock.now += 5 * 60_000 + 1000;
    assert.equal(await problemIn(await get(signed.url)), '403 forbidden');
  });

  it('that breaks off on its way leaves nothing, and the server alive', async (t) => {
    const { asha, put, url, files, get } = await uploads(t);
    await asha.run(create('f1', 'text/plain', 1000));
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `PUT /v1/attachments/f1/content HTTP/1.1\r\nHost: x\r\nAuthorization: ${asha.headers.authorization}\r\nContent-Length: 1000\r\n\r\nhalf`,
    );
    await waitFor(async () => (await files()).length === 1);
    socket.destroy();
    await waitFor(async () => (await files()).length === 0);
    assert.equal((await get('/healthz')).status, 200);
    assert.equal((await put('f1', 'x'.repeat(1000))).status, 204);
  });
});

/** Waits for what happens outside this process's turn: a socket, a file system. */
async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 200; n++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail('it did not happen within two seconds');
}

it('a visitor may have so many files here, and no more; others are not concerned', async (t) => {
  const http = await testHttp(t, { tuning: { uploadQuota: { bytes: 1_000, files: 2 } } });
  const [asha, omar] = [await http.visitor(), await http.visitor()];
  await asha.run(start('c1'));
  await omar.run(start('c2'));
  const announce = (person: Person, conversationId: string, attachmentId: string, size: number) =>
    person.run({
      type: 'attachment.create',
      conversationId,
      data: { attachmentId, name: 'a.png', mediaType: 'image/png', size },
    });
  await announce(asha, 'c1', 'f1', 600);
  await assert.rejects(
    announce(asha, 'c1', 'f2', 401),
    /attachment_too_large: You have 1 files of 600 bytes/,
  );
  await announce(asha, 'c1', 'f3', 1);
  await assert.rejects(announce(asha, 'c1', 'f4', 1), /may have 2 of 1000/);
  await announce(omar, 'c2', 'f5', 1_000);
});
