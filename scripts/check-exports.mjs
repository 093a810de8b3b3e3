// Checks one package as npm would publish it: publint, that its types resolve (attw), and that what its sources say to bundlers ('use client')
// is still said by what was built of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const [name] = process.argv.slice(2);
const pkgDir = join('packages', name);
const { messages, pkg } = await publint({ pkgDir, level: 'warning' });
for (const message of messages) console.log(formatMessage(message, pkg));
const attw = spawnSync(
  'attw',
  [
    '--pack',
    pkgDir,
    '--profile',
    'esm-only',
    '--no-emoji',
    '--format',
    'ascii',
    '--exclude-entrypoints',
    './custom-elements.json',
    './openapi.json',
    './asyncapi.json',
    './theme/tokens.css',
  ],
  {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  },
);
if (attw.status !== 0) console.log(attw.stdout + attw.stderr);

/** A directive counts only before all statements. */
const isForClients = (path) =>
  /^(?:\/\*[^]*?\*\/\s*)?'use client';/.test(readFileSync(join(pkgDir, path), 'utf8'));
const silent = Object.values(pkg.exports ?? {}).filter(
  ({ 'sahay-source': source, default: built }) => source && isForClients(source) && !isForClients(built),
);
for (const { default: built } of silent)
  console.log(
    `${built} does not begin with 'use client', as its source does: a server component could not use it.`,
  );
process.exitCode = messages.length === 0 && attw.status === 0 && silent.length === 0 ? 0 : 1;
