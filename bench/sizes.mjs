// npm run bench -- sizes: what a visitor downloads, minified and brotli-compressed, from the built bundles.
// The bubble before intent; the window open and talking, without and with Markdown. Exits 1 when a floor is missed.
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'packages/elements/dist/bundle');
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

const rows = [
  ['bubble before intent', sum(bubble), 4],
  ['window open and talking, without Markdown', sum(open), 35],
  ['window open and talking, with Markdown', sum(withMarkdown), 53],
];
let missed = 0;
for (const [title, bytes, floor] of rows) {
  const good = bytes <= floor * 1000;
  if (!good) missed++;
  console.log(
    `${good ? '✔' : '✖'} ${title.padEnd(44)} ${(bytes / 1000).toFixed(2).padStart(6)} kB   floor ${floor} kB`,
  );
}
if (process.argv.includes('--chunks'))
  for (const path of withMarkdown)
    console.log(`  ${path.padEnd(50)} ${(chunk(path).bytes / 1000).toFixed(2)} kB`);
process.exitCode = missed ? 1 : 0;
