import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { ConformanceTarget } from './testing/conformance-target.ts';
import { smallPng } from './testing/small-png.ts';
import { Wire } from './testing/wire.ts';

let target: ConformanceTarget;
before(async () => {
  target = await ConformanceTarget.start();
});
after(() => target.dispose());

/** A visitor who announced a file: what her requests carry. */
async function announced(size: number): Promise<{ authorization: string }> {
  const asha = await Wire.visitor({ url: target.url, signInUrl: '' });
  await asha.begins('Here is a picture.');
  const data = { attachmentId: 'f1', name: 'a.png', mediaType: 'image/png', size };
  assert.equal((await asha.give('attachment.create', data)).type, 'ack');
  asha.socket.close();
  return { authorization: `Bearer ${asha.token}` };
}

test('an upload that a SIGKILL cut goes on from what had arrived, byte for byte', async () => {
  const bytes = Buffer.concat([smallPng, randomBytes(2_000_000)]);
  const headers = await announced(bytes.length);
  const url = `${target.url}/v1/attachments/f1/content`;
  const offset = async (): Promise<number> =>
    Number((await fetch(url, { method: 'HEAD', headers })).headers.get('upload-offset'));

  const cut = request(url, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-length': bytes.length },
  });
  const broken = new Promise((resolve) => cut.on('error', resolve));
  cut.write(bytes.subarray(0, 1_000_000));
  const deadline = Date.now() + 10_000;
  while ((await offset()) === 0) assert.ok(Date.now() < deadline, 'nothing arrived');
  await target.target.driver?.crash?.();
  await broken;

  const arrived = await offset();
  assert.ok(arrived > 0 && arrived <= 1_000_000, `${arrived} bytes`);
  const rest = await fetch(url, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': String(arrived) },
    body: bytes.subarray(arrived),
  });
  assert.deepEqual([rest.status, rest.headers.get('upload-complete')], [204, '?1']);
  const link = await fetch(`${target.url}/v1/attachments/f1/link`, { method: 'POST', headers });
  const file = await fetch(target.url + ((await link.json()) as { url: string }).url);
  assert.ok(Buffer.from(await file.arrayBuffer()).equals(bytes));
});
