/*
 * Around the conversation, in real browsers over the real server: closed hours and an answer by e-mail that leads back; consent, with a
 * browser that asks for privacy; one's own data deleted beside a bystander; a place in the queue that moves; a saved conversation that can be
 * checked; questions that no client gets around; a line that comes and goes; who logs out. Invitations: `invitation.test.ts`.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DataExport, Settings } from '@sahay/protocol';
import type { Browser, HTTPRequest } from 'puppeteer-core';
import { launchBrowser, Person } from './testing/browser.ts';
import { HostSite } from './testing/host-site.ts';
import { QuickServer } from './testing/quick-server.ts';
import { stored, watched } from './testing/watched-page.ts';
import { Wire } from './testing/wire.ts';

let browser: Browser;
let server: QuickServer;
let site: HostSite;
let rina: Wire;
before(async () => {
  site = await HostSite.start(() => `<script type="module" src="${server.url}/sahay.js"></script>`);
  browser = await launchBrowser();
  server = await QuickServer.start(site.url);
  rina = await Wire.agent(server, 'Rina');
});
after(async () => {
  rina.socket.close();
  await browser.close();
  await site.dispose();
  await server.dispose();
});

const put = async (settings: Settings): Promise<void> => {
  const answer = await rina.fetch('/v1/settings', { method: 'PATCH', body: JSON.stringify(settings) });
  assert.equal(answer.status, 200, await answer.clone().text());
};
const unset = async (...sections: string[]): Promise<void> => {
  await rina.fetch('/v1/settings', { method: 'PATCH', body: JSON.stringify({ unset: sections }) });
};

/** The conversation that waits for a person. */
async function waitingId(): Promise<string> {
  for (let turn = 0; turn < 100; turn++) {
    const { snapshot } = await rina.socket.subscribe('inbox:default');
    assert.equal(snapshot?.kind, 'inbox');
    const waiting = snapshot.entries.find((entry) => entry.waitingSince !== undefined);
    if (waiting) return waiting.conversationId;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Nobody waits for a person.');
}

async function theMail(): Promise<string> {
  for (let turn = 0; turn < 150; turn++) {
    const [first] = await server.mail();
    if (first !== undefined) return first;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('No e-mail was written.');
}

describe('the queue', { timeout: 120_000 }, () => {
  test('tells the place as it moves, and a range once waits were measured', async () => {
    // Ten waits, two at each of the first five places: at similar places enough was measured.
    for (let round = 0; round < 2; round++) {
      const line: Wire[] = [];
      for (let place = 1; place <= 5; place++) {
        const one = await Wire.visitor(server);
        await one.begins(`Wait ${place}`);
        await one.give('handoff.request', { reason: 'asked_for_person' });
        line.push(one);
      }
      for (const one of line) {
        const taken = await rina.give('assignment.accept', {}, one.conversationId);
        assert.equal(taken.type, 'ack', JSON.stringify(taken));
        one.socket.close();
      }
    }
    const ahead: Wire[] = [];
    for (let place = 1; place <= 2; place++) {
      const one = await Wire.visitor(server);
      await one.begins(`Place ${place}`);
      await one.give('handoff.request', { reason: 'asked_for_person' });
      ahead.push(one);
    }
    const context = await browser.createBrowserContext();
    const visitor = await Person.open(context, site.url);
    await visitor.click('button', 'Open chat');
    await visitor.click('button', 'More');
    await visitor.click('menuitem', 'Talk to a person');
    await visitor.reads('You are number 3 in the queue. It will take about 1 minute.');
    await rina.give('assignment.accept', {}, ahead[0]!.conversationId);
    await visitor.reads('You are number 2 in the queue.');
    await ahead[1]!.give('handoff.cancel', {});
    await visitor.reads('You are next.');
    await visitor.click('button', 'Stop waiting');
    for (let turn = 0; (await visitor.count('You are next.')) > 0; turn++) {
      assert.ok(turn < 50, 'whoever waits no more is not told her place');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    for (const one of ahead) one.socket.close();
    await context.close();
  });
});

describe('outside the opening hours', { timeout: 120_000 }, () => {
  test('a message is left, and the answer comes by e-mail, whose link leads back into it', async () => {
    // The agent closes in the console, and switches the e-mails on.
    await server.invite();
    const ours = await browser.createBrowserContext();
    const agent = await Person.open(ours, server.signInUrl);
    await (await agent.find('textbox', /name/i)).type('Mina');
    await agent.click('button', 'Sign in');
    await agent.click('button', 'Settings');
    await agent.click('checkbox', 'Answer by opening hours');
    await agent.click('checkbox', 'Closed now, whatever the hours say');
    await agent.click('button', 'Save');
    await agent.reads('Saved. It holds at once.');
    await agent.reads('It was closed by hand.');
    await put({ email: { enabled: true, senderName: 'Lamp shop' } });

    const theirs = await browser.createBrowserContext();
    const visitor = await Person.open(theirs, `${site.url}/lamps`);
    await visitor.click('button', 'Open chat');
    await visitor.click('button', 'More');
    await visitor.click('menuitem', 'Talk to a person');
    await visitor.reads('We are closed now. Leave a message: it will be answered here.');
    await visitor.say('Message', 'Where is my lamp?');
    await visitor.click('button', 'E-mail me the answer');
    await (await visitor.find('textbox', 'E-mail')).type('asha@example.com');
    await visitor.click('button', 'Save the address');
    await visitor.reads('Answers also go to asha@example.com.');
    assert.deepEqual(visitor.complaints, []);
    await theirs.close();

    const conversationId = await waitingId();
    await rina.give('assignment.accept', {}, conversationId);
    await rina.says('It is on its way.', conversationId);
    const mail = await theMail();
    assert.match(mail, /To: <asha@example\.com>/);
    assert.match(mail, /It is on its way\./);
    assert.ok(!mail.includes('Where is my lamp?'), 'what she wrote is not in it');
    const link = /http:\S+#sahay-continue=\S+/.exec(mail)![0];
    assert.ok(link.startsWith(`${site.url}/lamps#`), link);

    // On another device, days later.
    const elsewhere = await browser.createBrowserContext();
    const back = await Person.open(elsewhere, link);
    await back.reads('It is on its way.');
    await back.reads('Where is my lamp?');
    assert.equal(await back.page.evaluate(() => location.href), `${site.url}/lamps`);
    await back.say('Message', 'Thank you!');
    await back.reads('Thank you!');
    for (let turn = 0; !(await rina.linesWith('Thank you!')).length; turn++) {
      assert.ok(turn < 50, 'what she writes there arrives in the same conversation');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.deepEqual(back.complaints, []);
    await elsewhere.close();

    // Whoever talks here as somebody else is asked before that is left.
    const third = await browser.createBrowserContext();
    const other = await Person.open(third, site.url);
    await other.click('button', 'Open chat');
    await other.say('Message', 'I am somebody else');
    await other.reads('I am somebody else');
    await other.page.goto('about:blank');
    await other.page.goto(link);
    await other.find('heading', 'Open the conversation of this link?');
    await other.click('button', 'Cancel');
    await other.reads('I am somebody else');
    await third.close();
    await ours.close();
    await rina.fetch('/v1/hours', { method: 'PUT', body: '{}' });
    await unset('email');
  });
});

/** All that was sent once these words were: what is shown may still be on its way. */
async function sentWith(words: string, frames: readonly string[]): Promise<string> {
  for (let turn = 0; turn < 300; turn++) {
    const sent = frames.join('\n');
    if (sent.includes(words)) return sent;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`"${words}" was not sent.`);
}

describe('consent', { timeout: 120_000 }, () => {
  before(() =>
    put({
      preChat: { fields: [{ name: 'name', kind: 'text', label: { en: 'Your name' } }] },
      consent: {
        purposes: [
          { purpose: 'chat', label: { en: 'Keep what I write' }, required: true },
          { purpose: 'insight', label: { en: 'Learn from it' } },
        ],
        policyVersion: '1',
        policyUrl: 'https://shop.example/privacy',
      },
    }),
  );
  after(() => unset('preChat', 'consent'));

  test('before it nothing is sent and nothing stored, and a browser that asks for privacy is heard', async () => {
    const { person, asked, frames, close } = await watched(browser, `${site.url}/lamps`, true);
    const launcher = await person.find('button', 'Open chat');
    await launcher.hover();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual(asked, [], 'nothing is asked before it is opened, also when the pointer comes near');
    assert.deepEqual(await stored(person), []);

    await person.click('button', 'Open chat');
    await person.reads('Keep what I write');
    await person.reads('Global Privacy Control');
    assert.deepEqual(asked, ['GET /v1/welcome'], 'the greeting alone, which says nothing of her');
    assert.deepEqual(await stored(person), []);
    assert.equal(await person.count('Learn from it'), 0);
    await person.click('button', 'Agree and begin');
    await person.reads('Without this we cannot begin.');
    assert.deepEqual(await stored(person), []);

    await (await person.find('textbox', /Your name/)).type('Asha');
    await person.click('checkbox', /Keep what I write/);
    await person.click('button', 'Agree and begin');
    await person.say('Message', 'Hello there');
    await person.reads('Hello there');
    const sent = await sentWith('Hello there', frames);
    assert.match(sent, /"consent\.set"[^\n]*"purpose":"chat","granted":true/);
    assert.ok(sent.indexOf('consent.set') < sent.indexOf('conversation.start'), 'consent comes first');
    assert.ok(!sent.includes('insight'), 'what was not asked is not answered');
    assert.ok(!sent.includes('/lamps'), 'where she is is not told');
    assert.match(sent, /"contact":\{"name":"Asha"\}/);
    assert.deepEqual(person.complaints, []);
    await close();
  });

  test('elsewhere all of it is asked, and the page is told', async () => {
    const { person, frames, close } = await watched(browser, `${site.url}/lamps`);
    await person.click('button', 'Open chat');
    await person.click('checkbox', /Learn from it/);
    await person.click('checkbox', /Keep what I write/);
    await person.click('button', 'Agree and begin');
    await person.say('Message', 'Good morning');
    await person.reads('Good morning');
    const sent = await sentWith('Good morning', frames);
    assert.match(sent, /"purpose":"insight","granted":true/);
    assert.ok(sent.includes('/lamps'));
    // Nobody is asked twice.
    await person.page.reload({ waitUntil: 'load' });
    await person.click('button', /^Open chat/);
    await person.find('textbox', 'Message');
    assert.equal(await person.count('Keep what I write'), 0);
    await close();
  });
});

describe('a line that comes and goes', { timeout: 120_000 }, () => {
  test('costs nobody the window, nor what is fetched when it is first needed', async () => {
    const context = await browser.createBrowserContext();
    const visitor = await Person.open(context, site.url);
    await visitor.find('button', 'Open chat');
    await visitor.page.setOfflineMode(true);
    await visitor.click('button', 'Open chat');
    await visitor.reads('The chat did not load. Try again');
    await visitor.page.setOfflineMode(false);
    await visitor.find('textbox', 'Message');
    assert.equal(await visitor.count('The chat did not load'), 0);

    await visitor.say('Message', 'Do you have red lamps?');
    await visitor.reads('Passed on to our team');
    await visitor.click('button', 'More');
    await visitor.find('menuitem', 'My data');
    await visitor.page.setOfflineMode(true);
    await visitor.click('menuitem', 'My data');
    await visitor.reads('Support cannot be reached right now. We keep trying.');
    assert.equal(await visitor.count('Something went wrong'), 0);
    await visitor.page.setOfflineMode(false);
    await visitor.find('heading', 'My data');
    assert.equal(await visitor.count('Support cannot be reached'), 0);
    await context.close();
  });
});

test('a link to a message opens the closed window and shows it, once', { timeout: 120_000 }, async () => {
  const context = await browser.createBrowserContext();
  const visitor = await Person.open(context, site.url);
  await visitor.click('button', 'Open chat');
  await visitor.say('Message', 'Do you have green lamps?');
  await visitor.reads('Passed on to our team');
  const id = await visitor.page.evaluate(() => {
    const chat = document.querySelector('sahay-bubble')!.shadowRoot!.querySelector('sahay-chat')!;
    return chat.conversation!.getSnapshot().messages.at(1)!.message.id;
  });
  await visitor.page.goto(`${site.url}/lamps?sahay-message=${id}`, { waitUntil: 'load' });
  await visitor.find('button', 'Close chat');
  const shown = (await visitor.page.waitForSelector('>>> .row[data-shown]', { timeout: 30_000 }))!;
  assert.match(await shown.evaluate((row) => row.textContent), /Do you have green lamps/);
  await visitor.click('button', 'Close chat');
  await visitor.page.evaluate(() => document.body.append(document.querySelector('sahay-bubble')!));
  await visitor.find('button', /^Open chat/);
  assert.deepEqual(visitor.complaints, []);
  await context.close();
});

describe('one’s own data', { timeout: 120_000 }, () => {
  test('is seen, saved and deleted with a receipt, and a bystander keeps hers', async () => {
    const bystander = await Wire.visitor(server);
    await bystander.begins('What I said stays.');
    const context = await browser.createBrowserContext();
    const visitor = await Person.open(context, site.url);
    await visitor.click('button', 'Open chat');
    await visitor.say('Message', 'What I said goes.');
    await visitor.reads('What I said goes.');
    const second = await Person.open(context, site.url);
    await second.click('button', /^Open chat/);
    await second.reads('What I said goes.');
    await visitor.page.bringToFront();
    await visitor.click('button', 'More');
    await visitor.click('menuitem', 'My data');
    await visitor.reads(/Conversations 1/);
    await visitor.click('button', 'Delete my data');
    await visitor.click('button', 'Delete everything');
    await visitor.reads('Your data was deleted.');
    await visitor.reads(/Receipt r_/);
    await visitor.click('button', 'Back to the conversation');
    await visitor.find('textbox', 'Message');
    assert.equal(await visitor.count('What I said goes.'), 0);
    assert.deepEqual(await rina.linesWith('What I said goes.'), []);
    assert.ok((await bystander.transcript()).some((line) => line.includes('What I said stays.')));
    const reply = await bystander.give('data.export', {}, 'user');
    assert.equal(reply.type, 'ack');
    const held = (await (await bystander.fetch(`/v1/exports/${reply.result.exportId}`)).json()) as DataExport;
    assert.equal(held.conversations.length, 1);
    // She can begin anew.
    await visitor.say('Message', 'Hello again');
    await visitor.reads('Hello again');
    // Her other tab shows nothing of it either, and goes on with what she said since.
    await second.page.bringToFront();
    await second.reads('Hello again');
    assert.equal(await second.count('What I said goes.'), 0);
    await second.say('Message', 'And from here');
    await visitor.reads('And from here');
    assert.deepEqual([...visitor.complaints, ...second.complaints], []);
    bystander.socket.close();
    await context.close();
  });
});

/** Who talks in the bubble's window. */
const personOf = ({ page }: Person): Promise<string | undefined> =>
  page.evaluate(
    () =>
      document
        .querySelector('sahay-bubble')!
        .shadowRoot!.querySelector('sahay-chat')!
        .currentClient!.user.getSnapshot().participant?.id,
  );

describe('logging out', { timeout: 120_000 }, () => {
  test('leaves nothing of her in the window or stored, and whoever comes next is somebody else', async () => {
    const context = await browser.createBrowserContext();
    const visitor = await Person.open(context, site.url);
    await visitor.click('button', 'Open chat');
    await visitor.say('Message', 'This is between us.');
    await visitor.reads('Passed on to our team');
    await (await visitor.find('textbox', 'Message')).type('and what is more');
    await visitor.click('button', 'More');
    await visitor.click('menuitem', 'My data');
    await visitor.reads(/Conversations 1/);
    const asha = await personOf(visitor);
    await visitor.page.evaluate(() =>
      document
        .querySelector('sahay-bubble')!
        .shadowRoot!.querySelector('sahay-chat')!
        .currentClient!.logout({ pending: 'flush' }),
    );
    const box = await visitor.find('textbox', 'Message');
    assert.equal(await box.evaluate((field) => (field as HTMLTextAreaElement).value), '');
    for (const words of ['between us', 'Conversations 1']) await visitor.readsNoMore(words);
    await visitor.page.reload({ waitUntil: 'load' });
    const launcher = await visitor.find('button', /^Open chat/);
    assert.deepEqual(await stored(visitor), []);
    await launcher.click();
    await visitor.say('Message', 'Do you have yellow lamps?');
    await visitor.reads('Passed on to our team');
    assert.equal(await visitor.count('between us'), 0);
    assert.notEqual(await personOf(visitor), asha);
    assert.deepEqual(visitor.complaints, []);
    await context.close();
  });
});

/** Has a page's downloads go to a folder of its own. */
async function downloadsOf(person: Person): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sahay-saved-'));
  const cdp = await browser.target().createCDPSession();
  const { id } = person.page.browserContext();
  await cdp.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    ...(id && { browserContextId: id }),
  });
  return folder;
}

/** Waits for a file with this ending to have arrived whole. */
async function savedFile(folder: string, ending: string): Promise<string> {
  for (let turn = 0; turn < 300; turn++) {
    const name = (await readdir(folder)).find((one) => one.endsWith(ending));
    if (name && (await stat(join(folder, name))).size > 0) return join(folder, name);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Nothing that ends with ${ending} was saved.`);
}

describe('what is saved', { timeout: 120_000 }, () => {
  test('in each form is a file whose chain the command finds whole, and broken once a word was changed', async () => {
    const context = await browser.createBrowserContext();
    const visitor = await Person.open(context, site.url);
    const folder = await downloadsOf(visitor);
    await visitor.click('button', 'Open chat');
    await visitor.say('Message', 'Where is my parcel <b>?');
    await visitor.reads('Where is my parcel <b>?');
    // The menu has the entry once the conversation has begun.
    await visitor.reads('Passed on to our team');
    await visitor.click('button', 'More');
    await visitor.click('menuitem', 'Save the conversation');
    const main = fileURLToPath(new URL('../packages/server/dist/cli/main.js', import.meta.url));
    const verify = (file: string): Promise<{ stdout: string }> =>
      promisify(execFile)(process.execPath, [main, 'verify-transcript', file]);
    for (const [button, ending] of [
      ['A page to read or print', '.html'],
      ['Plain text', '.txt'],
      ['Data that can be checked', '.json'],
    ] as const) {
      await visitor.click('button', button);
      await visitor.reads(new RegExp(`conversation-\\d{4}-\\d\\d-\\d\\d\\${ending}`));
      const file = await savedFile(folder, ending);
      const text = await readFile(file, 'utf8');
      assert.match(text, ending === '.html' ? /Where is my parcel &(lt|#60);b/ : /Where is my parcel <b>/);
      assert.match((await verify(file)).stdout, /All chains are whole\./);
      await writeFile(file, text.replaceAll('parcel', 'purse'));
      await assert.rejects(verify(file), ({ code, stderr }: { code: number; stderr: string }) => {
        assert.equal(code, 1);
        assert.match(stderr, /not whole|does not say/);
        return true;
      });
    }
    assert.deepEqual(visitor.complaints, []);
    await context.close();
    await rm(folder, { recursive: true });
  });
});

describe('questions before the first message', { timeout: 120_000 }, () => {
  before(() =>
    put({
      preChat: { fields: [{ name: 'email', kind: 'email', label: { en: 'Your address' }, required: true }] },
      email: { enabled: true, senderName: 'Lamp shop' },
    }),
  );
  after(() => unset('preChat', 'email'));

  test('are the server’s: who is asked late is heard once she has answered, and is not asked again', async () => {
    const rude = await Wire.visitor(server);
    const begun = await rude.give('conversation.start', { locale: 'en' });
    assert.equal(begun.type, 'ack');
    const refused = await rude.says('Let me in');
    assert.equal(refused.type, 'reject');
    assert.deepEqual([refused.problem.code, refused.problem.field], ['answers_required', 'email']);
    rude.socket.close();

    const context = await browser.createBrowserContext();
    const visitor = await Person.open(context, 'about:blank');
    // The greeting, and with it what is asked, takes longer than anybody waits for it.
    const held: HTTPRequest[] = [];
    let holds = true;
    const goOn = (request: HTTPRequest): Promise<void> => request.continue().catch(() => undefined);
    await visitor.page.setRequestInterception(true);
    visitor.page.on('request', (request) => {
      const isGreeting = request.method() === 'GET' && new URL(request.url()).pathname === '/v1/welcome';
      if (holds && isGreeting) held.push(request);
      else void goOn(request);
    });
    await visitor.page.goto(`${site.url}/lamps`, { waitUntil: 'load' });
    await visitor.click('button', 'Open chat');
    await visitor.say('Message', 'Is the blue lamp there?');
    await (await visitor.find('textbox', /Your address/)).type('asha@example.com');
    assert.deepEqual(await rina.linesWith('Is the blue lamp there?'), []);
    await visitor.click('button', 'Begin');
    await visitor.find('textbox', 'Message');
    for (let turn = 0; (await rina.linesWith('Is the blue lamp there?')).length !== 1; turn++) {
      assert.ok(turn < 200, 'what was refused is said by itself');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(await visitor.count('Is the blue lamp there?', 'sahay-bubble'), 1);
    assert.ok(held.length > 0, 'there was a greeting to wait for');
    holds = false;
    await Promise.all(held.map(goOn));
    // In another conversation, and after a reload, the address is known.
    await visitor.page.reload({ waitUntil: 'load' });
    await visitor.click('button', /^Open chat/);
    await visitor.reads('Is the blue lamp there?');
    await visitor.click('button', 'More');
    await visitor.click('menuitem', 'Start a new conversation');
    await visitor.say('Message', 'I want to talk to a person');
    await visitor.reads('Answers also go to asha@example.com.');
    const second = await waitingId();
    const { snapshot } = await rina.socket.subscribe(`conversation:${second}:staff`);
    assert.ok(
      snapshot?.kind === 'conversation' && snapshot.staff?.context.contact?.email === 'asha@example.com',
    );
    assert.deepEqual(visitor.complaints, []);
    await context.close();
  });
});
