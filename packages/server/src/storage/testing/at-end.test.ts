import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { atEnd } from './at-end.ts';
import { tempFolder } from './temp-store.ts';

test('a test’s ends come one after the other, the last first, and its folder goes after all that used it', async (t) => {
  const ended: string[] = [];
  let folder = '';
  await t.test('with ends', (inner) => {
    folder = tempFolder(inner);
    atEnd(inner, () => ended.push(`server, folder ${existsSync(folder) ? 'there' : 'gone'}`));
    atEnd(inner, async () => {
      await pause(5);
      ended.push('client');
    });
  });
  assert.deepEqual(ended, ['client', 'server, folder there']);
  assert.equal(existsSync(folder), false);
});
