/*
 * Bad input and bad luck, in real browsers against what `npm start` runs: messages that are nothing or too much, a network
 * that is gone, a tab that is closed too soon, articles and files that are broken. Each: clear words, nothing lost, the process alive.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Browser, BrowserContext } from 'puppeteer-core';
import { launchBrowser, Person } from './testing/browser.ts';
import { DemoServer } from './testing/demo-server.ts';
import { smallPng } from './testing/small-png.ts';
import { servesOthers, Wire } from './testing/wire.ts';

const bubble = 'sahay-bubble';
let browser: Browser;
let server: DemoServer;
let folder: string;
let agent: Wire;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sahay-bad-'));
  [browser, server] = await Promise.all([launchBrowser(), DemoServer.start()]);
  agent = await Wire.agent(server, 'Rina');
});
after(async () => {
  await Promise.all([browser.close(), server.dispose(), rm(folder, { recursive: true })]);
});

/** A visitor of her own browser, with the window open. */
async function visits(context: BrowserContext, url = `${server.url}/`): Promise<Person> {
  const visitor = await Person.open(context, url);
  await visitor.click('button', /^Open chat/);
  await visitor.find('textbox', 'Message');
  return visitor;
}

const written = async (person: Person): Promise<string> =>
  (await person.find('textbox', 'Message')).evaluate((field) => (field as HTMLTextAreaElement).value);

/** Puts the text into the field as a paste does, and presses Enter. */
async function pastes(person: Person, text: string): Promise<void> {
  await (await person.find('textbox', 'Message')).focus();
  await person.page.keyboard.sendCharacter(text);
  await person.page.keyboard.press('Enter');
}

describe('messages', { timeout: 60_000 }, () => {
  let context: BrowserContext;
  before(async () => {
    context = await browser.createBrowserContext();
  });
  afterEach(() => servesOthers(server));
  after(() => context.close());

  test('nothing, and nothing but spaces, is not sent, and the button says why', async () => {
    const before = await agent.linesWith('');
    const visitor = await visits(context);
    for (const text of ['', ' \n\t ', '\u200b\u2060']) {
      await visitor.page.keyboard.down('Shift');
      await pastes(visitor, text).finally(() => visitor.page.keyboard.up('Shift'));
      await visitor.page.keyboard.press('Enter');
    }
    const button = await visitor.find('button', 'Send');
    assert.equal(await button.evaluate((node) => node.title), 'Write something first');
    assert.deepEqual(await agent.linesWith(''), before);
    await visitor.page.close();
  });

  test('100,000 characters stay in the field, with words on how many are too many; shortened, they arrive', async () => {
    const visitor = await visits(context);
    const long = 'All work and no play. '.repeat(4546).slice(0, 100_000);
    await pastes(visitor, long);
    await visitor.reads('84,000 characters too many');
    assert.equal(await written(visitor), long);
    assert.ok(
      await (await visitor.find('button', 'Send')).evaluate((node) => (node as HTMLButtonElement).disabled),
    );
    const field = await visitor.find('textbox', 'Message');
    await field.evaluate((node) => (node as HTMLTextAreaElement).setSelectionRange(15_990, 100_000));
    await pastes(visitor, ' The end.');
    await visitor.reads('The end.');
    await visitor.reads(/The end\..*(Sent|Delivered|Read)/, undefined, true);
    assert.equal(await written(visitor), '');
    await visitor.page.close();
  });

  test('one written offline, and the tab closed before it left, arrives once from the next tab', async () => {
    const visitor = await visits(context);
    await visitor.say('Message', 'Before the tunnel');
    await visitor.reads(/Before the tunnel.*(Sent|Delivered|Read)/, undefined, true);
    await visitor.page.setOfflineMode(true);
    await visitor.reads('You are offline. Messages are sent when you are back.');
    await visitor.say('Message', 'In the tunnel');
    await visitor.reads(/In the tunnel.*Sending/, undefined, true);
    await visitor.page.close();
    assert.deepEqual(await agent.linesWith('In the tunnel'), []);

    const next = await visits(context);
    await next.reads(/In the tunnel.*(Sent|Delivered|Read)/, undefined, true);
    assert.equal(await next.count('In the tunnel', bubble), 1);
    assert.deepEqual(await agent.linesWith('In the tunnel'), ['visitor: In the tunnel']);
    await next.page.close();
  });

  test('a first one, written while the server is down, and the tab closed, arrives once from the next tab', async () => {
    const fresh = await browser.createBrowserContext();
    const visitor = await visits(fresh);
    // The server brings the scripts too: what the window fetches once it is open must have come.
    await visitor.page.waitForNetworkIdle();
    await server.kill();
    await visitor.say('Message', 'Is anybody there?');
    await visitor.reads(/Is anybody there\?.*Sending/, undefined, true);
    await visitor.reads('We keep trying.');
    await visitor.page.close();
    await server.launch();

    const next = await visits(fresh);
    await next.reads(/Is anybody there\?.*(Sent|Delivered|Read)/, undefined, true);
    agent = await Wire.agent(server, 'Rina');
    assert.deepEqual(await agent.linesWith('Is anybody there?'), ['visitor: Is anybody there?']);
    assert.equal(await next.count('Is anybody there?', bubble), 1);
    await fresh.close();
  });

  test('two tabs that send at once: everything is there, once, in the same order in both', async () => {
    const fresh = await browser.createBrowserContext();
    const one = await visits(fresh);
    await one.say('Message', 'The first of all');
    await one.reads(/The first of all.*(Sent|Delivered|Read)/, undefined, true);
    const two = await visits(fresh);
    await two.reads('The first of all');
    const words = (tab: string) => [1, 2, 3, 4].map((n) => `[${tab}${n}]`);
    const sends = async (person: Person, texts: string[]) => {
      for (const text of texts) await person.say('Message', text);
    };
    await Promise.all([sends(one, words('a')), sends(two, words('b'))]);
    const all = [...words('a'), ...words('b')];
    for (const person of [one, two]) for (const text of all) await person.reads(text);
    // A tab shows what its neighbour took before the server has it.
    let said: string[] = [];
    for (const until = Date.now() + 30_000; said.length < all.length && Date.now() < until;)
      said = (await agent.linesWith('[')).map((line) => line.replace('visitor: ', ''));
    assert.deepEqual([...said].sort(), all);
    for (const tab of ['a', 'b'])
      assert.deepEqual(
        said.filter((text) => text.startsWith(`[${tab}`)),
        words(tab),
      );
    for (const person of [one, two]) {
      const seen = async () => (await person.text(bubble)).match(/\[[ab]\d\]/g);
      await person.page
        .waitForFunction(inThisOrder, { polling: 100, timeout: 10_000 }, said)
        .catch(() => undefined);
      assert.deepEqual(await seen(), said);
    }
    await fresh.close();
  });

  test('a file that lies about its type is refused in words, and nothing of it is kept', async () => {
    const visitor = await visits(context);
    await visitor.say('Message', 'Here is a picture');
    const lies = {
      'holiday.png': '<!doctype html><script>window.__xss = 1</script>',
      'lamp.jpg': '<svg xmlns="http://www.w3.org/2000/svg" onload="window.__xss = 1"/>',
    };
    for (const [name, content] of Object.entries(lies)) {
      await writeFile(join(folder, name), content);
      await visitor.chooseFile(join(folder, name));
      await visitor.reads(`${name} cannot be sent. These types can: PNG`);
    }
    await writeFile(join(folder, 'true.png'), smallPng);
    await visitor.chooseFile(join(folder, 'true.png'));
    await visitor.seesImage('true.png');
    assert.equal(await visitor.count('holiday.png', 'sahay-message-list'), 0);
    assert.deepEqual(await agent.linesWith('holiday'), []);
    await visitor.page.close();
  });
});

