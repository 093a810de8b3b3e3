/* Hostile text in every field of every part of a message, and in its author, shown by the window as it is built: what runs, and who is asked for something. Each text meets one variant of each part; the browser tests (chat/hostile-text) show all of them. */
import { payloads } from '@sahay/protocol/fixtures';
import { hostileMessage, hostilePartsAt } from '../../packages/elements/src/testing/hostile-messages.ts';
import { messages } from './conversation.mjs';
import { closePage, openPage } from './measure.mjs';

/** So many in one page, so that a message does not pay for those before it. */
const atOnce = 50;

/** Counts what a page runs (it would open a dialog) and asks of others than the site. */
function watch(page, url) {
  const found = [];
  page.on('dialog', (dialog) => {
    found.push(`ran ${dialog.type()}`);
    // The page may be gone before the dialog is.
    dialog.dismiss().catch(() => undefined);
  });
  page.on('request', (request) => {
    const asked = request.url();
    if (/^(?:https?|wss?):/.test(asked) && !asked.startsWith(url)) found.push(`asked ${asked.slice(0, 200)}`);
  });
  return found;
}

/** What the watch finds on a page that does run and does ask: two of them, or the watch is blind. */
async function control(browser, url) {
  const page = await openPage(browser, url, 'vanilla');
  try {
    const found = watch(page, url);
    await page.evaluate(() => {
      const image = Object.assign(new Image(), { src: 'https://evil.invalid/pixel.gif' });
      image.setAttribute('onerror', 'alert(1)');
      document.body.append(image);
      return new Promise((resolve) => setTimeout(resolve, 500));
    });
    return new Set(found.map((line) => line.split(' ')[0])).size;
  } finally {
    await closePage(page);
  }
}

/** Shows one message after the other; gives in how many fields their texts stood. */
async function show(page, texts, turn) {
  let fields = 0;
  for (const [index, text] of texts.entries()) {
    const parts = hostilePartsAt(text, turn + index);
    const { message } = hostileMessage(text, turn + index, { parts });
    fields += JSON.stringify(message).split(JSON.stringify(text).slice(1, -1)).length - 1;
    await page.evaluate(async (whole) => {
      globalThis.bench.push(whole);
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    }, message);
  }
  // What was asked for late is seen too.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const name = texts.at(-1).trim().slice(0, 12);
  if (!(await page.evaluate((text) => globalThis.bench.shows(text), name)))
    throw new Error(`The hostile messages are not in the window: ${name} is not seen.`);
  return fields;
}

/** All payloads, one message each: how many there are, in how many fields, and what was executed or requested. */
export async function hostile(browser, url) {
  if ((await control(browser, url)) !== 2)
    throw new Error(
      'A page that runs code and asks a foreign host was not noticed: nothing can be said of ours.',
    );
  const found = [];
  let fields = 0;
  for (let from = 0; from < payloads.length; from += atOnce) {
    const page = await openPage(browser, url, 'sahay');
    try {
      const here = watch(page, url);
      await page.evaluate(async (history) => {
        await globalThis.bench.open(history);
        await globalThis.bench.online();
      }, messages(20));
      fields += await show(page, payloads.slice(from, from + atOnce), from);
      found.push(...here);
    } finally {
      await closePage(page);
    }
  }
  return { payloads: payloads.length, fields, found };
}
