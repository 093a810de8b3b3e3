import assert from 'node:assert/strict';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { png } from '../attachments/testing/sample-files.ts';
import { start, tempFolder } from '../storage/testing/temp-store.ts';
import { problemIn, testHttp, type Person, type TestHttp } from './testing/test-http.ts';

const bytes = Buffer.concat([png(64, 48), Buffer.alloc(1_000)]);
const path = '/v1/attachments/f1/content';

async function announced(t: TestContext, clock = Date.now) {
  const dataFolder = tempFolder(t);
  const http = await testHttp(t, { config: { dataFolder }, clock });
  const asha = await http.visitor();
  await asha.run(start());
  const data = { attachmentId: 'f1', name: 'a.png', mediaType: 'image/png', size: bytes.length };
  const { resumable } = await asha.run({ type: 'attachment.create', conversationId: 'c1', data });
  assert.equal(resumable, true);
  return { http, asha, dataFolder };
}

const patch = (http: TestHttp, { headers }: Person, offset: number, body: Uint8Array): Promise<Response> =>
  http.get(path, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': String(offset), 'content-type': 'application/partial-upload' },
    body: body as BodyInit,
  });

const where = async (http: TestHttp, { headers }: Person): Promise<[string | null, string | null]> => {
  const { headers: told } = await http.get(path, { method: 'HEAD', headers });
  return [told.get('upload-offset'), told.get('upload-complete')];
};

test('an upload goes on where it broke off, also after the server was restarted', async (t) => {
  const { http, asha, dataFolder } = await announced(t);
  assert.deepEqual(await where(http, asha), ['0', '?0']);
  assert.equal((await patch(http, asha, 0, bytes.subarray(0, 400))).status, 204);
  assert.deepEqual(await where(http, asha), ['400', '?0']);
  assert.equal(await problemIn(await patch(http, asha, 0, bytes)), '409 attachment_offset');
  await http.core.close();
  const again = await testHttp(t, { config: { dataFolder } });
  assert.deepEqual(await where(again, asha), ['400', '?0']);
  const last = await patch(again, asha, 400, bytes.subarray(400));
  assert.deepEqual([last.status, last.headers.get('upload-complete')], [204, '?1']);
  assert.equal((await again.core.context.store.attachment('f1'))?.state, 'complete');
  assert.deepEqual(await where(again, asha), [String(bytes.length), '?1']);
  const { url } = (await (await again.post('/v1/attachments/f1/link', undefined, asha.headers)).json()) as {
    url: string;
  };
  assert.deepEqual(Buffer.from(await (await again.get(url)).arrayBuffer()), bytes);
});

test('what is not as announced is refused, and what is given up goes', async (t) => {
  const { http, asha } = await announced(t);
  const files = (): Promise<string[]> => readdir(http.core.context.config.uploadsFolder);
  const tooLong = Buffer.concat([bytes, Buffer.alloc(1)]);
  assert.equal(await problemIn(await patch(http, asha, 0, tooLong)), '413 attachment_too_large');
  const script = Buffer.alloc(bytes.length, '<script>');
  assert.equal(await problemIn(await patch(http, asha, 0, script)), '415 attachment_type_refused');
  assert.deepEqual(await files(), []);
  await patch(http, asha, 0, bytes.subarray(0, 10));
  assert.equal((await files()).length, 1);
  assert.equal((await http.get(path, { method: 'DELETE', headers: asha.headers })).status, 204);
  assert.deepEqual(await files(), []);
});

test('nobody goes on with another’s upload, or learns how far it is', async (t) => {
  const { http, asha } = await announced(t);
  await patch(http, asha, 0, bytes.subarray(0, 10));
  const omar = await http.visitor();
  assert.equal(await problemIn(await patch(http, omar, 10, bytes.subarray(10))), '404 attachment_unknown');
  assert.equal((await http.get(path, { method: 'HEAD', headers: omar.headers })).status, 404);
  assert.equal((await http.get(path, { method: 'DELETE', headers: omar.headers })).status, 404);
  assert.deepEqual(await where(http, asha), ['10', '?0']);
});

test('what nobody goes on with is gone after a day, though the server runs on', async (t) => {
  let agoMs = 25 * 3_600_000;
  const { http, asha } = await announced(t, () => Date.now() - agoMs);
  const { uploadsFolder } = http.core.context.config;
  await patch(http, asha, 0, bytes.subarray(0, 10));
  const [abandoned = ''] = await readdir(uploadsFolder);
  const then = new Date(Date.now() - agoMs);
  await utimes(join(uploadsFolder, abandoned), then, then);
  agoMs = 0;
  const omar = await http.visitor();
  await omar.run(start('c2'));
  const data = { attachmentId: 'f2', name: 'b.png', mediaType: 'image/png', size: bytes.length };
  await omar.run({ type: 'attachment.create', conversationId: 'c2', data });
  const others = await http.get('/v1/attachments/f2/content', {
    method: 'PATCH',
    headers: { ...omar.headers, 'upload-offset': '0', 'content-type': 'application/partial-upload' },
    body: bytes.subarray(0, 10) as BodyInit,
  });
  assert.equal(others.status, 204);
  const left = await readdir(uploadsFolder);
  assert.ok(!left.includes(abandoned) && left.length === 1, left.join());
});
