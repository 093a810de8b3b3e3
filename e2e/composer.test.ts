/*
 * What a visitor does with messages and in the composer, against the real server: a draft through a reload, a quote, an edit, a reaction, a deletion,
 * an upload that is stopped, a recording, and a search that finds what only the server still has. An agent's wire sees each arrive once.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { LogEvent } from '@sahay/protocol';
import type { Browser, ElementHandle } from 'puppeteer-core';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { HostSite } from './testing/host-site.ts';
import { Wire } from './testing/wire.ts';

declare function __deepText(root: Node): string;

let browser: Browser;
let server: DemoServer;
let site: HostSite;
let agent: Wire;
before(async () => {
  site = await HostSite.start(
    () => `<script type="module" src="${server.url}/sahay.js" data-locale="en"></script>`,
    { title: 'Shop' },
  );
  // A microphone that hears a beep each second.
  browser = await launchBrowser('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
  server = await DemoServer.start('--allow-origin', site.url);
  agent = await Wire.agent(server, 'Rina');
});
after(async () => {
  agent.socket.close();
  await Promise.all([browser.close(), server.dispose(), site.dispose()]);
});

/** Opens the menu of the last message with these words that the server has, and chooses an entry. */
async function choose(visitor: Person, text: string, entry: string): Promise<void> {
  const button = (await visitor.page.waitForFunction(
    (words) => {
      const all = (root: ParentNode): HTMLElement[] => [
        ...root.querySelectorAll<HTMLElement>('.row:not(.pending, .unsaved)'),
        ...[...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? all(one.shadowRoot) : [])),
      ];
      return all(document)
        .findLast((row) => row.querySelector('.bubble')?.textContent.includes(words))
        ?.querySelector<HTMLElement>('.act');
    },
    { timeout: 20_000, polling: 100 },
    text,
  )) as ElementHandle<HTMLElement>;
  await button.evaluate((one) => one.click());
  await visitor.click(entry.length < 3 ? 'menuitemcheckbox' : 'menuitem', entry);
}

async function heard(agent: Wire, type: LogEvent['type']): Promise<LogEvent> {
  const { event } = await agent.socket.next('event', (frame) => frame.event.type === type);
  return event;
}

test('a visitor answers, edits, reacts, deletes, finds and is heard', { timeout: 180_000 }, async () => {
  const visitor = await Person.open(await browser.createBrowserContext(), site.url);
  await visitor.click('button', 'Open chat');
  await visitor.say('Message', 'I want to talk to a person');
  await visitor.reads('You are next.');
  const { snapshot } = await agent.socket.subscribe('inbox:default');
  assert.equal(snapshot?.kind, 'inbox');
  const id = snapshot.entries[0]!.conversationId;
  await agent.give('assignment.accept', {}, id);
  await agent.socket.subscribe(`conversation:${id}:public`);
  await agent.says('Which lamp is it?', id);
  await visitor.reads('Which lamp is it?');

  await choose(visitor, 'Which lamp', 'Reply');
  await visitor.reads('Reply to Rina');
  await visitor.say('Message', 'The bleu one');
  const answer = await agent.socket.next(
    'event',
    ({ event }) => event.type === 'message.created' && JSON.stringify(event.data).includes('bleu'),
  );
  const { message } = answer.event.data as {
    message: { replyTo?: string; parts: { type: string; text: string }[] };
  };
  assert.deepEqual(
    message.parts.map(({ type, text }) => [type, text]),
    [
      ['quote', 'Which lamp is it?'],
      ['text', 'The bleu one'],
    ],
  );
  assert.ok(message.replyTo);

  await choose(visitor, 'The bleu one', 'Edit');
  const box = await visitor.find('textbox', 'Message');
  await box.evaluate((field) => {
    (field as HTMLTextAreaElement).value = 'The blue one';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  });
  await box.press('Enter');
  await heard(agent, 'message.edited');
  await visitor.reads('Edited');
  assert.equal(await visitor.count('bleu'), 0);

  await choose(visitor, 'Which lamp', '👍');
  await heard(agent, 'message.reaction_changed');
  await visitor.say('Message', 'My card is 4111 1111 1111 1111');
  await visitor.reads('This looks like a card number. Mask it, or send once more');
  await visitor.click('button', 'Mask it');
  await visitor.page.keyboard.press('Enter');
  await visitor.reads('•••• •••• •••• 1111');
  await choose(visitor, '1111', 'Delete');
  await visitor.click('menuitem', 'Delete for everyone?');
  await heard(agent, 'message.deleted');
  await visitor.reads('This message was deleted');

  for (let index = 0; index < 70; index++) await agent.says(`Line ${index} of a long answer`, id);
  await visitor.reads('Line 69 of');
  await (await visitor.find('textbox', 'Message')).type('unfinished thou');
  await visitor.page.reload({ waitUntil: 'load' });
  await visitor.click('button', /Open chat/);
  await visitor.reads('Line 69 of');
  const field = await visitor.find('textbox', 'Message');
  await visitor.page.waitForFunction(
    (one) => (one as HTMLTextAreaElement).value === 'unfinished thou',
    { timeout: 30_000 },
    field,
  );

  await visitor.click('button', 'More');
  await visitor.click('menuitem', 'Search this conversation');
  await (await visitor.find('searchbox', 'Search this conversation')).type('blue one');
  await visitor.reads('1 of 1');
  await visitor.reads('The blue one');
  assert.deepEqual(visitor.complaints, []);
});

