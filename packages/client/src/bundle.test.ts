import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

/** What a page downloads for the client itself, validators included, in bytes of brotli. Lower it when you can. */
const budget = 14_150;

it('stays within its budget, and leaves the rules of a conversation to those who keep a log', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL('./index.ts', import.meta.url))],
    conditions: ['sahay-source'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    write: false,
    metafile: true,
    outdir: 'out',
    // What is imported lazily is a download of its own.
    plugins: [
      {
        name: 'lazy',
        setup: (bundle) =>
          bundle.onResolve({ filter: /.*/ }, ({ kind, path }) =>
            kind === 'dynamic-import' ? { path, external: true } : undefined,
          ),
      },
    ],
  });
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
  assert.deepEqual(
    inputs.filter(
      (path) =>
        /core\/(decide|memory)|turn-log\.ts$|local-log|upload|inbox-model/.test(path) &&
        !path.includes('lazy'),
    ),
    [],
  );
  const size = brotliCompressSync(outputFiles[0]!.contents).length;
  assert.ok(size <= budget, `${size} bytes of brotli, ${size - budget} too many`);
});
