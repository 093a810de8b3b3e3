/* What is measured of a page: main-thread time as the browser counts it, the longest task, nodes, moments. */

/** Opens a page of the site, ready to be measured. */
export async function openPage(browser, url, name) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 420, height: 760 });
  page.on('pageerror', (error) => console.error(`      ${name}: ${error.stack ?? error}`));
  await page.goto(`${url}/${name}.html`, { waitUntil: 'load' });
  if (name !== 'bubble') await page.waitForFunction(() => globalThis.bench !== undefined);
  return page;
}
export const closePage = (page) => page.browserContext().close();

const settle = () => new Promise((resolve) => setTimeout(resolve, 300));

/** Milliseconds of main-thread work that `action` causes, what it leaves for the next frames included. */
export async function workOf(page, action) {
  await settle();
  const before = await page.metrics();
  await action();
  await settle();
  const after = await page.metrics();
  return (after.TaskDuration - before.TaskDuration) * 1000;
}

/** Milliseconds that 300 ms of rest cost on this page: taken off what is measured over the same time. */
export const idleOf = (page) => workOf(page, async () => undefined);

/** All nodes in the page: elements, texts and comments, through shadow roots. */
export const nodesOf = (page) =>
  page.evaluate(() => {
    const count = (root) => {
      let sum = 0;
      const walker = document.createTreeWalker(root);
      for (let node = walker.currentNode; node; node = walker.nextNode()) {
        sum++;
        if (node.shadowRoot) sum += count(node.shadowRoot);
      }
      return sum;
    };
    return count(document.body);
  });

/** The longest task of the page's main thread while `action` runs, in ms of that thread's own time: what else the machine does is left out. */
export async function longestTaskOf(page, action) {
  await page.tracing.start({
    categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'toplevel'],
  });
  await action();
  const { traceEvents } = JSON.parse(Buffer.from(await page.tracing.stop()).toString('utf8'));
  const main = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  );
  // The renderer that did most is the page's.
  const tasks = (thread) =>
    traceEvents.filter(
      ({ name, pid, tid, dur }) =>
        dur && pid === thread.pid && tid === thread.tid && name.endsWith('RunTask'),
    );
  const busiest = main.map(tasks).sort((a, b) => sum(b) - sum(a))[0] ?? [];
  if (busiest.length === 0) throw new Error('The trace holds no tasks: this browser names them otherwise.');
  return Math.max(...busiest.map(lengthOf)) / 1000;
}
const lengthOf = ({ tdur, dur }) => tdur ?? dur;
const sum = (events) => events.reduce((total, event) => total + lengthOf(event), 0);

/** Takes away what loading has left behind, so that what comes does not pay for it. */
export async function collectGarbage(page) {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
}

export async function throttle(page, rate) {
  const session = await page.createCDPSession();
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
