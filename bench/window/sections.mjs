/* The floors of the window, each with its limits and peers. A section gets the browser, the site's address, the report, and what was asked for. */
import { bundleSizes } from '../sizes/bundle-sizes.mjs';
import { hostile as hostileTexts } from './hostile.mjs';
import { median } from './measure.mjs';
import { ms } from './report.mjs';
import * as scenarios from './scenarios.mjs';
import { splitPoints } from './split-points.mjs';

async function repeated(runs, measure) {
  const all = [];
  for (let run = 0; run < runs; run++) all.push(await measure());
  return all;
}
const of = async (runs, measure) => median(await repeated(runs, measure));

/** What a visitor downloads. */
async function sizes({ report, url }) {
  const { rows } = await bundleSizes();
  for (const { what, bytes, floor, aim } of rows) report.row(what, bytes / 1000, 'kB', { floor, aim });
  await report.peers(
    undefined,
    (browser, name) => scenarios.weight(browser, url, name),
    (bytes) => `${(bytes / 1000).toFixed(0)} kB of scripts and styles with 20 messages shown`,
  );
}

async function open({ browser, url, report, runs: given }) {
  // Short, and a frame more or less counts for much: twice as often as the others.
  const runs = 2 * given + 1;
  const plain = await of(runs, () => scenarios.openHistory(browser, url, 'vanilla', 10_000));
  const ours = await of(runs, () => scenarios.openHistory(browser, url, 'sahay', 10_000));
  const beside = `${ms(ours)} / ${ms(plain)}`;
  report.row(
    '10,000 messages: open → painted, over vanilla',
    ours / plain,
    '×',
    { floor: 5, aim: 2 },
    beside,
  );
  await report.peers(
    'history',
    (own, name, { history }) => scenarios.openHistory(own, url, name, history),
    (value) => `${ms(value)}, ${(value / plain).toFixed(1)}× vanilla with all 10,000`,
  );
}

async function scroll({ browser, url, report, runs }) {
  const all = await repeated(runs, () => scenarios.scroll(browser, url, 'sahay'));
  const nodes = Math.max(...all.map((one) => one.nodes));
  const longest = median(all.map((one) => one.longest));
  const limit = await scenarios.scroll(browser, url, 'vanilla');
  const count = { floor: 1500, aim: 800 };
  report.row('DOM nodes with 100,000 messages', nodes, 'nodes', count, `vanilla ${limit.nodes}`);
  const task = { floor: 100, aim: 50 };
  const beside = `vanilla ${ms(limit.longest)}`;
  report.row('longest task, scrolled end to end, 4× throttle', longest, 'ms', task, beside);
}

async function burst({ browser, url, report, runs }) {
  const measure = (name) => of(runs, () => scenarios.burst(browser, url, name));
  const lit = await measure('lit');
  const ours = await measure('sahay');
  const plain = await measure('vanilla');
  const beside = `${ms(ours)} / ${ms(lit)}, vanilla ${ms(plain)}`;
  report.row('500 messages in a burst, over minimal Lit', ours / lit, '×', { floor: 3, aim: 1.5 }, beside);
  await report.peers('burst', (own, name, { burst: count }) => scenarios.burst(own, url, name, count), ms);
}

async function stream({ browser, url, report, runs }) {
  const measure = (name) => repeated(runs, () => scenarios.stream(browser, url, name));
  const totalOf = (all) => median(all.map(({ total }) => total));
  const lit = totalOf(await measure('lit'));
  const plain = totalOf(await measure('vanilla'));
  const ours = await measure('sahay');
  const total = totalOf(ours);
  const beside = `${ms(total)} / ${ms(lit)}, vanilla ${ms(plain)}`;
  report.row('2,000 tokens of Markdown, over minimal Lit', total / lit, '×', { floor: 4, aim: 2 }, beside);
  const growth = median(ours.map((one) => one.growth));
  report.row('the same: last tenth over first tenth', growth, '×', { floor: 1.5, aim: 1.1 });
  await report.peers(
    'tokens',
    (own, name, { tokens }) => scenarios.stream(own, url, name, tokens),
    (one) => `${ms(one.total)}, last tenth over first ${one.growth.toFixed(1)}`,
  );
}

async function pace({ browser, url, report, runs, seconds }) {
  const measure = (name) => of(runs, () => scenarios.streamAtPace(browser, url, name, seconds));
  const lit = await measure('lit');
  const ours = await measure('sahay');
  const what = `100 tokens/s for ${seconds} s under 1,000 messages, over Lit`;
  report.row(what, ours / lit, '×', { floor: 1.2, aim: 0.5 }, `${ms(ours)} / ${ms(lit)}`);
  await report.peers(
    'above',
    (own, name, { above }) => scenarios.streamAtPace(own, url, name, seconds, above),
    ms,
  );
}

async function tap({ browser, url, report, runs }) {
  const measure = (cold) => of(runs, () => scenarios.tap(browser, url, { cold }));
  const warm = { floor: 250, aim: 120 };
  report.row('bubble tapped → composer usable, 4× throttle, warm', await measure(false), 'ms', warm);
  const cold = { floor: 1500, aim: 1000 };
  report.row('the same, cold cache, 1.6 Mbit/s, 150 ms round trip', await measure(true), 'ms', cold);
}

async function split({ report }) {
  const { examples, cuts, different } = splitPoints();
  const beside = `${cuts} cuts of ${examples} examples`;
  report.row('streamed trees that are not the whole parse', different, 'cuts', { floor: 0, aim: 0 }, beside);
}

async function hostile({ browser, url, report }) {
  const { payloads, fields, found } = await hostileTexts(browser, url);
  const beside = `${payloads} payloads in ${fields} fields`;
  report.row('hostile text: executed or requested', found.length, 'times', { floor: 0, aim: 0 }, beside);
  for (const line of new Set(found)) console.log(`     ${line}`);
}

/** By the name that `--only` takes. */
export const sections = { sizes, tap, open, scroll, burst, stream, pace, split, hostile };
