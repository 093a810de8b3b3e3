/*
 * What a screen reader and the clipboard get of a transcript of which most is not in the page, by Chromium's own accessibility tree:
 * the window over the real client, with 3,000 messages.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { messages } from '../bench/window/conversation.mjs';
import { openPage } from '../bench/window/measure.mjs';
import { startSite } from '../bench/window/site.mjs';
import { launchBrowser } from './testing/browser.ts';

declare const bench: { open(history: object[]): Promise<void>; scroller(): HTMLElement };

let browser: Browser;
let site: { url: string; close(): Promise<void> };
let page: Page;
before(async () => {
  browser = await launchBrowser();
  site = await startSite();
  page = await openPage(browser, site.url, 'sahay');
  await page.evaluate((history) => bench.open(history), messages(3000));
});
after(async () => {
  await browser.close();
  await site.close();
});

interface Node {
  nodeId: string;
  childIds?: string[];
  role?: { value: string };
  name?: { value: string };
}

/** The names of all there is to read under the transcript, by article. */
async function articles(): Promise<string[]> {
  const session = await page.createCDPSession();
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: Node[] };
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const log = nodes.find(({ role, name }) => role?.value === 'log' && name?.value === 'Messages');
  assert.ok(log, 'There is no log named "Messages".');
  const words = (node: Node): string =>
    node.role?.value === 'StaticText'
      ? (node.name?.value ?? '')
      : (node.childIds ?? []).map((id) => words(byId.get(id)!)).join(' ');
  const under = (node: Node): Node[] => [
    ...(node.role?.value === 'article' ? [node] : []),
    ...(node.childIds ?? []).flatMap((id) => under(byId.get(id)!)),
  ];
  return under(log).map((node) => words(node).replace(/\s+/g, ' ').trim());
}

const numbers = (all: readonly string[]): number[] =>
  all.map((words) => Number(/(\d+): the|(\d+): \w/.exec(words)?.[0].split(':')[0]));

test('the accessibility tree holds the messages in view as articles of the log, in order, each with its author', async () => {
  const deadline = Date.now() + 10_000;
  let end = await articles();
  while (numbers(end).at(-1) !== 2999 && Date.now() < deadline) end = await articles();
  assert.ok(end.length > 5 && end.length < 60, `${end.length} articles`);
  const seen = numbers(end);
  assert.equal(seen.at(-1), 2999);
  assert.deepEqual(
    seen,
    Array.from(seen, (_, index) => seen[0]! + index),
  );
  assert.ok(
    end.every((words) => /^(You|Bot)\b/.test(words)),
    end.find((words) => !/^(You|Bot)\b/.test(words)),
  );
});

test('it follows when the transcript is scrolled by the keyboard: one press of Home leads to the first message', async () => {
  await page.evaluate(() => bench.scroller().focus());
  const deadline = Date.now() + 30_000;
  await page.keyboard.press('Home');
  // The browser's own way there may go on for a moment after the first message was drawn.
  while (!(await restsAtTop()) || numbers(await articles())[0] !== 0)
    assert.ok(Date.now() < deadline, 'The first message never came to rest.');
});

/** Whether the transcript stands at its top for a third of a second. */
const restsAtTop = (): Promise<boolean> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 20; frame++) {
      if (bench.scroller().scrollTop > 0) return false;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return true;
  });

test('each message says which of how many it is', async () => {
  const places = await page.evaluate(() =>
    [...bench.scroller().querySelectorAll('[role=article]')].map((one) => [
      one.ariaPosInSet,
      one.ariaSetSize,
    ]),
  );
  assert.deepEqual(places[0], ['1', '3000']);
  assert.deepEqual(places[1], ['2', '3000']);
});

test('a range that is selected across messages is copied whole, also after scrolling away from its beginning', async () => {
  const [first, last] = await page.evaluate(async () => {
    const bubbles = [...bench.scroller().querySelectorAll('.bubble')];
    const [start, end] = [bubbles[1]!, bubbles[4]!];
    document.getSelection()!.setBaseAndExtent(start.firstChild!, 0, end.lastChild!, 5);
    bench.scroller().scrollTop += 1500;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return [start.textContent, end.textContent];
  });
  const copied = await page.evaluate(() => {
    const root = bench.scroller().getRootNode() as ShadowRoot & { getSelection?: () => Selection };
    return (root.getSelection?.() ?? document.getSelection()!).toString();
  });
  assert.ok(copied.includes(first!.trim()), copied);
  assert.ok(copied.includes(last!.trim().slice(0, 4)), copied);
});
