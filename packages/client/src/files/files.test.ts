import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SahayError } from '../index.ts';
import { allSent, make, serve } from '../testing/stage.ts';
import { until } from '../testing/until.ts';

describe('files', () => {
  it('announces, puts and completes a file before it is sent', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    const shares: number[] = [];
    const file = new Blob(['some text'], { type: 'text/plain' });
    const sent = await conversation.sendFile(file, {
      name: 'note.txt',
      onProgress: (share) => shares.push(share),
    });
    await sent.acknowledged;
    const view = await until(conversation, allSent(1));
    const [part] = view.messages.at(-1)!.message.parts;
    assert.ok(part?.type === 'file' && part.name === 'note.txt' && part.size === 9);
    assert.equal(server.files.get(String(part.attachmentId))?.toString(), 'some text');
    assert.equal(shares.at(-1), 1);
    const url = await conversation.attachmentUrl(String(part.attachmentId));
    assert.ok(url.startsWith(`${server.url}/v1/attachments/`), url);
    assert.equal(await conversation.attachmentUrl(String(part.attachmentId)), url, 'kept until it ends');
  });

  it('is heard where it can be heard', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    const sound = new Blob(['a sound'], { type: 'audio/mp4' });
    await (
      await conversation.sendFile(sound, { name: 'Voice message.m4a' })
    ).acknowledged;
    const view = await until(conversation, allSent(1));
    const [part] = view.messages.at(-1)!.message.parts;
    assert.ok(part?.type === 'audio' && part.name === 'Voice message.m4a' && part.mediaType === 'audio/mp4');
  });

  it('says why a file is not accepted', async () => {
    const server = await serve();
    const conversation = make({ url: server.url, storage: 'memory' }).conversations.create();
    const file = new Blob(['x'], { type: 'application/x-msdownload' });
    await assert.rejects(
      conversation.upload(file, { name: 'setup.exe' }),
      (error) => error instanceof SahayError && error.code === 'attachment_type_refused',
    );
    const stop = new AbortController();
    stop.abort(new Error('no more'));
    await assert.rejects(
      conversation.upload(new Blob(['x'], { type: 'text/plain' }), { name: 'a.txt', signal: stop.signal }),
      (error) => error instanceof SahayError && error.code === 'cancelled',
    );
  });
});
