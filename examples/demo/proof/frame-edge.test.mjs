import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameEdge } from './frame-edge.mjs';

/** A frame of a server: text of so many bytes. */
function frame(length) {
  const head =
    length < 126
      ? Buffer.from([0x81, length])
      : length < 65_536
        ? Buffer.from([0x81, 126, length >> 8, length & 255])
        : Buffer.concat([Buffer.from([0x81, 127]), bigEndian(length)]);
  return Buffer.concat([head, Buffer.alloc(length, 'x')]);
}

function bigEndian(length) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return bytes;
}

const answer = Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n');

test('the edges between frames are found, however they are cut into pieces', () => {
  const frames = [0, 1, 125, 126, 300, 65_535, 65_536, 70_000].map(frame);
  const whole = Buffer.concat([answer, ...frames]);
  const edges = new Set();
  let at = answer.length;
  edges.add(at);
  for (const { length } of frames) edges.add((at += length));
  for (const size of [1, 2, 7, 1_000, 65_541]) {
    const edge = new FrameEdge();
    for (let from = 0; from < whole.length; from += size) {
      edge.follow(whole.subarray(from, from + size));
      const reached = Math.min(from + size, whole.length);
      assert.equal(edge.isClean, edges.has(reached), `${size}: at ${reached}`);
    }
  }
});
