/*
 * For every hand, eye and ear: axe on all that a visitor and an agent see, what Chromium tells assistive technology, the keyboard
 * alone, what is announced and how often, large text and narrow screens.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import type { Browser, Protocol } from 'puppeteer-core';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { Wire } from './testing/wire.ts';

declare const axe: {
  run(): Promise<{
    violations: { id: string; nodes: { target: unknown; html: string; failureSummary?: string }[] }[];
  }>;
};

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
let browser: Browser;
let server: DemoServer;
let rina: Wire;
before(async () => {
  [browser, server] = await Promise.all([launchBrowser(), DemoServer.start()]);
  rina = await Wire.agent(server, 'Rina');
});
after(() => Promise.all([browser.close(), server.dispose()]));

async function visits(url = `${server.url}/`): Promise<Person> {
  return Person.open(await browser.createBrowserContext(), url);
}

/** Nothing moves any more (half faded in, colours are not what they will be), and axe has nothing to say. */
async function isSound({ page }: Person): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const roots = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      root,
      ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? roots(shadowRoot) : [])),
    ];
    const moving = roots(document)
      .flatMap((root) => root.getAnimations())
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map(({ finished }) => finished));
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, html, failureSummary }) => `${id}: ${JSON.stringify(target)} ${html} ${failureSummary}`,
      ),
    );
  });
  assert.deepEqual(found, []);
}

describe('axe has nothing to say', { timeout: 90_000 }, () => {
  for (const path of ['/', '/bn/', '/ar/'])
    test(`of the product page ${path}`, async () => isSound(await visits(server.url + path)));

  for (const locale of ['en', 'ar'])
    test(`of the proof page in ${locale}`, async () => {
      const { url } = (await (await fetch(`${server.url}/demo/proof/line.json`)).json()) as { url: string };
      await isSound(await visits(`${url}/demo/proof/?lang=${locale}`));
    });

  for (const [locale, scheme] of [
    ['en', 'light'],
    ['bn', 'dark'],
    ['ar', 'light'],
  ])
    test(`of the gallery of all parts in ${locale}, ${scheme}, and nothing sticks out of a narrow one`, async () => {
      const visitor = await visits('about:blank');
      await visitor.page.setViewport({ width: 360, height: 740 });
      await visitor.page.goto(`${server.url}/demo/gallery/?lang=${locale}&scheme=${scheme}`);
      await visitor.reads(/was sent|পাঠানো হয়েছে|أُرسل/);
      await visitor.page.waitForFunction(() => document.querySelectorAll('gallery-state').length > 50);
      await isSound(visitor);
      const wide = await visitor.page.evaluate(() =>
        [...document.querySelectorAll('gallery-state')].flatMap(({ shadowRoot, parentElement }) => {
          const root = shadowRoot?.querySelector('sahay-message-list')?.shadowRoot;
          const log = root?.querySelector('.scroller');
          const parts = [...(root?.querySelectorAll('sahay-form') ?? [])];
          return [log, ...parts].some((one) => !one || one.scrollWidth > one.clientWidth + 1)
            ? [parentElement?.id]
            : [];
        }),
      );
      assert.deepEqual(wide, []);
    });

  for (const [scheme, page] of [
    ['light', '/'],
    ['dark', '/'],
    ['light', '/ar/'],
  ] as const)
    test(`of the open window with an answer in it: ${scheme}, ${page}`, async () => {
      const visitor = await visits('about:blank');
      await visitor.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await visitor.page.goto(server.url + page, { waitUntil: 'load' });
      await visitor.page.evaluate(() => document.querySelector('sahay-bubble')?.setAttribute('locale', 'en'));
      await visitor.click('button', 'Open chat');
      await visitor.say('Message', 'How do I change the colours of the chat?');
      await visitor.reads('Did this solve it?');
      await isSound(visitor);
    });

  test('of the console: signing in, inbox, desk, insights', async () => {
    const visitor = await Wire.visitor(server);
    await visitor.begins('I want to talk to a person');
    const agent = await visits(await rina.invites('Mina'));
    await isSound(agent);
    await (await agent.find('textbox', /name/i)).type('Mina');
    await agent.click('button', 'Sign in');
    await agent.find('option', /Visitor/);
    await isSound(agent);
    await agent.click('option', /Visitor/);
    await agent.click('button', 'Take over');
    await agent.find('textbox', /^Reply to/);
    await isSound(agent);
    await agent.click('button', 'Insights');
    await agent.reads('Satisfaction');
    await isSound(agent);
    visitor.socket.close();
  });
});

