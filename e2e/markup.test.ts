/*
 * Markup and javascript: links in every field that a person can fill, on a page without any policy to stop them: all of it is
 * text, for the visitor and for those who answer. Nothing runs.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { HostSite } from './testing/host-site.ts';
import { acceptHostTokens, jwt } from './testing/host-token.ts';
import { smallPng } from './testing/small-png.ts';
import { servesOthers, Wire } from './testing/wire.ts';

/** Short enough for a name, and says which field it came from if it ever runs. */
const image = (field: string): string => `<img src=x onerror=__xss='${field}'>`;
const hostile = (field: string): string =>
  `${image(field)} <script>__xss='${field}'</script> [${field}](javascript:__xss='${field}') javascript:__xss='${field}'`;

const article = `---
title: How do I clean a lamp? ${image('title')}
---

Use lemon juice. ${hostile('article')} <a href="javascript:__xss='a'">here</a> <svg onload="__xss='svg'"></svg>

## Then ${image('heading')}

| ${image('cell')} | [x](javascript:__xss='cell') |
| --- | --- |
| \`${image('code')}\` | ![y](javascript:__xss='picture') |
`;

let browser: Browser;
let server: DemoServer;
let site: HostSite;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sahay-markup-'));
  await mkdir(join(folder, 'articles'));
  await writeFile(join(folder, 'articles', 'clean.md'), article);
  await writeFile(join(folder, `${image('file')}.png`), smallPng);
  site = await HostSite.start(
    () => `<script type="module" src="${server.url}/sahay.js" data-locale="en"></script>`,
    { title: hostile('page title') },
  );
  acceptHostTokens();
  browser = await launchBrowser();
  server = await DemoServer.start('--allow-origin', site.url, '--kb', join(folder, 'articles'));
});
after(async () => {
  await Promise.all([browser.close(), server.dispose(), site.dispose(), rm(folder, { recursive: true })]);
});

test(
  'it is shown as it was written, to visitor and agent, and nothing runs',
  { timeout: 90_000 },
  async () => {
    const stranger = await knownVisitor();
    const visitor = await Person.open(
      await browser.createBrowserContext(),
      `${site.url}/?q=${encodeURIComponent(image('query'))}#javascript:__xss='hash'`,
    );
    await visitorWrites(visitor);
    const agent = await agentSignsIn();
    await agentSeesTheStranger(agent);
    await agentWrites(agent, visitor);
    await surveyAndInsights(agent, visitor);
    for (const person of [visitor, agent]) assert.deepEqual(person.complaints, []);
    stranger.socket.close();
    await servesOthers(server);
  },
);

/** What only a host page can tell: name, contact, attributes, an address that is a script. */
async function knownVisitor(): Promise<Wire> {
  const stranger = await Wire.withToken(server, jwt({ sub: 'mallory', name: image('visitor name') }));
  await stranger.begins(hostile('words of a stranger'), {
    page: { url: "javascript:__xss='page'", title: hostile('title of a stranger') },
    attributes: { [image('attribute')]: hostile('value') },
  });
  const contact = { name: image('contact'), email: image('email'), phone: image('phone') };
  assert.equal((await stranger.give('context.update', { contact })).type, 'ack');
  assert.equal((await stranger.give('handoff.request', {})).type, 'ack');
  return stranger;
}

async function visitorWrites(visitor: Person): Promise<void> {
  await visitor.click('button', 'Open chat');
  await visitor.say('Message', 'How do I clean a lamp?');
  await visitor.reads('Use lemon juice');
  await visitor.reads('Did this solve it?');
  await isInert(visitor);
  await visitor.click('button', /How do I clean a lamp\?/);
  await visitor.find('heading', /Then/);
  await isInert(visitor);
  await visitor.page.keyboard.press('Escape');
  await visitor.say('Message', hostile('message'));
  await shows(visitor, 'message');
  await visitor.chooseFile(join(folder, `${image('file')}.png`));
  await visitor.seesImage(image('file'));
  await isInert(visitor);
  await visitor.say('Message', 'I want to talk to a person');
  await visitor.reads(/Passed on to our team/);
}

async function agentSignsIn(): Promise<Person> {
  const agent = await Person.open(await browser.createBrowserContext(), server.signInUrl);
  await (await agent.find('textbox', /name/i)).type(image('agent'));
  await agent.click('button', 'Sign in');
  await agent.reads('Waiting');
  return agent;
}

async function agentSeesTheStranger(agent: Person): Promise<void> {
  await shows(agent, 'visitor name');
  await agent.click('option', /visitor name/);
  await shows(
    agent,
    'words of a stranger',
    'title of a stranger',
    'attribute',
    'value',
    'contact',
    'email',
    'phone',
  );
}

async function agentWrites(agent: Person, visitor: Person): Promise<void> {
  await agent.click('option', /Visitor/);
  await shows(agent, 'message', 'page title', 'file');
  await agent.click('button', 'Take over');
  await visitor.reads('joined');
  await shows(visitor, 'agent');
  await agent.say(/^Reply to/, hostile('reply'));
  await shows(visitor, 'reply');
  await agent.click('radio', 'Note');
  await agent.say(/^Internal note/, hostile('note'));
  await shows(agent, 'reply', 'note');
  await agent.click('radio', 'Reply');
  await agent.click('button', 'Insert a canned reply');
  await agent.click('button', 'Edit canned replies');
  await (await agent.find('textbox', 'Title')).type(image('canned title'));
  await (await agent.find('textbox', 'Text')).type(hostile('canned text'));
  await agent.click('button', 'Save');
  await agent.click('button', 'Insert a canned reply');
  await shows(agent, 'canned title');
  await agent.click('option', /canned title/);
  await (await agent.find('textbox', /^Reply to/)).focus();
  await agent.page.keyboard.press('Enter');
  await shows(visitor, 'canned text');
  assert.equal(await visitor.count("'note'"), 0);
}

async function surveyAndInsights(agent: Person, visitor: Person): Promise<void> {
  await agent.click('button', 'Close');
  await visitor.click('radio', 'Satisfied');
  await (await visitor.find('textbox', /Anything you want to add/)).type(hostile('comment'));
  await visitor.click('button', 'Send rating');
  await visitor.reads('Thank you for your rating.');
  await shows(agent, 'comment');
  await agent.click('button', 'Insights');
  await shows(agent, 'message');
}

/** The fields can be read letter by letter, and have become nothing but text. */
async function shows(person: Person, ...fields: string[]): Promise<void> {
  for (const field of fields) await person.reads(image(field), undefined, true);
  await isInert(person);
}

async function isInert(person: Person): Promise<void> {
  const found = await person.page.evaluate(() => {
    const all = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot ? all(element.shadowRoot) : []),
      ]);
    const live = all(document).filter(
      (element) =>
        (element.localName === 'script' && element.textContent.includes('__xss')) ||
        element.getAttribute('src') === 'x' ||
        [...element.attributes].some(
          ({ name, value }) => name.startsWith('on') || /^\s*javascript:/i.test(value),
        ),
    );
    const ran = (globalThis as { __xss?: string }).__xss;
    return [...live.map(({ outerHTML }) => outerHTML), ...(ran === undefined ? [] : [`ran: ${ran}`])];
  });
  assert.deepEqual(found, []);
}
