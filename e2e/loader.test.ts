/*
 * The script tag with a queue, on pages of somebody else: calls from before anything has loaded, strict policies, integrity; and pages
 * that still speak to the messenger they had.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { SahayFunction } from '../packages/elements/src/cdn/sahay-function.ts';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { HostSite } from './testing/host-site.ts';

declare const sahay: SahayFunction;
declare const heard: string[];

let browser: Browser;
let server: DemoServer;
let site: HostSite;
let snippet: string;
let hashes: Record<string, string>;

const nonce = 'n0nce';
const strict = (scripts: string): string =>
  `default-src 'none'; script-src ${scripts}; style-src 'none'; img-src ${server.url} blob:; connect-src ${server.url} ` +
  `${server.url.replace('http', 'ws')}; require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'`;
const policies: Record<string, () => string> = {
  '/nonce': () => strict(`'nonce-${nonce}'`),
  '/hash': () => strict(`'${documentedHash}' ${server.url}`),
};
let documentedHash: string;

const tag = (src: string, attributes = ''): string =>
  `<script ${attributes} src="${server.url}/${src}"></script>`;
const shim = (name: string, before: string, attributes = ''): string =>
  `<script>var heard = [];${before}</script>${tag('loader.js', 'async')}${tag(`shims/${name}.js`, `async ${attributes}`)}`;

const pages: Record<string, () => string> = {
  '/queue': () =>
    `<script>${snippet} var heard = [];
      sahay('set', { heading: 'Lamp help', offsetInline: '48px' });
      sahay('on', 'open', () => heard.push('open'));
      sahay('open');
      sahay('write', 'Is my lamp on its way?');
      sahay('tell', { name: 'Rina', attributes: { plan: 'gold' } });
      sahay('dance');
      sahay((bubble) => heard.push(bubble.localName));
    </script>${tag('loader.js', 'async data-position="start"')}`,
  '/nonce': () =>
    `<script nonce="${nonce}">${snippet} sahay('open');</script>${tag('loader.js', `async nonce="${nonce}"`)}`,
  '/hash': () => `<script>${snippet}</script>${tag('loader.js', 'async data-heading="Lamp help"')}`,
  '/integrity': () =>
    `<script type="importmap">${JSON.stringify({
      integrity: Object.fromEntries(
        Object.entries(hashes).map(([path, hash]) => [`${server.url}/${path}`, hash]),
      ),
    })}</script><script>${snippet} sahay('open')</script>` +
    tag('loader.js', `async crossorigin integrity="${hashes['loader.js']}"`),
  '/tampered': () =>
    `<script type="importmap">${JSON.stringify({
      integrity: { [`${server.url}/sahay.js`]: hashes['loader.js'] },
    })}</script>${tag('loader.js', `async crossorigin integrity="${hashes['loader.js']}"`)}`,
  // What somebody else may have written on a page that shows it: the name answers in the document's place.
  '/clobbered': () =>
    `<img name="currentScript" src="${site.url}/evil/loader.js" alt=""><form name="currentScript"></form>${tag('loader.js')}`,
  '/versioned': () => tag('sahay.js?v=2', 'type="module"'),
  '/plain': () => `${tag('loader.js')}<script>sahay('open')</script>`,
  '/intercom': () =>
    shim(
      'intercom',
      `var w = window, i = function () { i.c(arguments); }; i.q = []; i.c = function (args) { i.q.push(args); }; w.Intercom = i;
      window.intercomSettings = { app_id: 'abc12345', email: 'rina@lamps.test', name: 'Rina', plan: 'gold', alignment: 'left', horizontal_padding: 32, vertical_padding: 44,
        hide_default_launcher: true, custom_launcher_selector: '#ask' };
      Intercom('boot');
      Intercom('onShow', () => heard.push('shown'));
      Intercom('onHide', () => heard.push('hidden'));
      Intercom('onUnreadCountChange', (count) => heard.push('unread ' + count));
      Intercom('trackEvent', 'bought-lamp');
      Intercom('trackEvent', 'bought-lamp');
      Intercom('showNewMessage', 'Where is my lamp?');`,
    ),
  '/chatwoot': () =>
    `<script>window.chatwootSettings = { hideMessageBubble: true, position: 'left', locale: 'bn', darkMode: 'dark' }; var heard = [];
      addEventListener('chatwoot:ready', () => { heard.push('ready ' + $chatwoot.hasLoaded);
        $chatwoot.setUser('u1', { name: 'Rina', email: 'rina@lamps.test' });
        $chatwoot.setCustomAttributes({ plan: 'gold' });
        $chatwoot.popoutChatWindow();
        $chatwoot.toggle('open'); });
      addEventListener('chatwoot:opened', () => heard.push('opened ' + $chatwoot.isOpen));
      addEventListener('chatwoot:closed', () => heard.push('closed ' + $chatwoot.isOpen));
      (function (d, t) { var g = d.createElement(t), s = d.getElementsByTagName(t)[0]; g.src = '${server.url}/shims/chatwoot.js'; g.async = true;
        g.onload = function () { window.chatwootSDK.run({ websiteToken: 'token', baseUrl: '${server.url}' }); };
        s.parentNode.insertBefore(g, s); })(document, 'script');</script>${tag('loader.js', 'async')}`,
  '/zendesk': () =>
    shim(
      'zendesk',
      `window.zE = Object.assign(function () { zE._.push(arguments); }, { _: [] });
      window.zESettings = { webWidget: { offset: { horizontal: '30px', vertical: '50px' } } };
      zE('messenger:on', 'open', () => heard.push('opened'));
      zE('messenger:on', 'close', () => heard.push('closed'));
      zE('messenger:on', 'unreadMessages', (count) => heard.push('unread ' + count));
      zE('messenger:set', 'zIndex', 77);
      zE('webWidget', 'identify', { name: 'Rina', email: 'rina@lamps.test' });
      zE('webWidget', 'helpCenter:setSuggestions', { search: 'lamps' });
      zE('messenger', 'open');`,
    ),
};

before(async () => {
  const guide = await readFile(new URL('../docs/getting-started.md', import.meta.url), 'utf8');
  snippet = /<script>(\n {2}window\.sahay[^<]*)<\/script>/.exec(guide)![1]!;
  documentedHash = /'(sha256-[\w+/=]{44})'/.exec(guide)![1]!;
  site = await HostSite.start((path) => pages[path]?.() ?? '', { policy: (path) => policies[path]?.() });
  browser = await launchBrowser();
  server = await DemoServer.start('--allow-origin', site.url);
  hashes = (await (await fetch(`${server.url}/integrity.json`)).json()) as Record<string, string>;
});
after(() => Promise.all([browser?.close(), server?.dispose(), site?.dispose()]));

/** A page, with what it warned of. */
async function open(path: string): Promise<{ person: Person; warned: string[] }> {
  const context = await browser.createBrowserContext();
  const person = await Person.open(context, 'about:blank');
  const warned: string[] = [];
  person.page.on('console', (message) => {
    if (message.type() === 'warn') warned.push(message.text());
  });
  await person.page.goto(site.url + path, { waitUntil: 'load' });
  return { person, warned };
}