test('assistive technology is told of a dialog, a log, a field and buttons, each by its name', async () => {
  const visitor = await visits();
  const closed = await tree(visitor);
  assert.ok(closed.some(({ role, name }) => role === 'button' && name === 'Open chat'));
  await visitor.click('button', 'Open chat');
  await visitor.find('textbox', 'Message');
  const open = await tree(visitor);
  for (const [role, name] of [
    ['dialog', 'Chat'],
    ['log', 'Messages'],
    ['textbox', 'Message'],
    ['button', 'Send'],
    ['button', 'Attach a file'],
    ['button', 'Close chat'],
    ['button', 'More'],
  ])
    assert.ok(
      open.some((node) => node.role === role && node.name === name),
      `There is no ${role} "${name}"`,
    );
  assert.deepEqual(
    open.filter(
      ({ role, name }) => ['button', 'textbox', 'dialog', 'log', 'link', 'image'].includes(role) && !name,
    ),
    [],
  );
});

async function tree({ page }: Person): Promise<{ role: string; name: string }[]> {
  const session = await page.createCDPSession();
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const text = (value: Protocol.Accessibility.AXValue | undefined) => String(value?.value ?? '');
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name }) => ({ role: text(role), name: text(name) }));
}

test('the keyboard alone opens, writes, sends and closes, and focus comes back', async () => {
  const visitor = await visits();
  const { keyboard } = visitor.page;
  for (let press = 0; press < 200 && (await focused(visitor)) !== 'button Open chat'; press++)
    await keyboard.press('Tab');
  assert.equal(await focused(visitor), 'button Open chat');
  await keyboard.press('Enter');
  await visitor.find('textbox', 'Message');
  await untilFocused(visitor, 'textarea Message');
  await keyboard.type('How do I change the colours of the chat?');
  await keyboard.press('Enter');
  await visitor.reads('Did this solve it?');
  assert.equal(await focused(visitor), 'textarea Message');
  await keyboard.press('Escape');
  await untilFocused(visitor, 'button Open chat');
  await keyboard.press('Space');
  await untilFocused(visitor, 'textarea Message');
});

const focused = ({ page }: Person): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return `${element?.localName} ${element?.getAttribute('aria-label') ?? ''}`;
  });

async function untilFocused(person: Person, wanted: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while ((await focused(person)) !== wanted && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await focused(person), wanted);
}

test('an answer is announced once, when it is whole; the log is not live, and history is not news', async () => {
  const visitor = await visits();
  await visitor.click('button', 'Open chat');
  await visitor.reads('bring in a person');
  await listens(visitor);
  await visitor.say('Message', 'How do I change the colours of the chat?');
  await visitor.reads('Did this solve it?');
  await until(async () => (await heard(visitor)).some((line) => line.includes('--sahay-accent')));
  await visitor.say('Message', 'I want to talk to a person');
  await until(async () => (await heard(visitor)).some((line) => /team|person/i.test(line)));
  const lines = await heard(visitor);
  assert.equal(lines.filter((line) => line.includes('--sahay-accent')).length, 1, JSON.stringify(lines));
  assert.equal(new Set(lines).size, lines.length, JSON.stringify(lines));
  assert.ok(
    !lines.some(
      (line) => line.includes('How do I change the colours of the chat?') && line.startsWith('You'),
    ),
  );
  const live = await visitor.page.evaluate(() => {
    const chat = document.querySelector('sahay-bubble')?.shadowRoot?.querySelector('sahay-chat')?.shadowRoot;
    return chat
      ?.querySelector('sahay-message-list')
      ?.shadowRoot?.querySelector('[role=log]')
      ?.getAttribute('aria-live');
  });
  assert.equal(live, 'off');

  await visitor.page.reload({ waitUntil: 'load' });
  await visitor.click('button', /^Open chat/);
  await visitor.find('textbox', 'Message');
  await listens(visitor);
  await visitor.reads('--sahay-accent');
  await visitor.say('Message', 'Are you there?');
  await visitor.reads(/Are you there\?.*(Sent|Delivered|Read)/, undefined, true);
  const again = await heard(visitor);
  assert.ok(!again.some((line) => line.includes('--sahay-accent')), JSON.stringify(again));
});

