import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tempFolder } from '../storage/testing/temp-store.ts';
import { mailOf } from './mail-module.ts';

test('what carries e-mails away is given, or is a module’s default export', async (t) => {
  const folder = tempFolder(t);
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const given = { send: () => Promise.resolve() };
  assert.equal(await mailOf(given), given);
  assert.equal(await mailOf(undefined), undefined);
  const mail = await mailOf(
    file('right.mjs', 'export default { send: async () => {}, isIdempotent: true };'),
  );
  assert.equal(mail?.isIdempotent, true);
  await assert.rejects(mailOf(file('wrong.mjs', 'export default 7;')), /has no method send\. Export/);
  await assert.rejects(mailOf(file('broken.mjs', 'export default {')), /cannot be loaded/);
  await assert.rejects(mailOf('/nowhere/mail.mjs'), /"\/nowhere\/mail\.mjs", which cannot be loaded/);
});
