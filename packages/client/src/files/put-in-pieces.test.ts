import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it, type TestContext } from 'node:test';
import { SahayError } from '../sahay-error.ts';
import { putInPieces } from './put-in-pieces.ts';
import type { UploadContext } from './upload.ts';

/** A server that takes what arrives and cuts the line after so many bytes, as often as it is told. */
async function cutting(t: TestContext, cuts: number[]) {
  const held: Buffer[] = [];
  const requests: string[] = [];
  const size = (): number => held.reduce((sum, piece) => sum + piece.length, 0);
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    requests.push(`${request.method} ${String(request.headers['upload-offset'] ?? '')}`.trim());
    if (request.method === 'HEAD') return void response.writeHead(204, { 'upload-offset': size() }).end();
    if (request.method === 'DELETE') return void response.writeHead(204).end();
    const cut = cuts.shift();
    let left = cut ?? Infinity;
    request.on('data', (chunk: Buffer) => {
      const piece = chunk.subarray(0, left);
      held.push(piece);
      left -= piece.length;
      if (left === 0) request.socket.destroy();
    });
    request.on('end', () => response.writeHead(204).end());
    request.on('error', () => undefined);
  };
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/f`;
  const request: UploadContext['fetch'] = (path, { onProgress: _told, ...init }) =>
    fetch(path, init).catch((cause: unknown) => {
      throw new SahayError('network', 'The line broke.', { retryable: true, cause });
    });
  const pauses: number[] = [];
  const context = {
    fetch: request,
    random: () => 0.5,
    pause: async (ms: number) => void pauses.push(ms),
  };
  return { url, requests, pauses, bytes: () => Buffer.concat(held), context };
}

const file = new Blob([Uint8Array.from({ length: 300_000 }, (_, index) => index % 251)]);

it('goes on where the line broke, and every byte arrives once', async (t) => {
  const { url, requests, pauses, bytes, context } = await cutting(t, [100_000, 50_000]);
  await putInPieces(file, url, { name: 'a.bin' }, context);
  assert.deepEqual(pauses, [250, 250], 'a line that moved begins its back-off anew');
  assert.deepEqual(bytes(), Buffer.from(await file.arrayBuffer()));
  assert.deepEqual(requests, ['PATCH 0', 'HEAD', 'PATCH 100000', 'HEAD', 'PATCH 150000']);
});

it('takes back what arrived when it is given up', async (t) => {
  const { url, requests, context } = await cutting(t, [100_000]);
  const stop = new AbortController();
  const pause = async (): Promise<void> => stop.abort(new Error('enough'));
  await assert.rejects(
    putInPieces(file, url, { name: 'a.bin', signal: stop.signal }, { ...context, pause }),
    (error) => error instanceof SahayError && error.code === 'cancelled',
  );
  assert.equal(requests.at(-1), 'DELETE');
});

it('waits as long as the server asks that gets too many', async (t) => {
  const { url, requests, pauses, bytes, context } = await cutting(t, []);
  let refusals = 2;
  const fetch: UploadContext['fetch'] = async (path, init) => {
    if (init.method !== 'PATCH' || refusals-- <= 0) return context.fetch(path, init);
    throw new SahayError('rate_limited', 'Too many.', { retryable: true, retryAfterMs: 3_000 });
  };
  await putInPieces(file, url, { name: 'a.bin' }, { ...context, fetch });
  assert.deepEqual(bytes(), Buffer.from(await file.arrayBuffer()));
  assert.deepEqual(pauses, [3_250, 3_500]);
  assert.deepEqual(requests, ['HEAD', 'HEAD', 'PATCH 0']);
});

it('does not insist where the server refuses', async (t) => {
  const { context } = await cutting(t, []);
  let asked = 0;
  const fetch: UploadContext['fetch'] = () => {
    asked++;
    return Promise.reject(new SahayError('attachment_type_refused', 'Not this.'));
  };
  await assert.rejects(putInPieces(file, '/f', { name: 'a.bin' }, { ...context, fetch }), /Not this/);
  assert.equal(asked, 1);
});
