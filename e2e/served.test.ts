/*
 * The bubble and the window as a server draws them: without a DOM, seen before any script has come, and taken over by the elements
 * without a flash, a jump, or a lost word.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import { renderBubble, renderChat, renderPreloads } from '@sahay/elements/server';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { HostSite } from './testing/host-site.ts';

let browser: Browser;
let server: DemoServer;
let site: HostSite;
const bodies: Record<string, string> = {};

before(async () => {
  site = await HostSite.start((path) => bodies[path] ?? '', {
    policy: () =>
      `default-src 'none'; script-src ${server.url}; style-src ${server.url}; img-src ${server.url} blob: data:; connect-src ${server.url} ` +
      `${server.url.replace('http', 'ws')}; require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'`,
  });
  browser = await launchBrowser();
  server = await DemoServer.start('--allow-origin', site.url);
  const script = `<script type="module" src="${server.url}/sahay.js"></script>`;
  const options = { server: server.url, heading: 'Lamp help' };
  const preloads = renderPreloads(options, 'bubble', 'window');
  bodies['/closed'] = preloads + (await renderBubble({ ...options, position: 'start' })) + script;
  bodies['/open'] = preloads + (await renderBubble({ ...options, open: true })) + script;
  const arabic = await renderBubble({ ...options, open: true, locale: 'ar', heading: undefined });
  bodies['/ar'] = `<div lang="ar" dir="rtl">${arabic}</div>${script}`;
});
after(() => Promise.all([browser?.close(), server?.dispose(), site?.dispose()]));

test('is plain HTML, made without a DOM: escaped, and with nothing inline', async () => {
  assert.equal(typeof document, 'undefined');
  const html = await renderBubble({
    server: 'https://support.test/',
    heading: '"><img src=x onerror=alert(1)>',
    open: true,
    avoid: "#a'b",
    locale: 'bn-BD',
  });
  assert.match(
    html,
    /^<sahay-bubble server="https:\/\/support\.test\/" locale="bn-BD" heading="&quot;&gt;&lt;img /,
  );
  assert.doesNotMatch(html, /<img|<script|<style| style=|\son\w+=(?!x)"/);
  assert.equal(
    html.match(
      /<template shadowrootmode="open"><link rel="stylesheet" href="https:\/\/support\.test\/served\/\w+\.css">/g,
    )?.length,
    4,
  );
  assert.match(html, /বার্তা লিখুন/);
  assert.doesNotMatch(await renderBubble({}), /sahay-chat/);
  assert.match(await renderChat({ stylesheets: '/assets/sahay/' }), /href="\/assets\/sahay\/window\.css"/);
});

/** Asks a page again and again: one that is still being read, and held, has no animation frames to wait for. */
async function until(page: Page, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await page.evaluate(condition).catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`It never came to be that ${String(condition)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A page whose requests for some files wait until they are let go. */
async function held(path: string, what: RegExp): Promise<{ person: Person; letGo: () => void }> {
  const context = await browser.createBrowserContext();
  const person = await Person.open(context, 'about:blank');
  const { page } = person;
  const waiting: HTTPRequest[] = [];
  let isHeld = true;
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (isHeld && what.test(request.url())) waiting.push(request);
    else void request.continue();
  });
  await page.evaluateOnNewDocument(() => {
    const seen = { violations: [] as string[], shift: 0 };
    Object.assign(globalThis, { seen });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      seen.violations.push(`${violatedDirective} ${blockedURI}`),
    );
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  // A page is not done before its scripts are, and these are held.
  void page.goto(site.url + path).catch((error: unknown) => person.complaints.push(String(error)));
  await until(page, () => location.protocol === 'http:' && document.querySelector('sahay-bubble') !== null);
  return {
    person,
    letGo: () => {
      isHeld = false;
      for (const request of waiting) void request.continue();
    },
  };
}

interface Seen {
  violations: string[];
  shift: number;
}
const seenOn = (page: Page): Promise<Seen> => page.evaluate('seen') as Promise<Seen>;

/** Waits until all stylesheets of an open window have come. */
const isDressed = (page: Page): Promise<void> =>
  until(page, () => {
    const chat = document.querySelector('sahay-bubble')?.shadowRoot?.querySelector('sahay-chat')?.shadowRoot;
    const shown = (part: string, inside: string): boolean =>
      chat?.querySelector(part)?.shadowRoot?.querySelector(inside)?.checkVisibility() ?? false;
    return shown('.served-composer', 'textarea') && shown('.served-transcript', '.skeleton');
  });

/** Where the parts of the open window stand. */
const places = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const root = document.querySelector('sahay-bubble')!.shadowRoot!;
    for (const animation of root.querySelector('.panel')!.getAnimations()) animation.finish();
    const chat = root.querySelector('sahay-chat')!.shadowRoot!;
    const composer = chat.querySelector('sahay-composer, .served-composer')!.shadowRoot!;
    const of = (element: Element | null) => JSON.stringify(element!.getBoundingClientRect());
    // The title makes room for a menu once it is known what the backend can do.
    const title = chat.querySelector('h2')!.getBoundingClientRect();
    return [
      of(chat.host),
      ...['.header', '.avatar', '[part=minimize]'].map((part) => of(chat.querySelector(part))),
      ...['.line', '.send'].map((part) => of(composer.querySelector(part))),
      [getComputedStyle(chat.host).direction === 'rtl' ? title.right : title.left, title.top, title.height],
    ];
  });

describe('in a browser', { timeout: 120_000 }, () => {
  test('the closed bubble is seen before the script, and is the same one after it', async () => {
    const { person, letGo } = await held('/closed', /sahay\.js/);
    const { page } = person;
    // Searching by name looks again when nodes change, which a stylesheet does not do.
    await until(
      page,
      () => document.querySelector('sahay-bubble')?.shadowRoot?.querySelector('button')?.offsetWidth === 60,
    );
    const button = await person.find('button', 'Open chat');
    const clip = { x: 0, y: 700, width: 200, height: 200 };
    const before = await page.screenshot({ clip });
    await button.evaluate((element) => element.focus());
    letGo();
    await page.waitForFunction(() => customElements.get('sahay-bubble') !== undefined);
    assert.equal(
      await button.evaluate((element) => element.isConnected && element.matches(':focus')),
      true,
      'the same button, still in focus',
    );
    await button.evaluate((element) => element.blur());
    assert.deepEqual(await page.screenshot({ clip }), before, 'not a pixel is another');
    assert.deepEqual(await seenOn(page), { violations: [], shift: 0 });
    await person.click('button', 'Open chat');
    await person.find('textbox', 'Message');
    assert.deepEqual((await seenOn(page)).violations, []);
    assert.deepEqual(person.complaints, []);
  });

  test('the open window is seen before the script, and what was written in it stays', async () => {
    const { person, letGo } = await held('/open', /sahay\.js/);
    const { page } = person;
    await isDressed(page);
    await person.reads('Lamp help');
    const field = await person.find('textbox', 'Message');
    await page.waitForFunction(() => document.readyState !== 'loading');
    const before = await places(page);
    await field.click();
    await page.keyboard.type('Early');
    letGo();
    await page.waitForFunction(
      () =>
        document
          .querySelector('sahay-bubble')!
          .shadowRoot!.querySelector('sahay-chat')!
          .shadowRoot!.querySelector('sahay-composer')?.value === 'Early',
    );
    await page.keyboard.type(', late');
    assert.deepEqual(await places(page), before);
    await page.keyboard.press('Enter');
    await person.reads('Early, late');
    assert.equal(await person.count('Lamp help', 'sahay-bubble'), 1, 'nothing served stands beside it');
    const { violations, shift } = await seenOn(page);
    assert.deepEqual(violations, []);
    assert.ok(shift < 0.01, `moved by ${shift}`);
    assert.deepEqual(person.complaints, []);
    await person.click('button', 'Close chat');
    await person.find('button', /^Open chat/);
  });

  test('in Arabic it stands and reads as it will', async () => {
    const { person, letGo } = await held('/ar', /sahay\.js/);
    await isDressed(person.page);
    await person.reads('الدعم');
    const before = await places(person.page);
    letGo();
    await person.page.waitForFunction(() =>
      document
        .querySelector('sahay-bubble')!
        .shadowRoot!.querySelector('sahay-chat')!
        .shadowRoot!.querySelector('sahay-composer'),
    );
    await person.reads('الدعم');
    await person.find('textbox', 'رسالة');
    const after = await places(person.page);
    assert.deepEqual(after, before);
    assert.deepEqual((await seenOn(person.page)).violations, []);
  });

  test('before its stylesheet has come nothing of it is seen', async () => {
    const { person, letGo } = await held('/open', /sahay\.js|\.css/);
    await person.reads('Lamps');
    assert.doesNotMatch(await person.text('sahay-bubble'), /Lamp help/);
    assert.deepEqual(await person.page.$$('::-p-aria([role="button"])'), []);
    letGo();
    await person.reads('Lamp help');
  });
});
