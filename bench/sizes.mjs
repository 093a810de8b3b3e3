// npm run bench -- sizes: what a visitor downloads, minified and brotli-compressed, from the built bundles.
// The bubble before intent; the window open and talking, without and with Markdown; the client alone. Exits 1 when a floor is
// missed. What the client fetches once its connection stands, for when something goes wrong, is told beside it.
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import nodeResolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { minify } from '../scripts/minify.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'packages/elements/dist/bundle');
const brotli = (text) =>
  brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
  }).length;

const files = new Map();
/** A chunk's compressed size, and what it imports at once and later. */
function chunk(path) {
  if (!files.has(path)) {
    const code = readFileSync(join(folder, path));
    const text = code.toString('utf8').replace(/\/\/# sourceMappingURL.*/, '');
    const resolve = (specifier) => posix.join(posix.dirname(path), specifier);
    const statics = [...text.matchAll(/(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g)].map((m) =>
      resolve(m[1]),
    );
    const dynamics = [...text.matchAll(/import\(\s*["'`](\.{1,2}\/[^"'`]+)["'`]\s*\)/g)].map((m) =>
      resolve(m[1]),
    );
    files.set(path, { bytes: brotli(text), statics, dynamics });
  }
  return files.get(path);
}
/** A chunk and everything it imports statically. */
function closure(path, into = new Set()) {
  if (into.has(path)) return into;
  into.add(path);
  for (const next of chunk(path).statics) closure(next, into);
  return into;
}
const sum = (paths) => [...paths].reduce((total, path) => total + chunk(path).bytes, 0);
const lazyNamed = (name, paths) =>
  [...paths].flatMap((path) => chunk(path).dynamics).find((path) => posix.basename(path).startsWith(name));

const bubble = closure('sahay.js');
const windowEntry = lazyNamed('window', bubble);
if (!windowEntry)
  throw new Error('sahay.js does not import a chunk named "window…": look at packages/elements/src/cdn.');
const open = closure(windowEntry, new Set(bubble));
const markdownEntry = lazyNamed('markdown', open) ?? lazyNamed('index', open);
if (!markdownEntry) throw new Error('No chunk of the window imports "markdown…" lazily.');
const withMarkdown = closure(markdownEntry, new Set(open));

/** The client alone, as an application bundles it: what it loads at once, and its reserve. */
async function client() {
  const entry = join(root, 'packages/client/dist/index.js');
  const bundle = await rollup({
    input: 'client',
    preserveEntrySignatures: 'allow-extension',
    plugins: [
      {
        name: 'client',
        resolveId: (id) => (id === 'client' ? id : null),
        load: (id) =>
          id === 'client' ? `export { createSupportClient, SahayError } from '${entry}';` : null,
      },
      nodeResolve({ browser: true }),
      minify(),
    ],
  });
  const { output } = await bundle.generate({ format: 'es', hoistTransitiveImports: false });
  const sizeOf = (file) => {
    const one = output.find(({ fileName }) => fileName === file);
    return brotli(one.code) + one.imports.reduce((total, next) => total + sizeOf(next), 0);
  };
  const [{ fileName }] = output;
  const reserve = output.find(({ name }) => name === 'reserve').fileName;
  return { first: sizeOf(fileName), reserve: brotli(output.find((one) => one.fileName === reserve).code) };
}
const { first, reserve } = await client();

const rows = [
  ['bubble before intent', sum(bubble), 4],
  ['window open and talking, without Markdown', sum(open), 35],
  ['window open and talking, with Markdown', sum(withMarkdown), 53],
  ['client with the WebSocket connector', first, 14],
];
let missed = 0;
for (const [title, bytes, floor] of rows) {
  const good = bytes <= floor * 1000;
  if (!good) missed++;
  console.log(
    `${good ? '✔' : '✖'} ${title.padEnd(44)} ${(bytes / 1000).toFixed(2).padStart(6)} kB   floor ${floor} kB`,
  );
}
console.log(
  `  ${"the client's reserve, fetched once connected".padEnd(44)} ${(reserve / 1000).toFixed(2).padStart(6)} kB`,
);
if (process.argv.includes('--chunks'))
  for (const path of withMarkdown)
    console.log(`  ${path.padEnd(50)} ${(chunk(path).bytes / 1000).toFixed(2)} kB`);
process.exitCode = missed ? 1 : 0;
