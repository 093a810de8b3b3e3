import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { retryImports } from './retry-imports.mjs';

let folder;
const meta = { chunks: { entry: { isEntry: true, fileName: 'entry.mjs' } } };
const render = (code, isEntry) => retryImports().renderChunk(code, { isEntry }, {}, meta).code;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sahay-retry-'));
  await mkdir(join(folder, 'chunks'));
  const file = (name, text) => writeFile(join(folder, name), text);
  await file('package.json', '{ "type": "module" }');
  await file(
    'entry.mjs',
    render(
      `const missing = () => import('./chunks/missing-12345678.js');
      const broken = () => import('./chunks/broken-12345678.js');
      const window = () => import('./chunks/window-12345678.js');
export { missing, broken, window };`,
      true,
    ),
  );
  await file('chunks/broken-12345678.js', 'undefined.x;');
  await file('chunks/window-12345678.js', 'export const part = 7;');
  await file(
    'chunks/late-12345678.js',
    render(`import { part as p } from './window-12345678.js';\nexport const twice = p * 2;`, false),
  );
});
after(() => rm(folder, { recursive: true, force: true }));

/** The entry as a page has it that asked for it by this address. */
const entry = (query = '') => import(pathToFileURL(join(folder, 'entry.mjs')).href + query);
const failure = async (fetching) => fetching().then(assert.fail, (error) => error);
const onPage = (...scripts) => {
  globalThis.document = { scripts: scripts.map((text) => ({ text })) };
};

test('a chunk takes what it imports from the window that another address of the entry fetched', async () => {
  await (await entry('?v=2')).window();
  const { twice } = await import(pathToFileURL(join(folder, 'chunks/late-12345678.js')).href);
  assert.equal(twice, 14);
});

test('what cannot be fetched may be tried again, but not without end', async () => {
  onPage();
  const { missing } = await entry('?end');
  const errors = [];
  for (let tries = 0; tries < 60; tries++) errors.push(await failure(missing));
  assert.match(errors[1].url, /missing-12345678\.js\?/);
  assert.equal(errors[9].code, 'network');
  assert.notEqual(errors[59].code, 'network');
});

test('what arrives and fails by itself is no matter of the network', async () => {
  onPage();
  assert.equal((await failure((await entry('?broken')).broken)).code, undefined);
});

test('where any import map of the page holds hashes, the address stays', async () => {
  onPage('{"imports": {}}', '{"integrity": {}}');
  const { missing } = await entry('?hashes');
  const errors = [await failure(missing), await failure(missing)];
  for (const { url } of errors) assert.doesNotMatch(url, /\.js\?/);
});
