import type { MessageView } from '@sahay/client';
import type { MessageMatches } from '@sahay/protocol';
import { saysWords } from '@sahay/protocol/core';
import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import '../define/chat.ts';
import type { SahayChat } from '../chat/chat.ts';
import type { SahayMessageList } from '../message-list/message-list.ts';
import { FakeClient, FakeConversation, listOf, messageView } from '../testing/fake-client.ts';
import { lateParts } from '../testing/late-parts.ts';
import { highlight } from './highlight.ts';

const message = (index: number, text = `Message ${index}`): MessageView =>
  messageView({ text, message: { id: `m${index}` } });
/** 400 messages, of which every hundredth speaks of lamps; the backend has the first 200, in two pages. */
const all = Array.from({ length: 400 }, (_, index) =>
  index % 100 === 50 ? message(index, `The LÁMP of day ${index}`) : message(index),
);

/** A conversation whose earlier messages are fetched page by page. */
class Paged extends FakeConversation {
  #from = 200;
  constructor() {
    super();
    this.show(...all.slice(this.#from));
    this.set({ hasEarlier: true });
  }
  override loadEarlier = async (): Promise<void> => {
    this.calls.push(['loadEarlier']);
    await aTimeout(20);
    this.#from -= 100;
    this.set({ messages: listOf(all.slice(this.#from)), hasEarlier: this.#from > 0 });
  };
}

/** One whose backend looks through what is not held, a hundred messages at a time. */
class Asked extends Paged {
  search = async (query: string, before = '200'): Promise<MessageMatches> => {
    this.calls.push(['search', query, before]);
    const end = Number(before);
    const matches = all
      .slice(end - 100, end)
      .filter(({ message }) => saysWords(message, query))
      .map(({ message: { id, createdAt } }) => ({ messageId: id, createdAt }));
    return { matches, ...(end > 100 && { earlier: String(end - 100) }) };
  };
}

async function searching(
  locale = 'en',
  handle = new Paged(),
): Promise<{ chat: SahayChat; handle: Paged; list: SahayMessageList }> {
  const client = new FakeClient();
  if (handle instanceof Asked) client.capabilities.add('search');
  client.open = handle;
  const chat = await fixture<SahayChat>(
    html`<sahay-chat
      style="block-size: 560px; inline-size: 380px"
      locale=${locale}
      .client=${client}
    ></sahay-chat>`,
  );
  const list = chat.shadowRoot!.querySelector<SahayMessageList>('sahay-message-list')!;
  await waitUntil(() => list.shadowRoot!.querySelector('.act'), 'no tools', { timeout: 4000 });
  chat.shadowRoot!.querySelector<HTMLElement>('#more')!.click();
  await waitUntil(() => entry(chat));
  entry(chat)!.click();
  await waitUntil(() => panel(chat));
  return { chat, handle, list };
}
const words = /Search this conversation|এই আলাপে খুঁজুন/;
const entry = ({ shadowRoot }: SahayChat): HTMLElement | undefined =>
  [...shadowRoot!.querySelectorAll<HTMLElement>('.menu button')].find(({ innerText }) =>
    words.test(innerText),
  );
const panel = ({ shadowRoot }: SahayChat): HTMLElement | null => shadowRoot!.querySelector('.search');
const count = (chat: SahayChat): string =>
  panel(chat)!.querySelector<HTMLElement>('[role=status]')!.innerText;
const shown = (list: SahayMessageList): string | undefined => {
  const row = list.shadowRoot!.querySelector<HTMLElement>('.row[data-shown]');
  const view = list.scroller!.getBoundingClientRect();
  const box = row?.getBoundingClientRect();
  return box && box.top >= view.top && box.bottom <= view.bottom
    ? row!.querySelector('.bubble')!.textContent
    : undefined;
};

describe('the search of a conversation', () => {
  before(() => lateParts('rich', 'menu', 'extras', 'later', 'voice', 'tools', 'composer', 'long', 'around'));
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  it('finds what is not in the page, and what the backend has of earlier messages; says which of how many', async () => {
    const { chat, handle, list } = await searching();
    expect(chat.shadowRoot!.activeElement!.localName).to.equal('input');
    await sendKeys({ type: 'lámp' });
    await waitUntil(() => count(chat) === '4 of 4', 'not all found', { timeout: 5000 });
    expect(handle.calls.filter(([name]) => name === 'loadEarlier')).to.have.length(2);
    await waitUntil(() => shown(list) === 'The LÁMP of day 350');
    for (const [index, day] of [
      [3, 250],
      [2, 150],
      [1, 50],
      [4, 350],
    ] as const) {
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => shown(list) === `The LÁMP of day ${day}`, `day ${day} is not shown`);
      expect(count(chat)).to.equal(`${index} of 4`);
    }
    panel(chat)!.querySelector<HTMLElement>('.later')!.click();
    await waitUntil(() => shown(list) === 'The LÁMP of day 50');
    expect(CSS.highlights.get('sahay-search')!.size).to.equal(1);
  });

  it('asks the backend where it can, and fetches no more than what is to be shown', async () => {
    const { chat, handle, list } = await searching('en', new Asked());
    const fetched = () => handle.calls.filter(([name]) => name === 'loadEarlier').length;
    await sendKeys({ type: 'LÁMP' });
    await waitUntil(() => count(chat) === '4 of 4', 'not all found', { timeout: 5000 });
    expect(handle.calls.filter(([name]) => name === 'search')).to.deep.equal([
      ['search', 'lámp', '200'],
      ['search', 'lámp', '100'],
    ]);
    expect(fetched()).to.equal(0);
    for (const [day, pages] of [
      [250, 0],
      [150, 1],
      [50, 2],
    ] as const) {
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => shown(list) === `The LÁMP of day ${day}`, `day ${day} is not shown`, {
        timeout: 5000,
      });
      expect(fetched()).to.equal(pages);
    }
  });

  it('finds each once where an earlier place is held besides the latest messages', async () => {
    /** Holds 50 messages from the 40th, and the last 200. */
    class Gapped extends Asked {
      constructor() {
        super();
        const views = [...all.slice(40, 90), ...all.slice(200)];
        this.set({ messages: { ...listOf(views), gap: all[200]!.key }, hasEarlier: true });
      }
    }
    const { chat, handle, list } = await searching('en', new Gapped());
    await sendKeys({ type: 'LÁMP' });
    await waitUntil(() => count(chat) === '4 of 4', 'not all found', { timeout: 5000 });
    // From the last to the first, which is held already.
    panel(chat)!.querySelector<HTMLElement>('.later')!.click();
    await waitUntil(() => shown(list) === 'The LÁMP of day 50');
    expect(handle.calls.filter(([name]) => name === 'loadEarlier')).to.have.length(0);
    expect(handle.calls.filter(([name]) => name === 'search')).to.have.length(2);
  });

  it('marks words whose letters are shown with marks that a search leaves out', () => {
    const bubble = document.createElement('div');
    bubble.className = 'bubble';
    bubble.append('قال: مُحَمَّدٌ هنا');
    const row = document.createElement('div');
    row.append(bubble);
    highlight([row], 'محمد');
    const [range] = [...CSS.highlights.get('sahay-search')!] as Range[];
    expect(range!.toString()).to.equal('مُحَمَّدٌ');
    highlight([], '');
  });

  it('says when nothing is found, and ends with Escape', async () => {
    const { chat } = await searching();
    await sendKeys({ type: 'umbrella' });
    await waitUntil(() => count(chat) === 'Nothing found', 'it goes on', { timeout: 5000 });
    await expect(chat).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    expect(panel(chat)).to.equal(null);
  });

  it('counts in the language of its reader', async () => {
    const { chat } = await searching('bn');
    await sendKeys({ type: 'Message 39' });
    await waitUntil(() => count(chat).includes('১১টির ১১'), 'not counted', { timeout: 5000 });
  });
});
