import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { loadServerKeys } from './server-secret.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sahay-secret-'));
});
after(() => rm(folder, { recursive: true, force: true }));

it('makes one secret for its owner alone, even when two starts race, and keeps it', async () => {
  const [one, two] = await Promise.all([loadServerKeys(folder), loadServerKeys(folder)]);
  assert.deepEqual(one, two);
  assert.notDeepEqual(one.accessTokens, one.links);
  assert.equal((await stat(join(folder, 'server-secret'))).mode & 0o777, 0o600);
  await chmod(join(folder, 'server-secret'), 0o644);
  assert.deepEqual(await loadServerKeys(folder), one);
  assert.equal((await stat(join(folder, 'server-secret'))).mode & 0o777, 0o600);
});

it('says what to do about a damaged secret', async () => {
  const whole = await readFile(join(folder, 'server-secret'), 'utf8');
  await writeFile(join(folder, 'server-secret'), whole.slice(0, 10));
  await assert.rejects(loadServerKeys(folder), /damaged\. Restore it from a backup, or delete it/);
});
