// npm run check: types, lint, templates, cycles and import rules, documents, formatting, package exports, lockfile. Each counts as one test.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` };
const packages = readdirSync(join(root, 'packages')).filter((name) =>
  existsSync(join(root, 'packages', name, 'package.json')),
);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
if (!scripts) throw new Error('package.json has no scripts.');

const checks = [
  ['types of the packages', 'tsc', ['-b']],
  ['types of the tests', 'tsc', ['-p', 'tsconfig.test.json']],
  ['lint', 'eslint', ['--max-warnings=0', 'packages', 'scripts', 'bench', 'e2e', 'prove', 'examples']],
  ['templates', process.execPath, ['scripts/check-templates.mjs']],
  [
    'cycles and import rules',
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', 'packages', '--output-type', 'err'],
  ],
  ['documents: links and snippets', process.execPath, ['scripts/check-docs.mjs']],
  ['formatting', 'prettier', ['--check', '--log-level=warn', '.']],
  ['lockfile', process.execPath, ['scripts/check-lock.mjs']],
  ...packages.map((name) => [
    `exports of @sahay/${name}`,
    process.execPath,
    ['scripts/check-exports.mjs', name],
  ]),
];

/** Runs a command to its end; what it printed, and whether it was content. */
async function run(command, args) {
  const child = spawn(command, args, { cwd: root, env, shell: process.platform === 'win32' });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (printed += text));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ isGood: false, printed: String(error) }));
    child.on('close', (code) => resolve({ isGood: code === 0, printed }));
  });
}

const counts = { passed: 0, failed: 0, skipped: 0 };

async function check([title, command, args]) {
  const started = performance.now();
  const { isGood, printed } = await run(command, args);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  counts[isGood ? 'passed' : 'failed']++;
  console.log(`${isGood ? '✔' : '✖'} ${title} (${seconds} s)`);
  if (!isGood) console.log(printed.split('\n').slice(0, 200).join('\n'));
}

const only = process.argv.slice(2).join(' ');
const [first, ...others] = checks.filter(([title]) => title.includes(only));
// The first one writes what others read; those have a processor each.
if (first) await check(first);
const next = others[Symbol.iterator]();
const inTurn = async () => {
  for (const one of next) await check(one);
};
await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, inTurn));
if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