const heardOn = ({ page }: Person): Promise<string[]> => page.evaluate(() => heard);
const attributesOf = ({ page }: Person): Promise<Record<string, string>> =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelector('sahay-bubble')!.attributes].map(({ name, value }) => [name, value]),
    ),
  );
/** Whether the launcher can be seen, and the window. */
const seenOf = ({ page }: Person): Promise<boolean[]> =>
  page.evaluate(() =>
    ['launcher', 'panel'].map((part) =>
      document.querySelector('sahay-bubble')!.shadowRoot!.querySelector(`[part=${part}]`)!.checkVisibility(),
    ),
  );
const draftOf = async (person: Person): Promise<string> =>
  (await person.find('textbox', 'Message')).evaluate((field) => (field as HTMLTextAreaElement).value);

/** What the server keeps of a visitor's situation, once she has said something. */
async function toldBy(person: Person): Promise<string> {
  const sent: string[] = [];
  const session = await person.page.createCDPSession();
  session.on('Network.webSocketFrameSent', ({ response }) => sent.push(response.payloadData));
  await session.send('Network.enable');
  // The connection may be older than the session that watches it.
  await person.say(/Message|বার্তা/, 'Hello');
  const deadline = Date.now() + 10_000;
  while (!sent.some((frame) => frame.includes('context.update')) && Date.now() < deadline)
    await new Promise((done) => setTimeout(done, 50));
  return sent.find((frame) => frame.includes('context.update')) ?? 'nothing was told';
}

