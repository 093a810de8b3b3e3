// One shared bundle configuration; a package only names its entries in its package.json, under "bundle":
//   "bundle": { "dir": "dist/bundle", "entries": { "sahay": "dist/cdn/sahay.js" }, "files": { "index.html": "src/page/index.html" }, "slimLit": true }
// "scripts" are classic scripts beside it, each in one file. "files" are copied beside the bundle as they are; "slimLit" leaves out what visitors need not download of Lit.
// The modules tsc made go in; what a visitor's browser downloads comes out, minified, with one chunk per lazy import.
import { copyFileSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import nodeResolve from '@rollup/plugin-node-resolve';
import { minify } from './scripts/minify.mjs';
import { retryImports } from './scripts/retry-imports.mjs';
import { shortenNames } from './scripts/shorten-names.mjs';
import { slimCssTag } from './scripts/slim-css-tag.mjs';
import { slimLit } from './scripts/slim-lit.mjs';
import { squeezeTemplates } from './scripts/squeeze-templates.mjs';

const folders = ['packages', 'examples'].flatMap((parent) =>
  readdirSync(parent).map((name) => join(parent, name)),
);
const packages = folders.flatMap((folder) => {
  const { bundle } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return bundle ? [{ folder, ...bundle }] : [];
});

const copy = (folder, dir, files) => ({
  name: 'copy-files',
  writeBundle: () =>
    Object.entries(files).forEach(([name, path]) =>
      copyFileSync(join(folder, path), join(folder, dir, name)),
    ),
});

const modules = packages.map(({ folder, dir, entries, files = {}, slimLit: slim }) => ({
  input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(folder, path)])),
  output: {
    dir: join(folder, dir),
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    sourcemap: true,
    hoistTransitiveImports: false,
  },
  plugins: [
    { name: 'clean', buildStart: () => rmSync(join(folder, dir), { recursive: true, force: true }) },
    nodeResolve({ browser: true }),
    slimCssTag(),
    slim && slimLit(),
    squeezeTemplates(),
    copy(folder, dir, files),
    Object.keys(entries).length === 1 && retryImports(),
    minify(),
    shortenNames(),
  ],
  onwarn(warning, warn) {
    if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.message.includes('node_modules')) return;
    warn(warning);
  },
}));

const classic = packages.flatMap(({ folder, dir, scripts = {} }) =>
  Object.entries(scripts).map(([name, path]) => ({
    input: join(folder, path),
    output: { file: join(folder, dir, `${name}.js`), format: 'iife', sourcemap: true },
    // Inlined into the argument of an import(), a function of several steps would make two arguments of one.
    plugins: [nodeResolve({ browser: true }), minify({ inline: 1 })],
  })),
);

// In this order: the first ones clean their folders.
export default [...modules, ...classic];
