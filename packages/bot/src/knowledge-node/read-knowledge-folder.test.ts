import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readKnowledgeFolder } from './index.ts';

const folder = await mkdtemp(join(tmpdir(), 'sahay-articles-'));
after(() => rm(folder, { recursive: true }));

test('a missing folder is an error that says what to do', async () => {
  await assert.rejects(
    readKnowledgeFolder(join(folder, 'nowhere')),
    /cannot be read: .*Give the path of a folder/u,
  );
});

test('an empty folder is a problem', async () => {
  const { articles, problems } = await readKnowledgeFolder(folder);
  assert.deepEqual(articles, []);
  assert.match(problems[0]?.message ?? '', /holds no articles/u);
});

test('reads nested folders in the order of their paths, and leaves out what is no article', async () => {
  await mkdir(join(folder, 'bn', 'deep'), { recursive: true });
  await writeFile(join(folder, 'bn', 'deep', 'b.md'), '# খ\n\nউত্তর।');
  await writeFile(join(folder, 'a.markdown'), '# A\n\nText.');
  await writeFile(join(folder, 'big.md'), 'x'.repeat(200));
  await writeFile(join(folder, 'README.md'), '# About\n\nText.');
  await writeFile(join(folder, 'LICENSE.md'), '# Licence\n\nText.');
  await writeFile(join(folder, 'picture.png'), 'no');
  const { articles, problems } = await readKnowledgeFolder(folder, { largestFile: 100 });
  assert.deepEqual(
    articles.map(({ id, lang }) => [id, lang]),
    [
      ['a', 'en'],
      ['bn/deep/b', 'bn'],
    ],
  );
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['big.md'],
  );
});

test('follows links inside the folder, as mounted ones have them, once, and none that leads out', async () => {
  const mounted = join(folder, 'mounted');
  await mkdir(join(mounted, '..2026_01', 'bn'), { recursive: true });
  await writeFile(join(mounted, '..2026_01', 'a.md'), '# A\n\nText.');
  await writeFile(join(mounted, '..2026_01', 'bn', 'b.md'), '# খ\n\nউত্তর।');
  await symlink('..2026_01', join(mounted, '..data'));
  await symlink(join('..data', 'a.md'), join(mounted, 'a.md'));
  await symlink(join('..data', 'bn'), join(mounted, 'bn'));
  await symlink('.', join(mounted, 'round'));
  await symlink(join(folder, 'a.markdown'), join(mounted, 'out.md'));
  await symlink(join(mounted, 'gone.md'), join(mounted, 'nowhere.md'));
  const { articles, problems } = await readKnowledgeFolder(mounted);
  assert.deepEqual(
    articles.map(({ id }) => id),
    ['a', 'bn/b'],
  );
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['nowhere.md', 'out.md'],
  );
  assert.match(problems[1]?.message ?? '', /outside of the folder.*Copy/u);
});

test('two files that differ in their ending alone are one article, and a problem', async () => {
  const twice = join(folder, 'twice');
  await mkdir(twice);
  await writeFile(join(twice, 'a.md'), '# First\n\nText.');
  await writeFile(join(twice, 'a.markdown'), '# Second\n\nText.');
  const { articles, problems } = await readKnowledgeFolder(twice);
  assert.equal(articles.length, 1);
  assert.match(problems[0]?.message ?? '', /same path as a\.markdown.*Rename/u);
});