describe('the loader', { timeout: 120_000 }, () => {
  test('does in order what was called before it was there', async () => {
    const { person, warned } = await open('/queue');
    await person.reads('Lamp help');
    await person.find('textbox', 'Message');
    await person.page.waitForFunction(() => heard.length === 2);
    assert.deepEqual(await heardOn(person), ['open', 'sahay-bubble']);
    assert.equal(await draftOf(person), 'Is my lamp on its way?');
    const { position, 'offset-inline': inline, server: address } = await attributesOf(person);
    assert.deepEqual([position, inline, address], ['start', '48px', server.url]);
    assert.equal(warned.filter((text) => text.includes("sahay('dance') is not known")).length, 1);
    const told = await toldBy(person);
    assert.match(told, /"plan":"gold"/);
    assert.match(told, /"name":"Rina"/);
    await person.page.evaluate(() => sahay('close'));
    await person.find('button', /^Open chat/);
    assert.deepEqual(person.complaints, []);
  });

  test('goes on with the bubble of the page that a router puts in the place of this one', async () => {
    const { person, warned } = await open('/queue');
    await person.find('textbox', 'Message');
    const swap = (inside = ''): Promise<void> =>
      person.page.evaluate(
        async (html, src) => {
          const { body } = new DOMParser().parseFromString(`<p>Next</p>${html}`, 'text/html');
          document.body.replaceWith(body);
          // As routers do: what is in the body runs again.
          const loader = document.createElement('script');
          loader.src = src;
          await new Promise((done) => {
            loader.addEventListener('load', done);
            body.append(loader);
          });
        },
        inside,
        `${server.url}/loader.js`,
      );
    await person.page.evaluate(() => sahay('on', 'close', () => heard.push('close')));
    await swap();
    await person.find('textbox', 'Message');
    assert.equal(await draftOf(person), 'Is my lamp on its way?', 'it is the same one');
    await person.page.evaluate(() => sahay('close'));
    await person.find('button', /^Open chat/);
    // A page with a tag of its own has that one, and the calls reach it.
    await swap(`<sahay-bubble server="${server.url}" heading="Lamps for sale"></sahay-bubble>`);
    await person.page.evaluate(() => sahay('open'));
    await person.reads('Lamps for sale');
    const told = await toldBy(person);
    assert.match(told, /"plan":"gold"/, 'what was told before the first message is told with it');
    await person.page.evaluate(() => sahay('close'));
    await person.find('button', /^Open chat/);
    assert.deepEqual(
      (await heardOn(person)).filter((type) => type !== 'sahay-bubble'),
      ['open', 'close', 'open', 'close'],
    );
    assert.equal(await person.page.evaluate(() => document.querySelectorAll('sahay-bubble').length), 1);
    assert.equal(warned.filter((text) => text.includes('loader.js')).length, 0);
    assert.deepEqual(person.complaints, []);
  });

  test('takes its address from its own script, whatever else the page shows', async () => {
    const { person } = await open('/clobbered');
    await person.click('button', 'Open chat');
    await person.find('textbox', 'Message');
    const { server: address } = await attributesOf(person);
    assert.equal(address, server.url);
    assert.deepEqual(person.complaints, []);
  });

  test('has late parts once the network is back, also where what they import had failed', async () => {
    const person = await Person.open(await browser.createBrowserContext(), 'about:blank');
    const { page } = person;
    let isDown = true;
    const refused: string[] = [];
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const name = /chunks\/((?:complete-english|late-icons)-.*)/.exec(request.url())?.[1];
      if (!name || !isDown) return void request.continue();
      refused.push(name);
      void request.abort('internetdisconnected');
    });
    await page.goto(`${site.url}/plain`, { waitUntil: 'load' });
    await person.find('textbox', 'Message');
    const deadline = Date.now() + 30_000;
    while (refused.length < 2 && Date.now() < deadline) await new Promise((done) => setTimeout(done, 50));
    assert.notDeepEqual(refused, [], 'something was asked for, and failed');
    isDown = false;
    await person.say('Message', 'How do I change the colours of the chat?');
    await person.reads('--sahay-accent');
    await person.find('button', 'Insert an emoji');
    await person.click('button', 'More');
    await person.find('menuitem', 'My data');
    assert.deepEqual(person.complaints, []);
  });

  for (const [path, name] of [
    ['/nonce', 'under a policy of one nonce, which reaches all that is loaded'],
    ['/plain', 'without an inline script before it'],
    ['/integrity', 'with the hashes of all files in the page'],
  ] as const)
    test(`works ${name}`, async () => {
      const { person } = await open(path);
      await person.say('Message', 'How do I change the colours of the chat?');
      await person.reads('--sahay-accent');
      assert.deepEqual(person.complaints, []);
    });

  test('works under a policy with the hash that the guide gives', async () => {
    assert.equal(
      documentedHash,
      `sha256-${createHash('sha256').update(snippet).digest('base64')}`,
      'the guide gives the hash of its own snippet',
    );
    const { person } = await open('/hash');
    await person.click('button', 'Open chat');
    await person.reads('Lamp help');
    await person.find('textbox', 'Message');
    assert.deepEqual(person.complaints, []);
  });

  test('has its late parts where the script has a version in its address', async () => {
    const { person } = await open('/versioned');
    await person.click('button', 'Open chat');
    await person.say('Message', 'How do I change the colours of the chat?');
    await person.reads('--sahay-accent');
    await person.click('button', 'More');
    await person.find('menuitem', 'My data');
    assert.deepEqual(person.complaints, []);
  });

  test('runs nothing whose hash is another', async () => {
    const { person } = await open('/tampered');
    await person.page.waitForSelector('sahay-bubble');
    await new Promise((done) => setTimeout(done, 500));
    assert.equal(await person.page.evaluate(() => customElements.get('sahay-bubble') === undefined), true);
    assert.match(person.complaints.join(), /could not be loaded/);
  });
});

