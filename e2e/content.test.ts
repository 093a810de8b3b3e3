/*
 * What a person who answers can send beside words, against the real server: a form with its checks, a tool that waits for leave, cards. The
 * visitor uses them in her window on another origin; the answers arrive once, and are there after a reload.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { LogEvent, Part } from '@sahay/protocol';
import type { Browser } from 'puppeteer-core';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { HostSite } from './testing/host-site.ts';
import { Wire } from './testing/wire.ts';

let browser: Browser;
let server: DemoServer;
let site: HostSite;
let signedIn: Promise<Wire> | undefined;
/** The link to sign in with can be used once. */
const rina = (): Promise<Wire> => (signedIn ??= Wire.agent(server, 'Rina'));
before(async () => {
  site = await HostSite.start(
    () => `<script type="module" src="${server.url}/sahay.js" data-locale="en"></script>`,
    { title: 'Shop' },
  );
  browser = await launchBrowser();
  server = await DemoServer.start('--allow-origin', site.url);
});
after(async () => {
  (await signedIn)?.socket.close();
  await Promise.all([browser.close(), server.dispose(), site.dispose()]);
});

const parts: Part[] = [
  {
    partId: 'form',
    type: 'form',
    title: 'Return a lamp',
    fields: [
      { name: 'email', label: 'Your e-mail', kind: 'email', required: true },
      { name: 'reason', label: 'What is wrong with it', kind: 'textarea' },
    ],
    submitLabel: 'Send the return',
  },
  {
    partId: 'tool',
    type: 'tool_status',
    toolCallId: 'call',
    name: 'refund',
    label: 'Refund 20 €',
    state: 'waiting_approval',
  },
  {
    partId: 'card',
    type: 'card',
    card: { title: 'Desk lamp', actions: [{ id: 'hold', label: 'Hold one for me', kind: 'action' }] },
  },
];

test('a form, a tool and a card do what they say, once', { timeout: 120_000 }, async () => {
  const visitor = await Person.open(await browser.createBrowserContext(), site.url);
  await visitor.click('button', 'Open chat');
  await visitor.say('Message', 'I want to talk to a person');
  await visitor.reads(/Passed on to our team/);
  const agent = await rina();
  const { snapshot } = await agent.socket.subscribe('inbox:default');
  assert.equal(snapshot?.kind, 'inbox');
  const id = snapshot.entries[0]!.conversationId;
  assert.equal((await agent.give('assignment.accept', {}, id)).type, 'ack');
  await agent.socket.subscribe(`conversation:${id}:public`);
  assert.equal((await agent.give('message.send', { clientMessageId: randomUUID(), parts }, id)).type, 'ack');

  await visitor.reads('Return a lamp');
  await visitor.click('button', 'Send the return');
  await visitor.reads('1 field is not right yet');
  await (await visitor.find('textbox', /Your e-mail/)).type('mina@shop.example');
  await visitor.click('button', 'Send the return');
  await visitor.reads('was sent.');
  await visitor.click('button', 'Approve');
  await visitor.click('button', 'Hold one for me');

  const events = await heard(agent, 3);
  const submitted = events.filter(({ type }) => type === 'form.submitted').map(({ data }) => data);
  assert.equal(submitted.length, 1);
  assert.deepEqual((submitted[0] as { values: object }).values, { email: 'mina@shop.example' });
  const invoked = events
    .filter(({ type }) => type === 'action.invoked')
    .map(({ data }) => data as { actionId: string });
  assert.deepEqual(invoked.map(({ actionId }) => actionId).sort(), ['approve', 'hold']);

  await visitor.page.reload();
  await visitor.click('button', /Open chat/);
  await visitor.reads('mina@shop.example');
  assert.equal(await visitor.count('Send the return'), 0);
  assert.deepEqual(visitor.complaints, []);
});

test(
  'an answer that did not help says so, with a reason, and both are in the log',
  { timeout: 90_000 },
  async () => {
    const visitor = await Person.open(await browser.createBrowserContext(), site.url);
    await visitor.click('button', 'Open chat');
    await visitor.say('Message', 'How do I change the colours of the chat?');
    await visitor.reads('Did this solve it?');
    await visitor.click('button', 'No');
    await visitor.click('button', 'Something is missing');
    await visitor.reads('This helps us answer better.');
    await visitor.page.reload();
    await visitor.click('button', /Open chat/);
    await visitor.reads('This helps us answer better.');
    assert.deepEqual(visitor.complaints, []);
  },
);

test(
  'a model is shown by its viewer under a strict policy, fetched when it is asked for',
  { timeout: 90_000 },
  async () => {
    const { page } = await Person.open(await browser.createBrowserContext(), `${server.url}/demo/gallery/`);
    const fetched = () =>
      page.evaluate(() =>
        performance.getEntriesByType('resource').some(({ name }) => /model-viewer/.test(name)),
      );
    const button = await page.waitForSelector('>>> .model button');
    assert.equal(await fetched(), false);
    await button!.evaluate((node) => (node as HTMLElement).click());
    const viewer = await page.waitForSelector('>>> .model:not(.coming) model-viewer', { timeout: 60_000 });
    assert.equal(await fetched(), true);
    // What the viewer brings as inline styles sizes what it draws on.
    const [wide, drawn] = await viewer!.evaluate((node) => [
      node.getBoundingClientRect().width,
      node.shadowRoot!.querySelector('canvas')!.getBoundingClientRect().width,
    ]);
    assert.ok(wide! > 200 && Math.abs(wide! - drawn!) < 2, `${drawn} of ${wide} px`);
  },
);

