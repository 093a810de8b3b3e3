// npm run bench -- server [--quick] [--only memory,throughput,latency,fan-out,storm,start,growth]: the reference server under load,
// beside a bare `ws` echo and bare SQLite in the same run. Loopback only. Exits with 1 when a floor is missed.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { insertOneByOne, insertSameRows } from './server/bare-sqlite.mjs';
import { start } from './server/processes.mjs';
import { growth } from './server/growth.mjs';
import { percentile, Report } from './server/report.mjs';
import { startUpTimes } from './server/start-up.mjs';

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const { quick } = values;
const only = values.only?.split(',');
const report = new Report();
const folder = mkdtempSync(join(tmpdir(), 'sahay-bench-'));
const running = new Set();

function begin(file, ...args) {
  const child = start(file, { args, execArgv: file === './serve.mjs' ? ['--expose-gc'] : [] });
  running.add(child);
  return child;
}

/** Runs with a fresh server and a fresh load generator. */
async function withServer(what, work) {
  const data = join(folder, `data-${running.size}`);
  const server = begin('./serve.mjs', what, '0', data);
  const load = begin('./load.mjs');
  const { url, signInUrl } = await server.ask('ready');
  try {
    return await work({ server, load, url, signInUrl, data });
  } finally {
    await load.stop();
    await server.stop();
  }
}

const parts = {
  async memory() {
    // The first third fills caches and lets heaps grow to their size; the rest is what each connection costs.
    const count = quick ? 3_000 : 15_000;
    const first = count / 3;
    const rest = count - first;
    const bare = await withServer('echo', async ({ server, load, url }) => {
      await load.ask('holdBare', url, first);
      const before = await server.ask('memory');
      await load.ask('holdBare', url, rest);
      const after = await server.ask('memory');
      return (after.rss - before.rss) / rest / 1000;
    });
    await withServer('support', async ({ server, load, url }) => {
      await load.ask('hold', url, first);
      const before = await server.ask('memory');
      const began = performance.now();
      await load.ask('hold', url, rest);
      const seconds = (performance.now() - began) / 1000;
      const after = await server.ask('memory');
      const cpu = await server.ask('cpu');
      await new Promise((resolve) => setTimeout(resolve, quick ? 2_000 : 30_000));
      const idle = ((await server.ask('cpu')) - cpu) / (quick ? 2_000 : 30_000);
      const open = await load.ask('open');
      report.section(`Connections with session, conversation and two subscriptions each (${count})`);
      if (!quick) report.figure('idle connections held', open, '', { floor: 10_000, aim: 15_000 });
      const each = (after.rss - before.rss) / rest / 1000;
      report.figure('memory per idle connection', each, 'kB', { floor: 25, aim: 15, less: true });
      report.figure('  of which on the heap', (after.heap - before.heap) / rest / 1000, 'kB');
      report.figure(
        '  of which outside the heap, counted by Node',
        (after.external - before.external) / rest / 1000,
        'kB',
      );
      report.figure('  a bare ws connection in the same run', bare, 'kB');
      report.figure('  as a ratio', each / bare, '×');
      report.figure('connected and begun', rest / seconds, 'a second');
      report.figure('processor time while idle', idle * 100, '% of a core');
    });
  },

  async throughput() {
    const { perSecond, waits, data } = await withServer('support', async ({ load, url, data }) => ({
      ...(await load.ask('throughput', url, 100, quick ? 3 : 10)),
      data,
    }));
    const bare = insertSameRows(join(data, 'sahay.db'), folder);
    report.section('Durable messages, 100 senders, each waiting for its acknowledgement');
    report.figure('acknowledged', perSecond, 'a second');
    report.figure('acknowledgement p50', percentile(waits, 0.5), 'ms');
    report.figure('acknowledgement p99', percentile(waits, 0.99), 'ms');
    report.figure('bare SQLite, the same rows, 100 messages to a commit', bare.perSecond, 'a second');
    report.figure('of bare SQLite', (perSecond / bare.perSecond) * 100, '%', { floor: 15, aim: 25 });
  },

  async latency() {
    const count = quick ? 200 : 1_000;
    const acks = await withServer('support', ({ load, url }) => load.ask('idleAck', url, count));
    const echoes = await withServer('echo', ({ load, url }) => load.ask('echo', url, count));
    const rows = await insertOneByOne(folder, count);
    report.section('From send to acknowledgement, idle server');
    for (const [share, name, against] of [
      [0.5, 'p50', { floor: 3, aim: 1, less: true }],
      [0.99, 'p99', { floor: 15, aim: 5, less: true }],
    ]) {
      report.figure(`acknowledged, ${name}`, percentile(acks, share), 'ms');
      report.figure(`  bare insert, ${name}`, percentile(rows, share), 'ms');
      report.figure(`  bare ws echo, ${name}`, percentile(echoes, share), 'ms');
      report.figure(
        `over a bare insert, ${name}`,
        percentile(acks, share) - percentile(rows, share),
        'ms',
        against,
      );
    }
  },

  async 'fan-out'() {
    const agents = 20;
    const delays = await withServer('support', ({ load, url, signInUrl }) =>
      load.ask('fanOut', url, signInUrl, agents, quick ? 50 : 300),
    );
    report.section(`From a visitor's send to ${agents} agents who have the conversation open`);
    report.figure('event, p50', percentile(delays, 0.5), 'ms');
    report.figure('event, p99', percentile(delays, 0.99), 'ms');
  },

  async storm() {
    const count = quick ? 300 : 2_000;
    const data = join(folder, 'storm');
    const load = begin('./load.mjs');
    let server = begin('./serve.mjs', 'support', '0', data);
    const { url } = await server.ask('ready');
    await load.ask('prepareStorm', url, count);
    const began = Date.now();
    await server.stop('SIGKILL');
    server = begin('./serve.mjs', 'support', new URL(url).port, data);
    await server.ask('ready');
    const restarted = (Date.now() - began) / 1000;
    const { last, count: back } = await load.ask('stormed');
    await load.stop();
    await server.stop();
    report.section(
      `A server that is killed and started again, with ${back} clients that missed three events each`,
    );
    report.figure('listening again after', restarted, 's');
    report.figure('all caught up after', (last - began) / 1000, 's', { floor: 15, aim: 5, less: true });
  },

  /** Filling the database takes minutes, so it runs only where it is asked for. */
  async growth() {
    if (!only) return;
    await growth(report, folder, quick ? [0, 30_000] : [0, 300_000, 1_000_000], quick ? 2_000 : 10_000);
  },

  async start() {
    const times = await startUpTimes(folder, quick ? 3 : 10);
    report.section('From starting the process to listening (what was built, a database with conversations)');
    report.figure('median', percentile(times, 0.5), 'ms');
  },
};

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${quick ? 'quick' : 'whole'} run`,
);
try {
  for (const [name, run] of Object.entries(parts)) if (!only || only.includes(name)) await run();
  report.end();
} finally {
  for (const child of running) await child.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
