/*
 * An agent invites a visitor whose conversation has ended, in real browsers over the real server: she sees it on all her pages, declines or
 * takes it up, and nobody else hears of it. The agent sees whether she is there.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
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

/** The id of the conversation in the bubble's window. */
const conversationOf = ({ page }: Person): Promise<string> =>
  page.evaluate(
    () => document.querySelector('sahay-bubble')!.shadowRoot!.querySelector('sahay-chat')!.conversation!.id,
  );

describe('an invitation', { timeout: 180_000 }, () => {
  const offer = { text: 'The blue lamps are back.', reason: 'You asked for one.' };

  test('reaches who wrote before on all her pages, begins a conversation with who made it, and nobody else hears of it', async () => {
    const bystander = await watched(browser, site.url);
    const context = await browser.createBrowserContext();
    const visitor = await Person.open(context, site.url);
    await visitor.click('button', 'Open chat');
    await visitor.say('Message', 'Do you have blue lamps?');
    await visitor.reads('Passed on to our team');
    const first = await conversationOf(visitor);
    await rina.give('assignment.accept', {}, first);
    await rina.says('Not today, I will tell you.', first);
    await visitor.reads('Not today, I will tell you.');
    await visitor.click('button', 'Close chat');
    await rina.give('conversation.close', {}, first);

    await server.invite();
    const ours = await browser.createBrowserContext();
    const agent = await Person.open(ours, server.signInUrl);
    await (await agent.find('textbox', /name/i)).type('Omar');
    await agent.click('button', 'Sign in');
    await agent.click('tab', 'Closed');
    await agent.click('option', /Not today/);
    await agent.reads('On your site now');
    await agent.click('button', 'Invite');
    await agent.reads('This visitor is on your site now and sees it at once.');
    await (await agent.find('textbox', 'What you say')).type(offer.text);
    await (await agent.find('textbox', 'Why you ask')).type(offer.reason);
    await agent.click('button', 'Send invitation');
    await agent.reads('Invited. The invitation stands until');
    await agent.click('button', 'Close');

    // She sees it where she is, and where she comes next; declined in one place, it is gone in both, and stays so.
    const other = await Person.open(context, site.url);
    for (const page of [visitor, other]) {
      await page.reads(offer.text);
      await page.reads(offer.reason);
      await page.reads('Omar');
    }
    await other.click('button', 'Dismiss');
    await visitor.readsNoMore(offer.text);
    await visitor.page.reload({ waitUntil: 'load' });
    await visitor.find('button', /^Open chat/);
    await visitor.page.waitForFunction(() => document.querySelector('sahay-bubble')?.matches(':defined'));

    await rina.give('invitation.present', { ...offer, text: 'Shall I keep one for you?' }, first);
    await visitor.reads('Shall I keep one for you?');
    await visitor.click('button', /Shall I keep one for you/);
    await visitor.find('button', 'Close chat');
    await visitor.say('Message', 'Yes, please!');
    await visitor.reads('Yes, please!');
    const second = await conversationOf(visitor);
    assert.notEqual(second, first);
    for (let turn = 0; (await rina.transcript(second)).length < 2; turn++) {
      assert.ok(turn < 100, 'what she writes arrives in the conversation that the invitation led to');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.deepEqual(await rina.transcript(second), [
      'agent: Shall I keep one for you?',
      'visitor: Yes, please!',
    ]);
    await rina.says('Done.', second);
    await visitor.reads('Done.');
    await other.readsNoMore('Shall I keep one for you?');
    assert.deepEqual(bystander.asked, []);
    assert.deepEqual(await stored(bystander.person), []);
    // From one page to the next, and then from all of them.
    await other.page.close();
    await agent.reads('On your site now');
    await visitor.page.close();
    await agent.readsNoMore('On your site now');
    for (const person of [visitor, other, agent]) assert.deepEqual(person.complaints, []);
    await Promise.all([bystander.close(), context.close(), ours.close()]);
  });
});
