import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
