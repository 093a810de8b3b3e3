// Where the browsers for tests, screenshots and benchmarks come from: CHROME_PATH, the npm build, Debian's; FIREFOX_PATH, the system's Firefox.
import { existsSync } from 'node:fs';
import { npmChromium } from './npm-chromium.mjs';

export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Puppeteer launch options for a headless Chromium; throws with what to do when none is found. */
export function findChromium() {
  if (process.env.CHROME_PATH) return { executablePath: process.env.CHROME_PATH, headless: true };
  const bundled = npmChromium();
  if (bundled) return bundled;
  const system = [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find(existsSync);
  if (system) return { executablePath: system, headless: true };
  throw new Error(
    "No Chromium was found. Set CHROME_PATH to a Chrome or Chromium binary, or install your system's chromium package.",
  );
}

/** Puppeteer launch options for a headless Firefox; throws with what to do when none is found. */
export function findFirefox() {
  const executablePath =
    process.env.FIREFOX_PATH ??
    ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'].find(
      existsSync,
    );
  if (executablePath) return { browser: 'firefox', executablePath, headless: true };
  throw new Error(
    "No Firefox was found. Set FIREFOX_PATH to one, or install your system's firefox or firefox-esr package.",
  );
}
