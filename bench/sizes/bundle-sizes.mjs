// What a visitor downloads, minified and brotli-compressed, from the built bundles: each floor's sum, and what comes beside it.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import nodeResolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { minify } from '../../scripts/minify.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = join(root, 'packages/elements/dist/bundle');

/** What the window fetches by itself once it stands, without anybody having asked: chunk, and when. */
const byThemselves = [
  ['furnish', 'badge, teaser, sheet and back button of the bubble, when it opens'],
  ['composer-tools', "the composer's tools, when it is drawn"],
  ['voice', 'what is read aloud, when a conversation is shown'],
  ['list-tools', "a message's menu and marks, with the first message"],
  ['reserve', "the client's reserve, once connected"],
];

const brotli = (text) =>
  brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
  }).length;

/** What a chunk waits for in its first statement, in the place of imports: see scripts/retry-imports.mjs. */
function waitedFor(text) {
  const [, asked = ''] =
    /^(?:import[^;]*;)*const\s*\[[^\]]*\]\s*=\s*await Promise\.all\(\[([^\]]*)\]\)/.exec(text) ?? [];
  return [...asked.matchAll(/"([\w.-]+\.js)"/g)].map((match) => `chunks/${match[1]}`);
}

/** Reads chunks of the bundle: their compressed sizes, and what they import at once and later. */
function chunkReader() {
  const files = new Map();
  return (path) => {
    if (!files.has(path)) {
      const text = readFileSync(join(folder, path), 'utf8').replace(/\/\/# sourceMappingURL.*/, '');
      const resolve = (match) => posix.join(posix.dirname(path), match[1]);
      files.set(path, {
        bytes: brotli(text),
        statics: [
          ...[...text.matchAll(/(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g)].map(resolve),
          ...waitedFor(text),
        ],
        // It asks for its chunks through a function of its own, see scripts/retry-imports.mjs.
        dynamics: [...text.matchAll(/\("([\w.-]+-[\w-]{8}\.js)"\)/g)].map((match) => `chunks/${match[1]}`),
      });
    }
    return files.get(path);
  };
}

/** What the bundle of the script tag weighs. */
function bundle() {
  const chunk = chunkReader();
  const closure = (path, into = new Set()) => {
    if (into.has(path)) return into;
    into.add(path);
    for (const next of chunk(path).statics) closure(next, into);
    return into;
  };
  const sum = (paths) => [...paths].reduce((total, path) => total + chunk(path).bytes, 0);
  const lazyNamed = (name, paths) => {
    const found = [...paths]
      .flatMap((path) => chunk(path).dynamics)
      .find((path) => posix.basename(path).startsWith(`${name}-`));
    if (!found) throw new Error(`Nothing of ${[...paths].join(', ')} imports a chunk named "${name}".`);
    return found;
  };
  const bubble = closure('sahay.js');
  const open = closure(lazyNamed('window', bubble), new Set(bubble));
  const withMarkdown = closure(lazyNamed('index', open), new Set(open));
  const seen = new Set(open);
  const beside = byThemselves.map(([name, what]) => {
    const before = sum(seen);
    closure(lazyNamed(name, seen), seen);
    return { what, bytes: sum(seen) - before };
  });
  return {
    bubble: sum(bubble),
    open: sum(open),
    withMarkdown: sum(withMarkdown),
    beside,
    chunks: [...withMarkdown].map((path) => ({ path, bytes: chunk(path).bytes })),
  };
}

/** The client alone, as an application bundles it: what it loads at once. */
async function client() {
  const entry = join(root, 'packages/client/dist/index.js');
  const built = await rollup({
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
  const { output } = await built.generate({ format: 'es', hoistTransitiveImports: false });
  const sizeOf = (file) => {
    const one = output.find(({ fileName }) => fileName === file);
    return brotli(one.code) + one.imports.reduce((total, next) => total + sizeOf(next), 0);
  };
  return sizeOf(output[0].fileName);
}

/**
 * Each floor with what is measured, in bytes; what the window fetches by itself beyond that; and the chunks behind the window's sums.
 *
 * @throws Error When nothing is built yet.
 */
export async function bundleSizes() {
  if (!existsSync(join(folder, 'sahay.js')))
    throw new Error('Nothing is built yet: run "npm run build" first.');
  const { bubble, open, withMarkdown, beside, chunks } = bundle();
  const rows = [
    { what: 'bubble before intent', bytes: bubble, floor: 4, aim: 2.5 },
    { what: 'window open and talking, without Markdown', bytes: open, floor: 35, aim: 30 },
    { what: 'window open and talking, with Markdown', bytes: withMarkdown, floor: 53, aim: 39 },
    { what: 'client with the WebSocket connector', bytes: await client(), floor: 14, aim: 11 },
  ];
  return { rows, beside, chunks };
}

/** Kilobytes, as the floors count them: 1,000 bytes. */
export const kB = (bytes) => (bytes / 1000).toFixed(2);
