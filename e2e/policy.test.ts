/*
 * A good guest: the strict policy of docs/architecture.md holds through everything a visitor and an agent do; nothing moves on
 * the page; before anybody shows intent one small script is fetched, and before the first message nothing is stored.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext } from 'puppeteer-core';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { HostSite } from './testing/host-site.ts';
import { smallPng } from './testing/small-png.ts';
import { Wire } from './testing/wire.ts';

let browser: Browser;
let server: DemoServer;
let site: HostSite;
let rina: Wire;
before(async () => {
  site = await HostSite.start(() => `<script type="module" src="${server.url}/sahay.js"></script>`);
  browser = await launchBrowser();
  server = await DemoServer.start('--allow-origin', site.url);
  rina = await Wire.agent(server, 'Rina');
});
after(() => Promise.all([browser.close(), server.dispose(), site.dispose()]));

/** What the page would tell its author: violations, console errors, how far things moved. */
interface Observed {
  violations: string[];
  shifts: number[];
}

/** Opens a page with observers that stand before its first script. */
async function observed(context: BrowserContext, url: string): Promise<{ person: Person; noise: string[] }> {
  const person = await Person.open(context, 'about:blank');
  const noise: string[] = [];
  person.page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') noise.push(message.text());
  });
  await person.page.evaluateOnNewDocument(() => {
    const seen: Observed = { violations: [], shifts: [] };
    Object.assign(globalThis, { __observed: seen });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      seen.violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`),
    );
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await person.page.goto(url, { waitUntil: 'load' });
  return { person, noise };
}

const seenOn = ({ page }: Person): Promise<Observed> =>
  page.evaluate(() => (globalThis as unknown as { __observed: Observed }).__observed);

const policyOf = async (path: string): Promise<string | null> =>
  (await fetch(server.url + path)).headers.get('content-security-policy');

describe('the Content Security Policy', { timeout: 90_000 }, () => {
  test('is sent as docs/architecture.md writes it', async () => {
    const page = await readFile(new URL('../docs/architecture.md', import.meta.url), 'utf8');
    const written = /```\n(default-src[^`]*)```/.exec(page)?.[1]?.trim().replace(/\s+/g, ' ');
    assert.ok(written);
    for (const path of ['/', '/bn/', '/ar/']) assert.equal(await policyOf(path), written, path);
    assert.equal(await policyOf('/console/'), `${written}; frame-ancestors 'none'`);
  });

  test('stands while visitor and agent do all they can do', async () => {
    const visitor = await observed(await browser.createBrowserContext(), `${server.url}/`);
    await asksAndSends(visitor.person);
    const agent = await observed(await browser.createBrowserContext(), await rina.invites('Mina'));
    await answers(agent.person, visitor.person);
    for (const { person, noise } of [visitor, agent]) {
      assert.deepEqual((await seenOn(person)).violations, []);
      assert.deepEqual(noise, []);
      assert.deepEqual(person.complaints, []);
    }
  });
});

async function asksAndSends(visitor: Person): Promise<void> {
  await visitor.click('button', 'Open chat');
  await visitor.say('Message', 'How do I put it on my site?');
  await visitor.reads('Did this solve it?');
  await visitor.click('button', /^How do I .*site/);
  await visitor.find('button', 'Back to the conversation');
  await visitor.page.keyboard.press('Escape');
  const path = join(server.dataFolder, 'lamp.png');
  await writeFile(path, smallPng);
  await visitor.chooseFile(path);
  await visitor.seesImage('lamp.png');
  await visitor.say('Message', 'I want to talk to a person');
  await visitor.reads('Stop waiting');
}

async function answers(agent: Person, visitor: Person): Promise<void> {
  await (await agent.find('textbox', /name/i)).type('Mina');
  await agent.click('button', 'Sign in');
  await agent.click('option', /Visitor/);
  await agent.click('button', 'Take over');
  await agent.seesImage('lamp.png');
  await agent.say(/^Reply to/, 'With `one tag` in the head.');
  await visitor.reads('in the head.');
  await agent.click('button', 'Close');
  await visitor.click('radio', 'Very satisfied');
  await visitor.click('button', 'Send rating');
  await visitor.reads('Thank you for your rating.');
  await agent.click('button', 'Insights');
  await agent.reads('Satisfaction');
}

describe('before anybody shows intent', () => {
  test('one script is fetched, of less than 4 kB', async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    await page.goto(site.url, { waitUntil: 'networkidle0' });
    await page.waitForSelector('sahay-bubble');
    assert.deepEqual(
      fetched.filter((url) => url !== `${site.url}/` && !url.endsWith('/favicon.ico')),
      [`${server.url}/sahay.js`],
    );
    const answer = await fetch(`${server.url}/sahay.js`, { headers: { 'accept-encoding': 'br' } });
    assert.equal(answer.headers.get('content-encoding'), 'br');
    assert.ok(
      Number(answer.headers.get('content-length')) <= 4096,
      answer.headers.get('content-length') ?? '',
    );
    await context.close();
  });

  test('on our own page neither: no chunk, no request to the API', async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await page.goto(server.url, { waitUntil: 'networkidle0' });
    assert.deepEqual(
      fetched.filter((path) => /^\/(chunks|v1|\.well-known|sahay)/.test(path)),
      ['/sahay.js'],
    );
    await context.close();
  });
});

test('until the first message nothing is stored and no conversation begins, though the window is open', async () => {
  const inbox = async () => {
    const { snapshot } = await rina.socket.subscribe('inbox:default');
    assert.equal(snapshot?.kind, 'inbox');
    return snapshot.entries.length;
  };
  const before = await inbox();
  const context = await browser.createBrowserContext();
  for (const url of [`${server.url}/`, site.url]) {
    const visitor = await Person.open(context, url);
    assert.deepEqual(await stored(visitor), nothing);
    await visitor.click('button', 'Open chat');
    await visitor.reads('bring in a person');
    await (await visitor.find('textbox', 'Message')).type('Hel');
    assert.deepEqual(await stored(visitor), nothing);
    assert.equal(await inbox(), before);
  }
  await context.close();
});

const nothing = { cookies: [], local: [], session: [], databases: [] };

async function stored({ page }: Person): Promise<object> {
  const cookies = (await page.browserContext().cookies()).map(({ name }) => name);
  const kept = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
  }));
  return { cookies, ...kept };
}

test('nothing moves when the bubble comes, opens and closes', async () => {
  const context = await browser.createBrowserContext();
  for (const url of [`${server.url}/`, site.url]) {
    const { person } = await observed(context, url);
    await person.find('button', 'Open chat');
    await person.click('button', 'Open chat');
    await person.reads('bring in a person');
    await person.find('textbox', 'Message');
    await person.page.keyboard.press('Escape');
    await person.find('button', 'Open chat');
    // Two frames: what a change moved is reported with the next one.
    await person.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    assert.deepEqual((await seenOn(person)).shifts, [], url);
    const isSeen = (): Promise<boolean> =>
      person.page.evaluate(() => document.querySelector('sahay-bubble')!.checkVisibility());
    await person.page.emulateMediaType('print');
    assert.equal(await isSeen(), false, 'a guest is not on what a person prints');
    await person.page.emulateMediaType('screen');
    assert.equal(await isSeen(), true);
  }
  await context.close();
});
