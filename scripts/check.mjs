// npm run check: types, lint, templates, cycles and import rules, formatting, package exports, lockfile. Each counts as one test.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  ['formatting', 'prettier', ['--check', '--log-level=warn', '.']],
  ['lockfile', process.execPath, ['scripts/check-lock.mjs']],
  ...packages.map((name) => [
    `exports of @sahay/${name}`,
    process.execPath,
    ['scripts/check-exports.mjs', name],
  ]),
];

const only = process.argv.slice(2).join(' ');
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const [title, command, args] of checks.filter(([title]) => title.includes(only))) {
  const started = performance.now();
  const result = spawnSync(command, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const good = !result.error && result.status === 0;
  counts[good ? 'passed' : 'failed']++;
  console.log(`${good ? '✔' : '✖'} ${title} (${seconds} s)`);
  if (!good)
    console.log(`${result.error ?? ''}${result.stdout}${result.stderr}`.split('\n').slice(0, 200).join('\n'));
}
if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