/** The player in what was said. */
const playerOf = (person: Person): Promise<ElementHandle<HTMLAudioElement>> =>
  person.page.waitForSelector('>>> .audio audio', { timeout: 30_000 }) as Promise<
    ElementHandle<HTMLAudioElement>
  >;

test('an upload over a slow line shows how far it is, and is stopped', { timeout: 180_000 }, async () => {
  const context = await browser.createBrowserContext();
  const visitor = await Person.open(context, site.url);
  await visitor.click('button', 'Open chat');
  await visitor.say('Message', 'There is a file coming');
  await visitor.reads('There is a file coming');
  const line = await visitor.page.createCDPSession();
  await line.send('Network.enable');
  const speed = (uploadThroughput: number) =>
    line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await speed(50_000);
  const path = join(server.dataFolder, 'lamps.txt');
  await writeFile(path, 'A lamp. '.repeat(400_000));
  await visitor.chooseFile(path);
  await visitor.reads(/Uploading lamps\.txt: [1-9]\d?%/, 60_000);
  await visitor.click('button', 'Remove lamps.txt');
  await visitor.page.waitForFunction(() => !__deepText(document.body).includes('lamps.txt'), {
    timeout: 30_000,
    polling: 100,
  });
  await speed(-1);
  await writeFile(path, 'A lamp.');
  await visitor.chooseFile(path);
  await visitor.reads(/lamps\.txt 7 bytes?/);
  assert.equal(await visitor.count('lamps.txt'), 1);
  assert.deepEqual(visitor.complaints, []);
  await context.close();
});

test(
  'a visitor records a message, hears it first, and the agent hears it',
  { timeout: 180_000 },
  async () => {
    const visitor = await Person.open(await browser.createBrowserContext(), site.url);
    await visitor.click('button', 'Open chat');
    await visitor.say('Message', 'I would rather tell you a person');
    await visitor.reads('I would rather tell you a person');
    await visitor.page.bringToFront();
    await visitor.click('button', 'Record a voice message');
    const level = await visitor.page.waitForSelector('>>> .recorder .level', { timeout: 30_000 });
    await visitor.page.waitForFunction(
      // It grows with what is heard; at rest it has four fifths of its size.
      (one) => Number(getComputedStyle(one as HTMLElement).scale) > 0.82,
      { timeout: 30_000, polling: 50 },
      level!,
    );
    await visitor.click('button', 'Discard the recording');
    await visitor.find('button', 'Record a voice message');
    await visitor.click('button', 'Record a voice message');
    await visitor.reads(/0:0[1-9]/);
    await visitor.click('button', 'Stop and listen');
    const draft = await visitor.page.waitForSelector('>>> .recorder audio', { timeout: 30_000 });
    await hear(visitor, draft as ElementHandle<HTMLAudioElement>);
    await visitor.click('button', 'Send the recording');
    await visitor.reads(/Voice message\.(m4a|webm|ogg)/);
    await hear(visitor, await playerOf(visitor));

    const desk = await Person.open(await browser.createBrowserContext(), await agent.invites('Mina'));
    await (await desk.find('textbox', /name/i)).type('Mina');
    await desk.click('button', 'Sign in');
    await desk.click('tab', /^All open/);
    await desk.click('option', /Visitor/);
    await desk.reads('I would rather tell you a person');
    await desk.reads(/Voice message\.(m4a|webm|ogg)/);
    await hear(desk, await playerOf(desk));
    assert.deepEqual(visitor.complaints, []);
    assert.deepEqual(desk.complaints, []);
  },
);

/** Plays it from the beginning until time has passed in it. */
async function hear(person: Person, audio: ElementHandle<HTMLAudioElement>): Promise<void> {
  const state = (): Promise<string> =>
    audio.evaluate(({ src, error, readyState, currentTime }) =>
      JSON.stringify({ src, error: error?.message, readyState, currentTime }),
    );
  await person.page
    .waitForFunction(
      (one) => {
        const player = one;
        player.muted = true;
        // Where its address is still on its way, it is tried again.
        if (player.paused && player.src) player.play().catch(() => undefined);
        return player.currentTime > 0.3 && !player.error;
      },
      { timeout: 30_000, polling: 50 },
      audio,
    )
    .catch(async (cause: unknown) => {
      throw new Error(`It does not play: ${await state()}`, { cause });
    });
}
