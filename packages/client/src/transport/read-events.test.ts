import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readEvents, type StreamEvent } from './read-events.ts';

const stream = [
  'retry: 2000\n\n',
  ': still here\n\n',
  'id: abc\ndata: {"text":"শুভ 👋"}\n\n',
  'event: close\r\ndata:{"code":4401}\r\n\r\n',
  'data: one\rdata:  two\r\r',
  'event: nothing\n\n',
  'data\n\n',
  'data: cut off',
].join('');
const expected: StreamEvent[] = [
  { event: 'message', data: '{"text":"শুভ 👋"}' },
  { event: 'close', data: '{"code":4401}' },
  { event: 'message', data: 'one\n two' },
  { event: 'message', data: '' },
];

async function read(pieces: readonly Uint8Array[]): Promise<StreamEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(out) {
      for (const piece of pieces) out.enqueue(piece);
      out.close();
    },
  });
  return Array.fromAsync(readEvents(body));
}

it('reads the same events wherever the bytes are cut', async () => {
  const bytes = new TextEncoder().encode(stream);
  for (let at = 0; at <= bytes.length; at++)
    assert.deepEqual(await read([bytes.slice(0, at), bytes.slice(at)]), expected, `cut at ${at}`);
  assert.deepEqual(await read([...bytes].map((byte) => Uint8Array.of(byte))), expected);
});
