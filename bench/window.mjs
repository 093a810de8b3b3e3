/**
 * Measures the window in a real browser, in one run beside two limits: a windowed page without any library and a minimal Lit page.
 *
 *   npm run bench -- window [--runs 3] [--seconds 20] [--only sizes,tap,open,scroll,burst,stream,pace,split,hostile]
 *                           [--peers [--peer-seconds 150]]
 *
 * Needs `npm run build`. With --peers what others offer is installed into a folder of its own and measured too, once each; a figure that takes a peer longer than
 * --peer-seconds is not waited for. Times depend on the machine and on what else it does: what counts are the ratios to the limits of the same run. Each figure is
 * the median of the runs. ✔ holds its floor, ★ its aim as well. Ends with 1 when a floor is missed.
 */
import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import puppeteer from 'puppeteer-core';
import { chromiumArgs, findChromium } from '../scripts/browser.mjs';
import { installPeers } from './window/peers.mjs';
import { Report } from './window/report.mjs';
import { sections } from './window/sections.mjs';
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
    only: { type: 'string', default: Object.keys(sections).join() },
    peers: { type: 'boolean', default: false },
    'peer-seconds': { type: 'string', default: '150' },
  },
});
const wanted = values.only.split(',');
const unknown = wanted.filter((name) => !Object.hasOwn(sections, name));
if (unknown.length > 0) {
  console.error(`There is no "${unknown.join()}": --only takes ${Object.keys(sections).join()}.`);
  process.exit(2);
}

const peers = values.peers ? await installPeers() : undefined;
const report = new Report(peers && Number(values['peer-seconds']));
const state = () => `load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} processors`;
let site;
let browser;
try {
  site = await startSite(peers?.entries);
  browser = await puppeteer.launch({ ...findChromium(), args: chromiumArgs });
  console.log(`${await browser.version()}, Node ${process.version}, ${state()}`);
  const given = { runs: Number(values.runs), seconds: Number(values.seconds) };
  for (const name of wanted) await sections[name]({ browser, url: site.url, report, ...given });
  console.log(`${report.missed ? `${report.missed} floors missed` : 'all floors held'}, ${state()}`);
} finally {
  await browser?.close();
  await site?.close();
  await peers?.dispose();
}
process.exitCode = report.missed ? 1 : 0;
