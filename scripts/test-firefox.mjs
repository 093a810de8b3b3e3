// npm run test:firefox [-- <component test files>]: the launcher's component tests, or those that are named, and a visitor's talk on somebody else's site, in
// Firefox (FIREFOX_PATH, or the system's). Not a part of npm test, since no Firefox comes with npm; without one it fails. Tests that ask for reduced motion or
// a dark screen cannot run in it: Puppeteer emulates those in Chromium alone.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFirefox } from './browser.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { executablePath } = findFirefox();
const named = process.argv.slice(2);
const run = (command, args, env = {}) =>
  spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && command !== process.execPath,
    env: { ...process.env, FIREFOX_PATH: executablePath, ...env },
  }).status === 0;

const components = run(join(root, 'node_modules', '.bin', 'wtr'), [], {
  BROWSERS: 'firefox',
  TEST_FILES: named.length ? named.join(',') : 'packages/elements/src/bubble/*.test.ts',
});
const talk =
  named.length > 0 ||
  run(process.execPath, [
    '--conditions=sahay-source',
    '--disable-warning=ExperimentalWarning',
    '--test',
    'e2e/in-firefox.ts',
  ]);
process.exitCode = components && talk ? 0 : 1;
