import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleSizes, kB } from './sizes/bundle-sizes.mjs';

// What is built is what is measured: `npm test` builds first.
test('what a visitor downloads stays below its floors', async () => {
  const { rows, beside } = await bundleSizes();
  assert.equal(rows.length, 4);
  for (const { what, bytes, floor } of rows)
    assert.ok(bytes > 1000 && bytes <= floor * 1000, `${what}: ${kB(bytes)} kB of ${floor} kB`);
  for (const { what, bytes } of beside) assert.ok(bytes > 0, `${what} is not in the bundle`);
});
