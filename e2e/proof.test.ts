/*
 * The proof page, as npm start serves it: each button is pressed, the server is really killed, a storm blows over visitor, desk and a second
 * tab, and nothing is lost, doubled or out of order. Whoever is not signed in breaks nothing.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';

let browser: Browser;
let server: DemoServer;
before(async () => {
  browser = await launchBrowser();
  server = await DemoServer.start();
});
after(() => Promise.all([browser.close(), server.dispose()]));

const patience = 90_000;
const press = (page: Page, act: string): Promise<void> =>
  page.$eval(`button[data-act="${act}"]`, (button) => button.click());

/** The number under a heading of the counts. */
const count = (page: Page, name: string): Promise<number> =>
  page.$eval(`[data-count="${name}"]`, (node) => Number(node.textContent));

async function says(person: Person, words: string | RegExp): Promise<void> {
  await person.reads(words, patience, false, '[data-said]');
}

/** Signs in to the console with the link that npm start printed. */
async function signIn(person: Person): Promise<void> {
  const code = server.signInUrl.split('#sign-in=')[1]!;
  await person.page.goto(`${server.url}/console/`);
  const status = await person.page.evaluate(async (secret) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ code: secret, name: 'Rina' });
    return (await fetch('/v1/agents/sign-in', { method: 'POST', headers, body })).status;
  }, code);
  assert.equal(status, 200);
}

/** Saves what the log saw as a file, opens it again, and steps back to before anything was said. */
async function savesAndReplays({ page }: Person): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sahay-recording-'));
  const devtools = await page.createCDPSession();
  await devtools.send('Page.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  await (await page.waitForSelector('sahay-inspector >>> ::-p-aria([name="Save"][role="button"])'))!.click();
  let name: string | undefined;
  while (!name) {
    name = (await readdir(folder)).find((one) => one.endsWith('.json'));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const file = join(folder, name);
  const text = await readFile(file, 'utf8');
  assert.match(text, /"heartbeat_missed"|"connection_lost"|"token_refused"/);
  assert.doesNotMatch(text, /eyJ[\w-]+\.eyJ/, 'no token is in it');

  const input = await page.waitForSelector('sahay-inspector >>> input[type=file]');
  await (input as ElementHandle<HTMLInputElement>).uploadFile(file);
  const transcript = await page.waitForSelector('sahay-inspector >>> [part=transcript]');
  const numbered = (): Promise<string[]> =>
    transcript!.evaluate((node) => (node as HTMLElement).innerText.match(/\b[vd]\d+ · \w+/g) ?? []);
  const atTheEnd = await numbered();
  assert.ok(atTheEnd.length > 30);
  assert.equal(new Set(atTheEnd).size, atTheEnd.length);
  const slider = await page.waitForSelector('sahay-inspector >>> input[type=range]');
  await slider!.focus();
  await page.keyboard.press('Home');
  await page.waitForSelector('sahay-inspector >>> input[type=range][aria-valuetext^="Step 0 of"]');
  assert.ok((await numbered()).length < atTheEnd.length);
  await rm(folder, { recursive: true });
}

/** Comes back to the page every other second: a half-open line is then found in four seconds, and not at the next heartbeat. */
function looksAgainAndAgain(page: Page): () => void {
  const timer = setInterval(() => {
    page.evaluate(() => window.dispatchEvent(new Event('pageshow'))).catch(() => undefined);
  }, 2_000).unref();
  return () => clearInterval(timer);
}

test('each way to break it is survived, and a storm too', { timeout: 300_000 }, async () => {
  const context = await browser.createBrowserContext();
  const person = await Person.open(context, `${server.url}/demo/proof/`);
  const { page } = person;
  await person.reads('sign-in link');
  assert.notEqual(new URL(page.url()).port, new URL(server.url).port, 'the page has a line of its own');
  await signIn(person);
  await page.goto(`${server.url}/demo/proof/`);
  await says(person, 'Ready.');

  for (const [act, words] of [
    ['cut', 'The line was cut'],
    ['expire', 'All tokens were refused'],
    ['kill', 'The server was killed'],
  ] as const) {
    await press(page, act);
    await says(person, new RegExp(`${words}.*arrived again after`));
  }
  for (const transport of ['sse', 'long-poll', 'websocket', '']) {
    await page.select('select[data-act="transport"]', transport);
    await says(person, /was replaced.*arrived again after/);
    await page.$eval('[data-said]', (node) => (node.textContent = ''));
  }
  await press(page, 'freeze');
  const stopLooking = looksAgainAndAgain(page);
  await says(person, /half-open.*arrived again after/);

  const opened = new Promise<Page>((resolve) => {
    browser.once('targetcreated', (target) => void target.page().then((tab) => resolve(tab!)));
  });
  await press(page, 'tab');
  const tab = await opened;
  await tab.waitForSelector('body[data-tab] sahay-chat');
  await page.bringToFront();

  await press(page, 'storm');
  await says(person, 'The storm is on');
  // Long enough that several things broke.
  await page.waitForFunction(
    (least) => Number(document.querySelector('[data-count="faults"]')?.textContent) >= least,
    { timeout: patience },
    10,
  );
  await press(page, 'storm');
  await page.waitForSelector('body[data-settled]', { timeout: patience });
  assert.ok((await count(page, 'sent')) > 30);
  for (const name of ['waiting', 'lost', 'doubled', 'reordered'])
    assert.equal(await count(page, name), 0, name);
  stopLooking();
  await savesAndReplays(person);
  assert.deepEqual(person.complaints, []);
  await context.close();
});

test('who is not signed in, or comes from elsewhere, breaks nothing', async () => {
  const { url } = (await (await fetch(`${server.url}/demo/proof/line.json`)).json()) as { url: string };
  const ask = (headers: Record<string, string>, base = url): Promise<number> =>
    fetch(`${base}/demo/proof/control/kill`, { method: 'POST', headers }).then(({ status }) => status);
  assert.equal(await ask({}), 403);
  assert.equal(await ask({ origin: url, cookie: 'sahay_agent=guess' }), 403);
  assert.equal(await ask({ origin: 'https://elsewhere.example' }), 403);
  assert.equal(
    (await fetch(`${url}/v1/welcome`, { headers: { origin: 'https://elsewhere.example' } })).status,
    403,
  );
  assert.equal(await ask({ origin: server.url }, server.url), 404, 'the server itself has no such thing');
});
