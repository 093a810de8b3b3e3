// npm run test:firefox [-- <test files>]: the component tests, and the whole story of a visitor and an agent, in Firefox (FIREFOX_PATH, or the
// system's). Not a part of npm test, since no Firefox comes with npm; without one it fails.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFirefox } from './browser.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { executablePath } = findFirefox();
const files = process.argv.slice(2);
const run = (command, args, env) =>
  spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && command !== process.execPath,
    env: { ...process.env, FIREFOX_PATH: executablePath, ...env },
  }).status;

const components = run(join(root, 'node_modules', '.bin', 'wtr'), [], {
  BROWSERS: 'firefox',
  ...(files.length && { TEST_FILES: files.join(',') }),
});
const story = files.length
  ? 0
  : run(
      process.execPath,
      ['--conditions=sahay-source', '--disable-warning=ExperimentalWarning', '--test', 'e2e/story.test.ts'],
      { SAHAY_BROWSER: 'firefox' },
    );
process.exitCode = components === 0 && story === 0 ? 0 : 1;
