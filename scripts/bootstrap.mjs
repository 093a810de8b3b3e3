// Runs before start, test, build, …: installs what is missing, then builds.
// Built-ins only, and nothing newer than Node 18: it runs before anything is installed.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.bootstrap-stamp');
const major = Number(process.versions.node.split('.')[0]);
const shipsNode = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
if (major < 20 || (!shipsNode && major < 22)) {
  console.error(
    `Sahay needs Node ${shipsNode ? '20' : '22.13'} or newer; this is ${process.version}. Install a newer Node and try again.`,
  );
  process.exit(1);
}

const want = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform}-${process.arch}`)
  .digest('hex');
const have = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';

// `npm ci` deletes the Node 24 binary under node_modules while it works, so npm itself must run on the outer Node.
const outerPath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((entry) => !entry.includes('node_modules'))
  .join(delimiter);

function run(command, args, env = process.env) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

function npm(args) {
  const cli = process.env.npm_execpath;
  const node = process.env.npm_node_execpath;
  const env = { ...process.env, PATH: outerPath };
  if (cli) run(node && !node.includes('node_modules') ? node : 'node', [cli, ...args], env);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, env);
}

if (have !== want) {
  console.log('[1/2] Installing dependencies (npm ci; about a minute the first time) …');
  npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, want);
}
if (!process.argv.includes('--no-build')) {
  console.log('[2/2] Building …');
  const bin = join(root, 'node_modules', '.bin');
  run(existsSync(join(bin, 'node')) ? join(bin, 'node') : process.execPath, ['scripts/build.mjs'], {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
  });
}
