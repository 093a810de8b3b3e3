// Writes custom-elements.json for the packages that have elements: from the JSDoc of the classes, never committed.
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cem = join(root, 'node_modules/@custom-elements-manifest/analyzer/cem.js');
for (const name of ['elements', 'console']) {
  const cwd = join(root, 'packages', name);
  if (!existsSync(join(cwd, 'src', 'index.ts'))) continue;
  const args = [
    cem,
    'analyze',
    '--litelement',
    '--globs',
    'src/**/*.ts',
    '--exclude',
    'src/**/*.test.ts',
    '--outdir',
    '.',
    '--quiet',
  ];
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
