// npm run bench -- <name> [arguments]: runs bench/<name>.mjs against the sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const names = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.replace('.mjs', ''));
const [name, ...args] = process.argv.slice(2);
if (!name || !existsSync(join(root, 'bench', `${name}.mjs`))) {
  console.error(`Usage: npm run bench -- <name> [arguments], where <name> is one of: ${names.join(', ')}.`);
  process.exit(2);
}
const { status } = spawnSync(
  process.execPath,
  [
    '--conditions=sahay-source',
    '--disable-warning=ExperimentalWarning',
    join(root, 'bench', `${name}.mjs`),
    ...args,
  ],
  { cwd: process.env.INIT_CWD ?? root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
