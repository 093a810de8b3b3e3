import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { retryImports } from './retry-imports.mjs';

let folder;
const meta = { chunks: { entry: { isEntry: true, fileName: 'entry.mjs', imports: [] } } };
const render = (code, isEntry) => retryImports().renderChunk(code, { isEntry }, {}, meta).code;
const file = (name, text) => writeFile(join(folder, name), text);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sahay-retry-'));
  await mkdir(join(folder, 'chunks'));
  await file('package.json', '{ "type": "module" }');
  await file(
    'entry.mjs',
    render(
      `const missing = () => import('./chunks/missing-12345678.js');
      const broken = () => import('./chunks/broken-12345678.js');
      const window = () => import('./chunks/window-12345678.js');
      const outer = () => import('./chunks/outer-12345678.js');
export { missing, broken, window, outer };`,
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

test('a chunk whose own imports could not be fetched has them, and what it passes on, once they can be', async () => {
  onPage();
  await file(
    'chunks/outer-12345678.js',
    render(
      `import { a, b as c } from './inner-12345678.js';
import './beside-12345678.js';
import { a as again } from './inner-12345678.js';
export { d as e, a as f } from './inner-12345678.js';
export const sum = a + c + again;`,
      false,
    ),
  );
  const { outer } = await entry('?inner');
  const beside = () =>
    file('chunks/beside-12345678.js', 'globalThis.besides = (globalThis.besides ?? 0) + 1;');
  await beside();
  const error = await failure(outer);
  assert.equal(error.code, 'network');
  assert.match(error.url, /inner-12345678\.js$/);
  // Node, unlike browsers, takes an empty query for none.
  await failure(outer);
  await file('chunks/inner-12345678.js', 'export const a = 1, b = 2, d = 3;');
  const [{ sum, e, f }, second] = await Promise.all([outer(), outer()]);
  assert.deepEqual([sum, e, f, second.sum], [4, 3, 1, 4]);
  assert.equal(globalThis.besides, 1, 'what had arrived is not run again');
});

test('chunks that would wait for each other are refused', () => {
  const chunks = { ...meta.chunks, a: { imports: ['b'] }, b: { imports: ['a'] } };
  const code = "import { b } from './b-12345678.js';";
  assert.throws(
    () => retryImports().renderChunk(code, { isEntry: false }, {}, { chunks }),
    /wait for each other: a → b → a/,
  );
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
