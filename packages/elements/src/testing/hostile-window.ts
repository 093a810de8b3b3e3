import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import type { Availability } from '@sahay/protocol';
import { filled } from '@sahay/protocol/fixtures';
import '../define/chat.ts';
import type { SahayChat } from '../chat/chat.ts';
import { loadContent } from '../message/content.ts';
import { conversation, FakeClient, FakeConversation } from './fake-client.ts';
import { hostileMessage } from './hostile-messages.ts';
import { Inertness } from './inertness.ts';
import { lateParts } from './late-parts.ts';

const atOnce = 6;

async function drawn(chat: SahayChat, count = 4): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextFrame();
  await chat.updateComplete;
}

/** Shows each of these texts in every field of the window, presses all there is to press, and expects that all of it stays text. */
export async function staysText(payloads: readonly string[]): Promise<void> {
  await lateParts('rich', 'markdown', 'later', 'voice');
  await loadContent();
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
}