test(
  'an agent sends a form and a survey from beside the reply box, and reads the answers',
  { timeout: 120_000 },
  async () => {
    const visitor = await Person.open(await browser.createBrowserContext(), site.url);
    await visitor.click('button', 'Open chat');
    await visitor.say('Message', 'I want to talk to a person');
    await visitor.reads(/Passed on to our team/);
    const agent = await Person.open(
      await browser.createBrowserContext(),
      await (await rina()).invites('Mina'),
    );
    await (await agent.find('textbox', /name/i)).type('Mina');
    await agent.click('button', 'Sign in');
    await agent.click('option', /Asked for a person/);
    await agent.click('button', 'Take over');
    await agent.click('button', 'Send a card, replies, a form or a survey');
    await agent.click('radio', 'Form');
    await (await agent.find('textbox', 'Title')).type('Where to write to');
    await agent.click('button', 'Send to the visitor');
    await visitor.reads('Where to write to');
    const email = await visitor.find('textbox', /Your e-mail/);
    await email.type('mina@shop.example');
    await email.press('Enter');
    await visitor.reads('was sent.');
    await agent.reads('mina@shop.example');

    await agent.click('button', 'Send a card, replies, a form or a survey');
    await agent.click('radio', 'Survey');
    await agent.click('button', 'Send to the visitor');
    await visitor.click('radio', 'Satisfied');
    await visitor.click('button', 'Send rating');
    await visitor.reads('Thank you for your rating.');
    await agent.reads('Satisfied');
    await visitor.page.reload();
    await visitor.click('button', /Open chat/);
    await visitor.reads('Thank you for your rating.');
    assert.equal(await visitor.count('Send rating'), 0);
    assert.deepEqual([...visitor.complaints, ...agent.complaints], []);
  },
);

test(
  'a search is answered by the server, and only what it leads to is fetched',
  { timeout: 120_000 },
  async () => {
    const visitor = await Person.open(await browser.createBrowserContext(), site.url);
    await visitor.click('button', 'Open chat');
    await visitor.say('Message', 'I want to talk to a person about my green umbrella');
    await visitor.reads(/Passed on to our team/);
    const id = await visitor.page.evaluate(() => {
      const window = document.querySelector('sahay-bubble')!.shadowRoot!.querySelector('sahay-chat');
      return (window as unknown as { conversation: { id: string } }).conversation.id;
    });
    const agent = await rina();
    assert.equal((await agent.give('assignment.accept', {}, id)).type, 'ack');
    for (let n = 0; n < 95; n++) {
      const text: Part = { partId: 'p', type: 'text', text: `Line ${n}` };
      const reply = await agent.give('message.send', { clientMessageId: randomUUID(), parts: [text] }, id);
      assert.equal(reply.type, 'ack');
    }
    const asked: string[] = [];
    visitor.page.on('request', (request) => {
      // A page of another origin asks for leave first.
      if (request.method() === 'GET') asked.push(new URL(request.url()).pathname.split('/').at(-1)!);
    });
    await visitor.page.reload();
    await visitor.click('button', /Open chat/);
    await visitor.reads('Line 94');
    await visitor.click('button', 'More');
    await visitor.click('menuitem', 'Search this conversation');
    await (await visitor.find('searchbox', 'Search this conversation')).type('UMBRELLA');
    await visitor.reads('1 of 1');
    await visitor.reads('about my green umbrella');
    const of = (name: string): number => asked.filter((one) => one === name).length;
    // Who types slowly searches more than once.
    assert.ok(of('search') >= 1);
    assert.equal(of('messages'), 1, 'one page, wherever it is');
    // What lies between it and the end comes as it is scrolled to.
    await visitor.page.keyboard.press('Escape');
    const shows = (line: string): Promise<boolean> =>
      visitor.page.evaluate((words) => {
        const window = document.querySelector('sahay-bubble')!.shadowRoot!.querySelector('sahay-chat')!;
        const { shadowRoot } = window.shadowRoot!.querySelector('sahay-message-list')!;
        const scroller = shadowRoot!.querySelector('.scroller')!;
        scroller.querySelector('.gap')?.scrollIntoView({ block: 'end' });
        return scroller.textContent.includes(words);
      }, line);
    for (const line of ['Line 20', 'Line 30', 'Line 40', 'Line 94'])
      for (const deadline = Date.now() + 40_000; !(await shows(line));)
        assert.ok(Date.now() < deadline, `${line} never came`);
    assert.ok(of('messages') <= 4, `${of('messages')} pages`);
    assert.deepEqual(visitor.complaints, []);
  },
);

/** The answers in the log of the conversation, once there are so many. */
async function heard(agent: Wire, count: number): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  while (events.length < count) {
    const { event } = await agent.socket.next('event', ({ event: { type } }) =>
      /^(?:form|action)\./.test(type),
    );
    events.push(event);
  }
  return events;
}
