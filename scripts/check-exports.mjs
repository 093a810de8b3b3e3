// Checks one package as npm would publish it: publint, and that its types resolve (attw).
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
process.exitCode = messages.length === 0 && attw.status === 0 ? 0 : 1;
