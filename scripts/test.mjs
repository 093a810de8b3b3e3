// npm test: checks, Node tests, browser tests, end-to-end tests, the proof of delivery; one closing line "N passed, N failed".
// npm test -- node | browser | e2e | prove | check  runs one of them.
// npm run test:full: the same with ten minutes of fuzzing, the ten-minute delivery proof, and every browser that is installed.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, '.test-results');
mkdirSync(results, { recursive: true });
const env = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
  // Every test file and every server that one starts reads hundreds of sources: their types are taken off once.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
};

const inBrowser = /^packages\/(elements|console)\/|\.browser\.test\.ts$/;
const unix = (path) => path.replaceAll('\\', '/');
const find = (pattern) =>
  globSync(pattern, { cwd: root })
    .map(unix)
    .filter((path) => !path.includes('node_modules'))
    .sort();

function nodeTests(files, extra = []) {
  if (files.length === 0) throw new Error('No test files were found, which cannot be right.');
  return (counts) => [
    process.execPath,
    [
      '--conditions=sahay-source',
      '--disable-warning=ExperimentalWarning',
      '--test',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./scripts/node-counts-reporter.mjs',
      `--test-reporter-destination=${counts}`,
      ...extra,
      ...files,
    ],
  ];
}

const isFull = process.argv.includes('--full');
if (isFull) {
  env.SAHAY_FUZZ_SECONDS ??= '600';
  // Those that this machine does not have are left out; Chromium comes with npm.
  env.BROWSERS ??= 'chromium,firefox,webkit';
}

// Most of them wait more than they work; those that drive a browser less. Node's own choice on two cores would be one at a time.
const atOnce = (files) => [`--test-concurrency=${files}`];

/** More files than this that fail are not run again: something is broken. */
const mostAgain = 3;
const alone = {
  node: (files) => nodeTests(files, atOnce(1)),
  browser: () => suites.browser,
  e2e: (files) => nodeTests(files, atOnce(1)),
};

const suites = {
  check: () => [process.execPath, ['scripts/check.mjs']],
  node: nodeTests(
    [
      ...find('packages/*/src/**/*.test.ts').filter((path) => !inBrowser.test(path)),
      ...find('{scripts,bench,examples}/**/*.test.{ts,mjs}'),
      ...find('prove/*/**/*.test.ts'),
    ],
    atOnce(4),
  ),
  browser: () => [join(root, 'node_modules', '.bin', 'wtr'), []],
  e2e: nodeTests(find('e2e/**/*.test.{ts,mjs}'), atOnce(3)),
  prove: nodeTests(find('prove/*.test.ts'), atOnce(1)),
};

/** Programs that give one verdict instead of counting tests. */
const verdicts = new Set(['delivery']);
if (isFull)
  suites.delivery = () => [
    process.execPath,
    ['--conditions=sahay-source', '--disable-warning=ExperimentalWarning', 'prove/delivery.ts'],
  ];

const wanted = process.argv.slice(2).filter((name) => name in suites);
const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const name of wanted.length ? wanted : Object.keys(suites)) {
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
  const started = performance.now();
  const { status, counts } = run(name);
  // A suite that broke off without counting, or that fails although no test did, is a failure of its own.
  if (!counts || (status !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0) {
    total.failed++;
    lines.push(`${name}: stopped with exit code ${status}`);
  }
  const steadied = counts?.failed > 0 ? runAgain(name, counts) : [];
  for (const key of Object.keys(total)) total[key] += counts?.[key] ?? 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  lines.push(
    `${name}: ${counts?.passed ?? 0} passed, ${counts?.failed ?? 0} failed in ${seconds} s${slowest(counts)}`,
    ...steadied.map((file) => `${name}: ${file} FAILED AT FIRST, and passed when it ran again alone`),
  );
}

function run(name, files) {
  const file = join(results, `${name}.json`);
  rmSync(file, { force: true });
  const [command, args] = (files ? alone[name](files) : suites[name])(file);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && name === 'browser',
    env: { ...env, TEST_COUNTS: file, ...(files && { TEST_FILES: files.join(',') }) },
  });
  const isGood = status === 0;
  return {
    status,
    counts: verdicts.has(name)
      ? { passed: Number(isGood), failed: Number(!isGood), skipped: 0 }
      : readCounts(file),
  };
}

/**
 * Runs files in which something failed once more, by themselves, where they are few: a machine that is short of time now and then
 * keeps a real browser from doing something in time. Takes over what they count then; returns those that passed. They are named
 * in the result, since what fails now and then is a fault of the test or of what it tests.
 */
function runAgain(name, counts) {
  const files = Object.entries(counts.failures ?? {});
  if (!(name in alone) || files.length === 0 || files.length > mostAgain) return [];
  return files.flatMap(([file, failed]) => {
    console.log(`\n── ${name}, once more: ${file}`);
    const again = run(name, [file]);
    if (again.status !== 0 || again.counts?.failed !== 0 || again.counts.passed < failed) return [];
    counts.failed -= failed;
    counts.passed += failed;
    return [file];
  });
}

/** The files of a suite that took longest, so that what slows it down is seen. */
function slowest({ seconds } = {}) {
  const files = Object.entries(seconds ?? {}).sort(([, a], [, b]) => b - a);
  const shown = files.slice(0, 3).map(([file, took]) => `${file} ${took.toFixed(0)} s`);
  return shown.length ? ` (${shown.join(', ')})` : '';
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

console.log(`\n${lines.join('\n')}\n`);
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed === 0 ? 0 : 1;
