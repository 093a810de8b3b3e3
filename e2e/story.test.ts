/*
 * The whole story in real browsers: a visitor asks, the bot answers and cites, she says it did not help, a person takes
 * over, the server is killed in the middle, the person answers and sends an image, closes; she rates; the insights show it.
 * Once with visitor and agent in contexts of their own and the widget on somebody else's site, once as two tabs of one profile.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext } from 'puppeteer-core';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { HostSite } from './testing/host-site.ts';
import { smallPng } from './testing/small-png.ts';

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

describe('the story, on a site of another origin', { timeout: 180_000 }, () => {
  let site: HostSite;
  let server: DemoServer;
  before(async () => {
    site = await HostSite.start(
      () => `<script type="module" src="${server.url}/sahay.js" data-locale="en"></script>`,
    );
    server = await DemoServer.start('--allow-origin', site.url);
  });
  after(async () => {
    await server.dispose();
    await site.dispose();
  });
  test('visitor and agent in contexts of their own', async () => {
    const [ours, theirs] = [await browser.createBrowserContext(), await browser.createBrowserContext()];
    await story(server, site.url, theirs, ours);
    await ours.close();
    await theirs.close();
  });
});

describe('the story, on our own page', { timeout: 180_000 }, () => {
  let server: DemoServer;
  before(async () => {
    server = await DemoServer.start();
  });
  after(() => server.dispose());
  test('visitor and agent as two tabs of one profile', async () => {
    const context = await browser.createBrowserContext();
    await story(server, `${server.url}/`, context, context);
    await context.close();
  });
});

async function story(
  server: DemoServer,
  page: string,
  visitorContext: BrowserContext,
  agentContext: BrowserContext,
) {
  const visitor = await Person.open(visitorContext, page);
  await asksAndIsAnswered(visitor);
  await saysItDidNotHelp(visitor);

  const agent = await signsIn(server, agentContext);
  await takesOver(agent);
  await visitor.reads('Rina joined');
  await visitor.reads(/\bRead\b/, undefined, true);
  await typingIsSeen(visitor, agent);

  await server.kill();
  await visitor.say('Message', 'Are you still there?');
  await visitor.reads('Are you still there?');
  await server.launch();
  await agent.reads('Are you still there?');
  await agent.say(/^Reply to/, 'Here I am again. Set the accent colour.');
  await visitor.reads('Here I am again.');
  await agent.reads('Read', undefined, true);

  await sendsAnImage(server, agent, visitor);
  await isThereOnceEverywhere(visitor, visitorContext, page);
  await closesAndIsRated(visitor, agent);
  await insightsShowIt(agent);
  assert.deepEqual(visitor.complaints, []);
  assert.deepEqual(agent.complaints, []);
}

async function asksAndIsAnswered(visitor: Person) {
  await visitor.click('button', 'Open chat');
  await visitor.reads('bring in a person');
  await visitor.say('Message', 'How do I change the colours of the chat?');
  await visitor.reads('--sahay-accent');
  await visitor.reads('Did this solve it?');
  await visitor.click('button', /How do I change the colours of the chat\?/);
  await visitor.find('heading', 'How do I change the colours of the chat?');
  await visitor.page.keyboard.press('Escape');
}

async function saysItDidNotHelp(visitor: Person) {
  await visitor.click('button', 'No');
  await visitor.reads(/Nobody is here right now/);
  await visitor.page.reload({ waitUntil: 'load' });
  await visitor.click('button', /^Open chat/);
  await visitor.reads('How do I change the colours of the chat?');
}

async function signsIn(server: DemoServer, context: BrowserContext): Promise<Person> {
  const agent = await Person.open(context, server.signInUrl);
  await (await agent.find('textbox', /name/i)).type('Rina');
  await agent.click('button', 'Sign in');
  await agent.reads('Waiting');
  return agent;
}

async function takesOver(agent: Person) {
  await agent.reads('The answer did not help');
  await agent.click('option', /Visitor/);
  await agent.reads('--sahay-accent');
  await agent.click('button', 'Take over');
  await agent.find('textbox', /^Reply to/);
}

async function typingIsSeen(visitor: Person, agent: Person) {
  await (await agent.find('textbox', /^Reply to/)).type('Hel');
  await visitor.reads('Rina is typing', undefined, true);
  await (await visitor.find('textbox', 'Message')).type('Wai');
  await agent.reads(/is typing/, undefined, true);
  for (const [person, field] of [
    [agent, /^Reply to/],
    [visitor, 'Message'],
  ] as const) {
    await (await person.find('textbox', field)).click({ count: 3 });
    await person.page.keyboard.press('Backspace');
  }
}

async function sendsAnImage(server: DemoServer, agent: Person, visitor: Person) {
  const path = join(server.dataFolder, 'lamp.png');
  await writeFile(path, smallPng);
  await agent.chooseFile(path);
  await visitor.seesImage('lamp.png');
}

/** Reloaded, and in a second tab: everything once, in order. */
async function isThereOnceEverywhere(visitor: Person, context: BrowserContext, page: string) {
  const second = await Person.open(context, page);
  await visitor.page.reload({ waitUntil: 'load' });
  for (const person of [visitor, second]) {
    await person.click('button', /^Open chat/);
    await person.reads('Here I am again.');
    const order = [
      'bring in a person',
      '--sahay-accent',
      'Rina joined',
      'Are you still there?',
      'Here I am again.',
    ];
    for (const words of order) await person.reads(words, undefined, false, 'sahay-bubble');
    const text = await person.text('sahay-bubble');
    const places = order.map((words) => text.indexOf(words));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
      `out of order: ${text}`,
    );
    for (const words of ['Are you still there?', 'Here I am again.'])
      assert.equal(await person.count(words, 'sahay-bubble'), 1, `"${words}" stands more or less than once`);
  }
  await second.page.close();
}

async function closesAndIsRated(visitor: Person, agent: Person) {
  await agent.click('button', 'Close');
  await visitor.reads('How satisfied are you with our help?');
  await visitor.page.reload({ waitUntil: 'load' });
  await visitor.click('button', /^Open chat/);
  await visitor.reads('How satisfied are you with our help?');
  await visitor.click('radio', 'Satisfied');
  await (await visitor.find('textbox', /Anything you want to add/)).type('Kind and quick');
  await visitor.click('button', 'Send rating');
  await visitor.reads('Thank you for your rating.');
}

async function insightsShowIt(agent: Person) {
  await agent.click('button', 'Insights');
  await agent.reads('How do I change the colours of the chat?');
  await agent.reads(/\b4([.,]0)?\b/);
}
