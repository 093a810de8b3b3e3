import { messages, messageAt, tokens } from './conversation.mjs';
import {
  closePage,
  collectGarbage,
  idleOf,
  longestTaskOf,
  nodesOf,
  openPage,
  throttle,
  workOf,
} from './measure.mjs';

/** Opens so many messages, and waits until the page is ready for more. */
const openWith = (page, history) =>
  page.evaluate(async (given) => {
    await globalThis.bench.open(given);
    await globalThis.bench.online?.();
  }, history);

/** From the call that opens so many messages to the frame that shows them, in ms. */
export async function openHistory(browser, url, name, count) {
  const page = await openPage(browser, url, name);
  try {
    return await page.evaluate(async (given) => {
      const history = globalThis.bench.prepare?.(given) ?? given;
      const start = performance.now();
      await globalThis.bench.open(history);
      await new Promise((resolve) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = resolve;
          port2.postMessage(0);
        }),
      );
      return performance.now() - start;
    }, messages(count));
  } finally {
    await closePage(page);
  }
}

/** Bytes of scripts and styles, as they came over the line, that a page with 20 messages in sight has loaded. */
export async function weight(browser, url, name) {
  const page = await openPage(browser, url, name);
  try {
    await openWith(page, messages(20));
    return await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => /\.(?:js|css)$/.test(entry.name))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    );
  } finally {
    await closePage(page);
  }
}

/** So many messages, each in a task of its own as a socket brings them: main-thread ms. */
export async function burst(browser, url, name, count = 500) {
  const page = await openPage(browser, url, name);
  try {
    await openWith(page, messages(20));
    const idle = await idleOf(page);
    const pushed = Array.from({ length: count }, (_, index) => messageAt(20 + index));
    const work = await workOf(page, () => page.evaluate(pushAll, pushed));
    return work - idle;
  } finally {
    await closePage(page);
  }
}
const pushAll = async (all) => {
  for (const message of all) {
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
    globalThis.bench.push(message);
  }
  await globalThis.bench.settle?.();
};

/** So many tokens as fast as they come: main-thread ms of all, and how much more the last tenth took than the first. */
export async function stream(browser, url, name, count = 2000) {
  const page = await openPage(browser, url, name);
  try {
    await openWith(page, messages(20));
    const all = tokens(count);
    const tenthOf = count / 10;
    await page.evaluate(() => globalThis.bench.startAnswer());
    // What draws Markdown arrives now, if it does.
    await page.evaluate((text) => globalThis.bench.token(text), all[0]);
    const idle = await idleOf(page);
    const tenths = [];
    for (let tenth = 0; tenth < 10; tenth++)
      tenths.push(
        (await workOf(page, () =>
          page.evaluate(tokenAll, all.slice(Math.max(1, tenth * tenthOf), (tenth + 1) * tenthOf)),
        )) - idle,
      );
    const end = (await workOf(page, () => page.evaluate(() => globalThis.bench.endAnswer()))) - idle;
    return { total: tenths.reduce((sum, one) => sum + one, 0) + end, growth: tenths.at(-1) / tenths[0] };
  } finally {
    await closePage(page);
  }
}
const tokenAll = async (all) => {
  for (const text of all) {
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
    globalThis.bench.token(text);
  }
};

/** Tokens at 100 a second under so many messages: main-thread ms. */
export async function streamAtPace(browser, url, name, seconds, above = 1000) {
  const page = await openPage(browser, url, name);
  try {
    await openWith(page, messages(above));
    const all = tokens(seconds * 100);
    await page.evaluate(() => globalThis.bench.startAnswer());
    await page.evaluate((text) => globalThis.bench.token(text), all[0]);
    return await workOf(page, () =>
      page.evaluate(async (rest) => {
        const start = performance.now();
        let next = 0;
        await new Promise((resolve) => {
          const timer = setInterval(() => {
            // Timers are late on a busy page: what is due is given.
            while (next < rest.length && performance.now() - start >= next * 10)
              globalThis.bench.token(rest[next++]);
            if (next < rest.length) return;
            clearInterval(timer);
            resolve();
          }, 5);
        });
        globalThis.bench.endAnswer();
      }, all.slice(1)),
    );
  } finally {
    await closePage(page);
  }
}

/** 100,000 messages: nodes at most while they are scrolled from the end to the beginning, and the longest task, at 4× throttle. */
export async function scroll(browser, url, name, count = 100_000) {
  const page = await openPage(browser, url, name);
  try {
    await openWith(page, messages(count));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    let nodes = await nodesOf(page);
    await collectGarbage(page);
    await throttle(page, 4);
    const longest = await longestTaskOf(page, () =>
      page.evaluate(async () => {
        const scroller = globalThis.bench.scroller();
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        // As a wheel does, then as a dragged scroll bar does.
        for (let step = 0; step < 200; step++) {
          scroller.scrollTop -= 240;
          await frame();
        }
        const height = scroller.scrollHeight;
        for (let step = 0; step < 300 && scroller.scrollTop > 0; step++) {
          scroller.scrollTop -= height / 300;
          await frame();
        }
        for (let step = 0; step < 60 && scroller.scrollTop > 0; step++) {
          scroller.scrollTop = 0;
          await frame();
        }
      }),
    );
    nodes = Math.max(nodes, await nodesOf(page));
    const top = await page.evaluate(() => globalThis.bench.scroller().scrollTop);
    if (top !== 0) throw new Error(`The beginning was not reached: ${top} px are left.`);
    return { nodes, longest };
  } finally {
    await closePage(page);
  }
}

/** From the tap on the bubble to a field that can be written in, in ms, at 4× throttle. */
export async function tap(browser, url, { cold }) {
  const page = await openPage(browser, url, 'bubble');
  try {
    const session = await page.createCDPSession();
    if (!cold) {
      // The window's scripts are in the cache, as on a second visit.
      await page.evaluate(() => document.querySelector('sahay-bubble').open());
      await page.waitForSelector('>>> textarea');
      await page.evaluate(() => localStorage.clear());
      await page.goto('about:blank');
      await page.goto(`${url}/bubble.html`, { waitUntil: 'load' });
    } else {
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 150,
        downloadThroughput: 1_600_000 / 8,
        uploadThroughput: 750_000 / 8,
      });
    }
    await throttle(page, 4);
    await page.evaluate(() => {
      const bubble = document.querySelector('sahay-bubble');
      globalThis.usable = new Promise((resolve) => {
        bubble.shadowRoot.addEventListener(
          'pointerdown',
          () => (globalThis.tapped = performance.now()),
          true,
        );
        const look = () => {
          const composer = bubble.shadowRoot
            .querySelector('sahay-chat')
            ?.shadowRoot?.querySelector('sahay-composer');
          const field = composer?.shadowRoot?.querySelector('textarea');
          if (field && composer.shadowRoot.activeElement === field) resolve(performance.now());
          else requestAnimationFrame(look);
        };
        look();
      });
    });
    const launcher = await page.waitForSelector('>>> .launcher');
    const { x, y, width, height } = await launcher.boundingBox();
    // A finger comes down without having hovered.
    await page.touchscreen.tap(x + width / 2, y + height / 2);
    return await page.evaluate(async () => (await globalThis.usable) - globalThis.tapped);
  } finally {
    await closePage(page);
  }
}
