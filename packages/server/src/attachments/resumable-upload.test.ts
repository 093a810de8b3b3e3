import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attachment } from '@sahay/protocol';
import { tempFolder } from '../storage/testing/temp-store.ts';
import { appendBytes, offsetOf, sweepUnfinished } from './resumable-upload.ts';

const file = (attachmentId: string): Attachment => ({
  attachmentId,
  conversationId: 'c1',
  ownerId: 'v1',
  name: 'a.txt',
  mediaType: 'text/plain',
  size: 10,
  state: 'created',
});

async function* piece(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('Hello');
}

test('a sweep leaves alone what begins while it asks which files are announced', async (t) => {
  const folder = tempFolder(t);
  const [forgotten, goingOn, begun] = [file('f1'), file('f2'), file('f3')];
  for (const one of [forgotten, goingOn]) await appendBytes(folder, one, 0, piece());
  await sweepUnfinished(folder, Date.now(), async () => {
    await appendBytes(folder, begun, 0, piece());
    return [goingOn.attachmentId];
  });
  const left = await Promise.all([forgotten, goingOn, begun].map((one) => offsetOf(folder, one)));
  assert.deepEqual(left, [0, 5, 5]);
});
