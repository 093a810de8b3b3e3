import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter, summaryReporter } from '@web/test-runner';
import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { chromiumArgs, findChromium } from './scripts/browser.mjs';
import { relieveLit } from './scripts/slim-lit.mjs';
import { countsReporter } from './scripts/wtr-counts-reporter.mjs';

// BROWSERS=chromium,firefox,webkit; those not installed are left out, Chromium comes with npm.
const wanted = (process.env.BROWSERS ?? 'chromium').split(',');
const first = (...paths) => paths.find((path) => path && existsSync(path));
const browsers = [];

if (wanted.includes('chromium')) {
  browsers.push(
    chromeLauncher({
      puppeteer: puppeteerCore,
      concurrency: 2,
      launchOptions: { ...findChromium(), args: chromiumArgs },
    }),
  );
}

const firefox = first(process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox');
if (wanted.includes('firefox') && firefox) {
  browsers.push(
    chromeLauncher({
      puppeteer: puppeteerCore,
      concurrency: 1,
      launchOptions: { browser: 'firefox', executablePath: firefox, headless: true },
    }),
  );
}

const webkit = first('/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser');
if (
  wanted.includes('webkit') &&
  webkit &&
  existsSync('/usr/bin/WebKitWebDriver') &&
  existsSync('/usr/bin/Xvfb')
) {
  browsers.push(await webkitLauncher(webkit));
}

async function webkitLauncher(binary) {
  const children = [];
  process.on('exit', () => children.forEach((child) => child.kill()));
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  children.push(xvfb);
  const display = String((await once(xvfb.stdio[3], 'data'))[0]).trim();
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  children.push(
    spawn('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: `:${display}` },
    }),
  );
  const launcher = webdriverLauncher({
    hostname: '127.0.0.1',
    port,
    path: '/',
    logLevel: 'error',
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': { binary, args: ['--automation'] },
    },
  });
  const initialize = launcher.initialize.bind(launcher);
  launcher.initialize = async (config) => {
    await initialize(config);
    launcher.name = 'WebKitGTK';
  };
  return launcher;
}

// SLIM_LIT=1: with what visitors download of Lit, which is less (and without Lit's warnings to developers).
const slim = Boolean(process.env.SLIM_LIT);

const serviceWorker = readFileSync(fileURLToPath(import.meta.resolve('msw/mockServiceWorker.js')), 'utf8');

if (browsers.length === 0) throw new Error(`None of the browsers "${wanted}" is installed here.`);

export default {
  files: process.env.TEST_FILES?.split(',') ?? [
    'packages/{elements,console}/src/**/*.test.ts',
    'packages/*/src/**/*.browser.test.ts',
  ],
  hostname: '127.0.0.1',
  testFramework: { config: { timeout: 10000 } },
  // Hundreds of hostile texts in every field take longer than the usual two minutes on a busy machine.
  testsFinishTimeout: 400_000,
  concurrency: 1,
  concurrentBrowsers: 1,
  nodeResolve: { exportConditions: ['sahay-source', 'browser', ...(slim ? [] : ['development'])] },
  plugins: [
    esbuildPlugin({
      ts: true,
      tsconfig: fileURLToPath(new URL('./packages/elements/tsconfig.json', import.meta.url)),
    }),
    ...(slim
      ? [{ name: 'slim-lit', transform: ({ body, path }) => ({ body: relieveLit(body, path) ?? body }) }]
      : []),
    {
      name: 'msw-worker',
      serve: (context) =>
        context.path === '/mockServiceWorker.js' ? { body: serviceWorker, type: 'js' } : undefined,
    },
  ],
  reporters: [defaultReporter(), ...(process.env.CI ? [] : [summaryReporter()]), countsReporter()],
  browsers,
};
