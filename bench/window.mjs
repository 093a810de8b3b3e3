/**
 * Measures the window in a real browser, in one run beside two limits: a windowed page without any library and a minimal Lit page.
 *
 *   npm run bench -- window [--runs 3] [--seconds 20] [--only open,scroll,burst,stream,pace,tap] [--peers]
 *
 * Needs `npm run build`. With --peers what others offer is installed into a folder of its own and measured too, once each. Times depend on the machine and on what else it does: what counts are the ratios to the limits of the
 * same run. Each figure is the median of the runs. Ends with 1 when a floor is missed.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import puppeteer from 'puppeteer-core';
import { chromiumArgs, findChromium } from '../scripts/browser.mjs';
import { median } from './window/measure.mjs';
import { installPeers } from './window/peers.mjs';
import { burst, openHistory, scroll, stream, streamAtPace, tap } from './window/scenarios.mjs';
import { startSite } from './window/site.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (!existsSync(join(root, 'packages/elements/dist/bundle/sahay.js'))) {
  console.error('Nothing is built yet: run "npm run build" first.');
  process.exit(2);
}
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '20' },
    only: { type: 'string', default: 'open,scroll,burst,stream,pace,tap' },
    peers: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const wanted = new Set(values.only.split(','));

const peers = values.peers ? await installPeers() : undefined;
const site = await startSite(peers?.entries);
const browser = await puppeteer.launch({ ...findChromium(), args: chromiumArgs });
let missed = 0;

async function repeated(measure) {
  const all = [];
  for (let run = 0; run < runs; run++) all.push(await measure());
  return all;
}
const of = async (measure, pick = (value) => value) => median((await repeated(measure)).map(pick));

function row(what, value, unit, floor, aim, beside = '') {
  const good = value <= floor;
  if (!good) missed++;
  const shown = `${value.toFixed(unit === '×' ? 2 : 0)} ${unit}`;
  const mark = good ? '✔' : '✖';
  console.log(
    `${mark} ${what.padEnd(58)} ${shown.padStart(9)}   floor ${`${floor} ${unit}`.padEnd(8)} aim ${`${aim} ${unit}`.padEnd(8)} ${beside}`,
  );
}
/** The same of the peers; one that fails says so, and the others go on. */
async function beside(measure, show) {
  for (const name of Object.keys(peers?.entries ?? {})) {
    try {
      console.log(`    ${name.padEnd(24)} ${show(await measure(name))}`);
    } catch (error) {
      console.log(`    ${name.padEnd(24)} could not be measured: ${error.message.split('\n')[0]}`);
    }
  }
}
const ms = (value) => `${value.toFixed(0)} ms`;

try {
  if (wanted.has('open')) {
    const plain = await of(() => openHistory(browser, site.url, 'vanilla', 10_000));
    const ours = await of(() => openHistory(browser, site.url, 'sahay', 10_000));
    row(
      '10,000 messages: open → painted, over vanilla',
      ours / plain,
      '×',
      5,
      2,
      `${ms(ours)} / ${ms(plain)}`,
    );
    await beside((name) => openHistory(browser, site.url, name, 10_000), ms);
  }
  if (wanted.has('scroll')) {
    const { nodes, longest } = await scroll(browser, site.url, 'sahay');
    const limit = await scroll(browser, site.url, 'vanilla');
    row('DOM nodes with 100,000 messages', nodes, 'nodes', 1500, 800, `vanilla ${limit.nodes}`);
    row(
      'longest task, scrolled end to end, 4× throttle',
      longest,
      'ms',
      100,
      50,
      `vanilla ${ms(limit.longest)}`,
    );
  }
  if (wanted.has('burst')) {
    const lit = await of(() => burst(browser, site.url, 'lit'));
    const ours = await of(() => burst(browser, site.url, 'sahay'));
    const plain = await of(() => burst(browser, site.url, 'vanilla'));
    row(
      '500 messages in a burst, over minimal Lit',
      ours / lit,
      '×',
      3,
      1.5,
      `${ms(ours)} / ${ms(lit)}, vanilla ${ms(plain)}`,
    );
    await beside((name) => burst(browser, site.url, name), ms);
  }
  if (wanted.has('stream')) {
    const lit = await of(
      () => stream(browser, site.url, 'lit'),
      ({ total }) => total,
    );
    const plain = await of(
      () => stream(browser, site.url, 'vanilla'),
      ({ total }) => total,
    );
    const ours = await repeated(() => stream(browser, site.url, 'sahay'));
    const total = median(ours.map((one) => one.total));
    const growth = median(ours.map((one) => one.growth));
    row(
      '2,000 tokens of Markdown, over minimal Lit',
      total / lit,
      '×',
      4,
      2,
      `${ms(total)} / ${ms(lit)}, vanilla ${ms(plain)}`,
    );
    row('the same: last tenth over first tenth', growth, '×', 1.5, 1.1);
    await beside(
      (name) => stream(browser, site.url, name),
      (one) => `${ms(one.total)}, last tenth over first ${one.growth.toFixed(1)}`,
    );
  }
  if (wanted.has('pace')) {
    const seconds = Number(values.seconds);
    const lit = await of(() => streamAtPace(browser, site.url, 'lit', seconds));
    const ours = await of(() => streamAtPace(browser, site.url, 'sahay', seconds));
    row(
      `100 tokens/s for ${seconds} s under 1,000 messages, over Lit`,
      ours / lit,
      '×',
      1.2,
      0.5,
      `${ms(ours)} / ${ms(lit)}`,
    );
  }
  if (wanted.has('tap')) {
    const warm = await of(() => tap(browser, site.url, { cold: false }));
    row('bubble tapped → composer usable, 4× throttle, warm', warm, 'ms', 250, 120);
    const cold = await of(() => tap(browser, site.url, { cold: true }));
    row('the same, cold cache, 1.6 Mbit/s, 150 ms round trip', cold, 'ms', 1500, 1000);
  }
} finally {
  await browser.close();
  await site.close();
  await peers?.dispose();
}
process.exitCode = missed ? 1 : 0;