/** Notes what comes into the window's live regions, from now on and with what stands there already. */
const listens = ({ page }: Person): Promise<void> =>
  page.evaluate(() => {
    const chat = document.querySelector('sahay-bubble')?.shadowRoot?.querySelector('sahay-chat')?.shadowRoot;
    const regions = [...(chat?.querySelectorAll('.hidden-visually[aria-live]') ?? [])];
    const lines = regions.flatMap((region) => [...region.children].map((line) => line.textContent));
    Object.assign(globalThis, { __heard: lines });
    const note = (changes: MutationRecord[]) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) lines.push(node.textContent ?? '');
    };
    for (const region of regions)
      new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
    if (regions.length !== 2) throw new Error(`There are ${regions.length} live regions.`);
  });

const heard = ({ page }: Person): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { __heard: string[] }).__heard);

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `It did not come true: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('with text twice as large on a narrow screen nothing is cut off sideways, and the field can be seen', async () => {
  const visitor = await visits('about:blank');
  await visitor.page.setViewport({ width: 360, height: 640 });
  await visitor.page.goto(server.url, { waitUntil: 'load' });
  await visitor.page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await visitor.click('button', 'Open chat');
  await visitor.say('Message', 'How do I put it on my site?');
  await visitor.reads('Did this solve it?');
  const sizes = await visitor.page.evaluate(() => {
    const chat = document.querySelector('sahay-bubble')?.shadowRoot?.querySelector('sahay-chat');
    const log = chat?.shadowRoot
      ?.querySelector('sahay-message-list')
      ?.shadowRoot?.querySelector('[role=log]');
    const field = chat?.shadowRoot?.querySelector('sahay-composer')?.shadowRoot?.querySelector('textarea');
    if (!log || !field) throw new Error('The window is not open.');
    const { top, bottom, left, right } = field.getBoundingClientRect();
    return {
      page: document.documentElement.scrollWidth,
      log: log.scrollWidth - log.clientWidth,
      field: { top, bottom, left, right },
      text: parseFloat(getComputedStyle(field).fontSize),
    };
  });
  assert.ok(sizes.page <= 360, `the page is ${sizes.page} px wide`);
  assert.equal(sizes.log, 0);
  assert.ok(sizes.text >= 28, `the field's text is ${sizes.text} px`);
  const { top, bottom, left, right } = sizes.field;
  assert.ok(top >= 0 && bottom <= 640 && left >= 0 && right <= 360, JSON.stringify(sizes.field));

  await visitor.click('button', 'More');
  await visitor.reads('End this conversation');
  // The last entry is reached by the keyboard, and then seen whole.
  await visitor.page.keyboard.press('End');
  const last = await visitor.page.evaluate(() => {
    const menu = document
      .querySelector('sahay-bubble')
      ?.shadowRoot?.querySelector('sahay-chat')
      ?.shadowRoot?.querySelector('[role=menu]');
    const entry = menu?.querySelector<HTMLElement>(':focus');
    if (!menu || !entry) throw new Error('No entry of the menu has the focus.');
    const { top, bottom, left, right } = entry.getBoundingClientRect();
    const cut = [...menu.children].filter((one) => one.scrollWidth > one.clientWidth).length;
    return { words: entry.textContent.trim(), top, bottom, left, right, cut };
  });
  assert.equal(last.words, 'End this conversation');
  assert.equal(last.cut, 0, 'words of the menu are cut off');
  assert.ok(last.top >= 0 && last.bottom <= 640 && last.left >= 0 && last.right <= 360, JSON.stringify(last));
});
