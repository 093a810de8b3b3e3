/*
 * Somebody else's site in Firefox: a visitor opens the window, asks, is answered, finds it all after a reload, and asks for a person. Run by
 * `npm run test:firefox`; its name is no test's, since `npm test` brings no Firefox.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core';
import { findFirefox } from '../scripts/browser.mjs';
import { Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { HostSite } from './testing/host-site.ts';

let browser: Browser;
let server: DemoServer;
let site: HostSite;
before(async () => {
  site = await HostSite.start(() => `<script type="module" src="${server.url}/sahay.js"></script>`);
  browser = await puppeteer.launch(findFirefox());
  server = await DemoServer.start('--allow-origin', site.url);
});
after(() => Promise.all([browser?.close(), server?.dispose(), site?.dispose()]));

const patience = 40_000;
/** Firefox looks for names of roles in the page's own tree alone, not in shadow roots. */
async function find(page: Page, selector: string): Promise<ElementHandle<HTMLElement>> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const found = await page.$(`>>> ${selector}`);
    if (found) return found as ElementHandle<HTMLElement>;
    await pause(100);
  }
  throw new Error(`There is no ${selector}.`);
}
const press = async (page: Page, name: string): Promise<void> =>
  (await find(page, `button[aria-label^="${name}"]`)).evaluate((button) => button.click());
async function say(page: Page, text: string): Promise<void> {
  await (await find(page, 'textarea')).focus();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

test('a conversation in Firefox', { timeout: 300_000 }, async () => {
  const visitor = await Person.open(await browser.createBrowserContext(), site.url);
  const { page } = visitor;
  await press(page, 'Open chat');
  await say(page, 'How do I change the colours of the chat?');
  await visitor.reads('--sahay-accent', patience);
  await page.reload();
  await press(page, 'Open chat');
  await visitor.reads('--sahay-accent', patience);
  await say(page, 'I want to talk to a person');
  await visitor.reads('Stop waiting', patience);
  assert.equal(await visitor.count('I want to talk to a person', 'sahay-bubble'), 1);
  await press(page, 'More');
  await visitor.reads('My data', patience);
  assert.deepEqual(visitor.complaints, []);
});
