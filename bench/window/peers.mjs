/* What is measured beside ours with `--peers`: each has its page in `peers/`, and comes from the registry in these exact versions, never into our lockfile. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { chromiumArgs, findChromium } from '../../scripts/browser.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const whole = { history: 10_000, burst: 500, tokens: 2000, above: 1000 };

/** A peer that would take many minutes is given less, and its rows say so. */
const peers = {
  'deep-chat': { packages: { 'deep-chat': '2.4.2' } },
  'stream-chat-react': {
    packages: {
      'stream-chat-react': '14.12.0',
      'stream-chat': '9.53.0',
      'modern-normalize': '3.0.1',
      react: '19.3.1',
      'react-dom': '19.3.1',
    },
  },
  'botframework-webchat': {
    packages: { 'botframework-webchat': '4.18.1' },
    sizes: { history: 500, burst: 100, tokens: 300, above: 50 },
  },
};

/** npm as one's own projects run it; not the Node and the settings that this workspace gives its scripts. */
function npm(args, cwd) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  env.PATH = env.PATH.split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd, env, shell: process.platform === 'win32' });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The peers could not be installed: ${said.slice(-2000)}`)),
    );
  });
}

/** Installs each peer into a folder of its own, which goes when they are disposed of; gives the entry of each page. */
export async function installPeers() {
  const folder = await mkdtemp(join(tmpdir(), 'sahay-peers-'));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    const entries = {};
    for (const [name, { packages }] of Object.entries(peers)) {
      const home = join(folder, name);
      mkdirSync(home);
      writeFileSync(
        join(home, 'package.json'),
        JSON.stringify({ private: true, type: 'module', dependencies: packages }),
      );
      // What a peer may use beside (an encoder, a set of emoji) is not needed to show messages.
      await npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'], home);
      entries[name] = join(home, `${name}.js`);
      copyFileSync(join(here, 'peers', `${name}.js`), entries[name]);
    }
    return { entries, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** What `measure` gives for one peer, in a browser of its own: a page that is busy for ever is ended with it. */
async function measureOne(name, sizes, seconds, measure) {
  const browser = await puppeteer.launch({
    ...findChromium(),
    args: chromiumArgs,
    protocolTimeout: seconds * 2000,
  });
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000);
  });
  const work = measure(browser, name, sizes);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    browser.process()?.kill('SIGKILL');
    // Ended with its browser, it fails once more.
    await work.catch(() => undefined);
  }
}

/**
 * Measures each peer once, at most for so many seconds: one that never ends must not keep the others waiting.
 *
 * @param measure Gets the browser, the peer's name and its sizes.
 * @yields The peer's name and sizes with either what was measured or why nothing was.
 */
export async function* measured(seconds, measure) {
  for (const [name, { sizes = whole }] of Object.entries(peers)) {
    let one;
    try {
      one = { value: await measureOne(name, sizes, seconds, measure) };
    } catch (error) {
      one = { problem: error.message.split('\n')[0] };
    }
    yield { name, sizes, whole, ...one };
  }
}