describe('a page that still speaks to', { timeout: 120_000 }, () => {
  test('Intercom', async () => {
    const { person, warned } = await open('/intercom');
    await person.find('textbox', 'Message');
    await person.page.waitForFunction(() => heard.includes('shown'));
    await person.page.waitForFunction(
      () =>
        document
          .querySelector('sahay-bubble')!
          .shadowRoot!.querySelector('sahay-chat')!
          .shadowRoot!.querySelector('sahay-composer')!.value !== '',
    );
    assert.equal(await draftOf(person), 'Where is my lamp?');
    const attributes = await attributesOf(person);
    assert.deepEqual(
      ['position', 'offset-inline', 'offset-block'].map((name) => attributes[name]),
      ['start', '32px', '44px'],
    );
    const told = await toldBy(person);
    assert.match(told, /"email":"rina@lamps.test"/);
    assert.match(told, /"plan":"gold"/);
    assert.doesNotMatch(told, /abc12345|alignment/);
    await person.page.evaluate("Intercom('hide')");
    await person.page.waitForFunction(() => heard.includes('hidden'));
    const [first, ...later] = await heardOn(person);
    assert.equal(first, 'unread 0');
    assert.deepEqual(
      later.filter((what) => !what.startsWith('unread')),
      ['shown', 'hidden'],
    );
    assert.deepEqual(await seenOf(person), [false, false], 'the launcher is hidden, as the site wants it');
    await person.page.evaluate(() => {
      const ask = document.createElement('button');
      ask.id = 'ask';
      document.body.append(ask);
      ask.focus();
      ask.click();
    });
    await person.find('textbox', 'Message');
    assert.deepEqual(await seenOf(person), [false, true], 'and the window opens from the button of its own');
    await person.page.evaluate("Intercom('hide')");
    await person.page.waitForFunction(() => document.activeElement?.id === 'ask');
    await person.page.evaluate("Intercom('update', { hide_default_launcher: false })");
    assert.deepEqual(await seenOf(person), [true, false]);
    assert.equal(warned.filter((text) => text.includes("Intercom('trackEvent')")).length, 1, 'once');
    assert.deepEqual(person.complaints, []);
  });

  test('Chatwoot', async () => {
    const { person, warned } = await open('/chatwoot');
    await person.page.waitForFunction(() => heard.length === 2);
    assert.deepEqual(await heardOn(person), ['ready true', 'opened true']);
    const attributes = await attributesOf(person);
    assert.deepEqual(
      ['position', 'locale', 'color-scheme'].map((name) => attributes[name]),
      ['start', 'bn', 'dark'],
    );
    const told = await toldBy(person);
    for (const fact of [/"identifier":"u1"/, /"plan":"gold"/, /"email":"rina@lamps.test"/])
      assert.match(told, fact);
    assert.deepEqual(await seenOf(person), [false, true]);
    await person.page.evaluate("$chatwoot.toggle('close')");
    await person.page.waitForFunction(() => heard.includes('closed false'));
    await person.page.evaluate("$chatwoot.toggleBubbleVisibility('show')");
    assert.deepEqual(await seenOf(person), [true, false]);
    assert.equal(warned.filter((text) => text.includes('$chatwoot.popoutChatWindow()')).length, 1);
    assert.deepEqual(person.complaints, []);
  });

  test('Zendesk', async () => {
    const { person, warned } = await open('/zendesk');
    await person.find('textbox', 'Message');
    await person.page.waitForFunction(() => heard.includes('opened'));
    const attributes = await attributesOf(person);
    assert.deepEqual(
      ['z-index', 'offset-inline', 'offset-block'].map((name) => attributes[name]),
      ['77', '30px', '50px'],
    );
    assert.match(await toldBy(person), /"email":"rina@lamps.test"/);
    assert.equal(await person.page.evaluate("zE('webWidget:get', 'display')"), 'chat');
    await person.page.evaluate("zE('messenger', 'close')");
    await person.page.waitForFunction(() => heard.includes('closed'));
    assert.equal(warned.filter((text) => text.includes('helpCenter:setSuggestions')).length, 1);
    assert.deepEqual(person.complaints, []);
  });
});