/** Runs in the page. */
function inThisOrder(said: string[]): boolean {
  const reader = globalThis as unknown as { __deepText(root: Node): string };
  const seen = reader.__deepText(document.querySelector('sahay-bubble')!).match(/\[[ab]\d\]/g);
  return JSON.stringify(seen) === JSON.stringify(said);
}

describe('the knowledge base', { timeout: 60_000 }, () => {
  test('an article with broken front matter is named with file and line, and is served all the same', async () => {
    const articles = join(folder, 'articles');
    await mkdir(join(articles, 'en'), { recursive: true });
    await writeFile(
      join(articles, 'en', 'lamps.md'),
      '---\ntitle: How do I clean a brass lamp?\ntags: [brass, lamp\nauthor: "Mina\n---\n\nWipe it with lemon juice and a soft cloth.\n',
    );
    await writeFile(
      join(articles, 'en', 'open.md'),
      '---\ntitle: Where do you ship to?\n\nWe ship lamps to Sylhet.\n',
    );
    const shop = await DemoServer.start('--kb', articles);
    const context = await browser.createBrowserContext();
    try {
      for (const place of [/lamps\.md:\d+/, /open\.md:1/]) assert.match(shop.output, place);
      const visitor = await visits(context, `${shop.url}/`);
      for (const [question, answer] of [
        ['How do I clean a brass lamp?', 'Wipe it with lemon juice'],
        ['Where do you ship to?', 'We ship lamps to Sylhet'],
      ] as const) {
        await visitor.say('Message', question);
        await visitor.reads(answer);
      }
      await servesOthers(shop);
    } finally {
      await context.close();
      await shop.dispose();
    }
  });

  test('a folder that is missing or empty stops the start with a sentence', async () => {
    const empty = join(folder, 'empty');
    const barren = join(folder, 'barren');
    for (const path of [empty, barren]) await mkdir(path);
    await writeFile(join(barren, 'notes.txt'), 'No article.');
    for (const [path, why] of [
      [join(folder, 'nowhere'), 'does not exist. Give the path of an existing folder with --kb'],
      [empty, 'is empty. Put files in it, or give another folder with --kb'],
      [
        barren,
        'holds no article. Put Markdown files (*.md) with a title in it, or give another folder with --kb',
      ],
    ] as const)
      await assert.rejects(DemoServer.start('--kb', path), ({ message }: Error) => {
        assert.ok(message.startsWith('The server stopped (1)'), message);
        assert.ok(message.includes(`The knowledge base "${path}" ${why}`), message);
        return true;
      });
  });
});
