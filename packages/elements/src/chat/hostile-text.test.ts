/*
 * Hostile text in every field of every part, and in every name, on a page without a policy that would stop it: nothing runs, nobody is
 * asked for anything, and all of it stays text. The fields come from the schema, so that a new one is tried the day it is added.
 */
import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import type { Availability } from '@sahay/protocol';
import { filled, payloads } from '@sahay/protocol/fixtures';
import '../define/chat.ts';
import { conversation, FakeClient, FakeConversation } from '../testing/fake-client.ts';
import { loadContent } from '../message/content.ts';
import { hostileMessage } from '../testing/hostile-messages.ts';
import { Inertness } from '../testing/inertness.ts';
import { lateParts } from '../testing/late-parts.ts';
import type { SahayChat } from './chat.ts';

const atOnce = 6;

async function drawn(chat: SahayChat, count = 4): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextFrame();
  await chat.updateComplete;
}

describe('hostile text', () => {
  before(async () => {
    await lateParts('rich', 'markdown', 'later', 'voice');
    await loadContent();
  });

  it('would be noticed if it were more than text', async () => {
    const watch = new Inertness();
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const image = Object.assign(document.createElement('img'), { src: '/none.png' });
    image.setAttribute('onerror', 'alert(1)');
    const pixel = Object.assign(document.createElement('img'), { src: 'https://evil.invalid/pixel.gif' });
    place.append(image, pixel, Object.assign(document.createElement('a'), { href: 'javascript:x' }));
    watch.look(place);
    await waitUntil(() => watch.broken.includes('alert ran'));
    await waitUntil(() => watch.broken.some((line) => line.startsWith('asked https://evil.invalid')));
    await watch.end();
    const found = watch.broken.join('\n');
    expect(found).to.contain('img onerror');
    expect(found).to.contain('a href=javascript:x');
  });

  it('is two hundred payloads and more, each another one', () => {
    expect(new Set(payloads).size).to.equal(payloads.length);
    expect(payloads.length).to.be.greaterThan(300);
  });

  it('stays text in every field of the window, pressed or not', async function () {
    this.timeout(420_000);
    const client = new FakeClient();
    const handle = new FakeConversation();
    const file = new URL('/package.json', location.href).href;
    handle.attachmentUrl = async () => file;
    // What is pressed is heard, and adds nothing to the transcript under test.
    handle.send = async () => ({ key: 'sent', acknowledged: Promise.resolve({}) });
    client.open = handle;
    const watch = new Inertness();
    const chat = await fixture<SahayChat>(html`<sahay-chat .client=${client} closable></sahay-chat>`);
    for (let from = 0; from < payloads.length; from += atOnce) {
      const some = payloads.slice(from, from + atOnce);
      handle.show(...some.map((text, index) => hostileMessage(text, from + index)));
      chat.heading = some[0]!;
      handle.set({
        conversation: conversation({
          ...(filled('Conversation', { text: some[0]! }) as object),
          status: 'open',
        }),
        typing: [hostileMessage(some[0]!, 0).message.author],
        availability: filled('Availability', { text: some[0]! }) as Availability,
      });
      await drawn(chat);
      watch.look(chat.shadowRoot!);
      watch.press(chat.shadowRoot!);
      await drawn(chat, 2);
      watch.look(chat.shadowRoot!);
      chat.shadowRoot!.querySelectorAll('sahay-article').forEach((article) => article.remove());
      expect(watch.broken, JSON.stringify(some)).to.deep.equal([]);
    }
    await watch.end();
    expect(watch.broken).to.deep.equal([]);
  });
});
