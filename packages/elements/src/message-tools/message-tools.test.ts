import type { MessageView } from '@sahay/client';
import { aTimeout, expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import '../define/chat.ts';
import type { SahayChat } from '../chat/chat.ts';
import type { SahayComposer } from '../composer/composer.ts';
import type { SahayMessageList } from '../message-list/message-list.ts';
import { FakeClient, FakeConversation, messageView } from '../testing/fake-client.ts';
import { lateParts } from '../testing/late-parts.ts';

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const own = (text: string, minutes = 1, id = text): MessageView =>
  messageView({ own: true, text, message: { id, createdAt: ago(minutes) } });
const theirs = (text: string, minutes = 1, id = text): MessageView =>
  messageView({ text, message: { id, createdAt: ago(minutes) } });

interface Scene {
  chat: SahayChat;
  client: FakeClient;
  handle: FakeConversation;
  list: SahayMessageList;
  composer: SahayComposer;
}

/** How many messages of the next scene were not read. */
let unreadCount = 0;

async function scene(...views: MessageView[]): Promise<Scene> {
  const client = new FakeClient();
  for (const one of ['edit', 'delete', 'reactions'] as const) client.capabilities.add(one);
  client.user.set({ participant: { id: 'v1', role: 'visitor' } });
  const handle = new FakeConversation();
  handle.show(...views);
  handle.set({ unreadCount });
  unreadCount = 0;
  client.open = handle;
  const chat = await fixture<SahayChat>(
    html`<sahay-chat style="block-size: 560px; inline-size: 380px" .client=${client}></sahay-chat>`,
  );
  const list = chat.shadowRoot!.querySelector<SahayMessageList>('sahay-message-list')!;
  const composer = chat.shadowRoot!.querySelector<SahayComposer>('sahay-composer')!;
  if (views.length) await waitUntil(() => buttons(list).length > 0, 'no menu buttons');
  return { chat, client, handle, list, composer };
}
const buttons = ({ shadowRoot }: SahayMessageList): HTMLElement[] => [
  ...shadowRoot!.querySelectorAll<HTMLElement>('.act'),
];
const menu = ({ shadowRoot }: SahayMessageList): HTMLElement | null =>
  shadowRoot!.querySelector<HTMLElement>('.message-menu');
const entries = (list: SahayMessageList): string[] =>
  [...menu(list)!.querySelectorAll<HTMLElement>(':scope > [role=menuitem]')].map(({ innerText }) =>
    innerText.trim(),
  );
const field = ({ shadowRoot }: SahayComposer): HTMLTextAreaElement => shadowRoot!.querySelector('textarea')!;

async function open(list: SahayMessageList, index: number): Promise<HTMLElement> {
  buttons(list).at(index)!.click();
  await waitUntil(() => menu(list));
  return menu(list)!;
}
async function choose(list: SahayMessageList, label: string): Promise<void> {
  [...menu(list)!.querySelectorAll<HTMLElement>('button')]
    .find((one) => one.innerText.trim() === label || one.getAttribute('aria-label') === label)!
    .click();
  await nextFrame();
}
async function say(composer: SahayComposer, text: string): Promise<void> {
  await waitUntil(() => composer.shadowRoot!.querySelector('.emoji'));
  field(composer).value = text;
  field(composer).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await composer.updateComplete;
  composer.shadowRoot!.querySelector<HTMLElement>('[part~=send]')!.click();
  await aTimeout(30);
}
const did = (handle: FakeConversation, name: string): unknown[] =>
  handle.calls.filter(([call]) => call === name).map(([, ...args]) => args);

describe('what can be done with a message', () => {
  before(() => lateParts('rich', 'menu', 'extras', 'later', 'voice', 'tools', 'composer', 'long'));
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  describe('its arrival', () => {
    const long = Array.from({ length: 30 }, (_, index) => theirs(`Message ${index}`, 40 - index));
    const moving = ({ shadowRoot }: SahayMessageList): boolean =>
      shadowRoot!.querySelector('.rows')!.getAnimations().length > 0;
    const gap = ({ scroller }: SahayMessageList): number =>
      scroller!.scrollHeight - scroller!.scrollTop - scroller!.clientHeight;
    async function arrives(list: SahayMessageList, handle: FakeConversation, ...more: MessageView[]) {
      handle.show(...long, ...more);
      await list.updateComplete;
      await nextFrame();
      await aTimeout(0);
    }
    after(() => emulateMedia({ reducedMotion: 'reduce' }));

    it('pushes the others up in one movement, and the view stays at its end; an answer only grows', async () => {
      await emulateMedia({ reducedMotion: 'no-preference' });
      const { list, handle } = await scene(...long);
      for (let frame = 0; frame < 3; frame++) await nextFrame();
      await arrives(list, handle, theirs('New', 0));
      await waitUntil(() => moving(list));
      expect(gap(list)).to.be.lessThan(2);
      await waitUntil(() => !moving(list));
      await arrives(list, handle, theirs('New, and longer '.repeat(20), 0, 'New'));
      expect(moving(list)).to.equal(false);
      expect(gap(list)).to.be.lessThan(2);
    });

    it('is still where motion is reduced', async () => {
      await emulateMedia({ reducedMotion: 'reduce' });
      const { list, handle } = await scene(...long);
      for (let frame = 0; frame < 3; frame++) await nextFrame();
      await arrives(list, handle, theirs('New', 0));
      expect(moving(list)).to.equal(false);
    });
  });

  describe('its menu', () => {
    it('offers what the backend can do, for own messages more than for others', async () => {
      const { list } = await scene(theirs('Hello'), own('Hi'), own('Long ago', 20));
      await open(list, 0);
      expect(entries(list)).to.deep.equal(['Reply', 'Copy text', 'Copy link']);
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => !menu(list));
      await open(list, 1);
      expect(entries(list)).to.deep.equal(['Reply', 'Copy text', 'Copy link', 'Edit', 'Delete']);
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => !menu(list));
      await open(list, 2);
      expect(entries(list), 'too late to edit').to.deep.equal(['Reply', 'Copy text', 'Copy link', 'Delete']);
    });

    it('offers only to copy where a message is on its way, or the backend can do no more', async () => {
      const { list, client } = await scene(
        theirs('Hello'),
        messageView({ own: true, delivery: 'pending', text: 'soon', message: { createdAt: ago(0) } }),
      );
      await open(list, 1);
      expect(entries(list)).to.deep.equal(['Copy text']);
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => !menu(list));
      client.capabilities.delete('reactions');
      await open(list, 0);
      expect(menu(list)!.querySelector('.emoji-row')).to.equal(null);
    });

    it('is one stop of the Tab key, led through by the arrows, and gives the focus back', async () => {
      const { list } = await scene(theirs('one'), theirs('two'), own('three'));
      expect(buttons(list).map(({ tabIndex }) => tabIndex)).to.deep.equal([-1, -1, 0]);
      buttons(list)[2]!.focus();
      await sendKeys({ press: 'ArrowUp' });
      expect(list.shadowRoot!.activeElement).to.equal(buttons(list)[1]);
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => menu(list));
      expect(list.shadowRoot!.activeElement!.getAttribute('role')).to.equal('menuitemcheckbox');
      await sendKeys({ press: 'ArrowDown' });
      expect((list.shadowRoot!.activeElement as HTMLElement).innerText.trim()).to.equal('Reply');
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => !menu(list));
      expect(list.shadowRoot!.activeElement).to.equal(buttons(list)[1]);
    });

    it('opens where a finger rests, and not where it scrolls', async () => {
      const { list } = await scene(theirs('one'), own('two'));
      const bubble = list.shadowRoot!.querySelector('.bubble')!;
      const touch = (type: string, y: number): boolean =>
        bubble.dispatchEvent(
          new PointerEvent(type, {
            pointerType: 'touch',
            isPrimary: true,
            bubbles: true,
            composed: true,
            clientX: 50,
            clientY: y,
          }),
        );
      touch('pointerdown', 50);
      touch('pointermove', 90);
      await aTimeout(600);
      expect(menu(list)).to.equal(null);
      touch('pointerdown', 50);
      await waitUntil(() => menu(list), 'no menu', { timeout: 2000 });
      touch('pointerup', 50);
    });

    it('is accessible, also while it is open', async () => {
      const { chat, list } = await scene(
        theirs('Hello'),
        messageView({
          own: true,
          text: 'Hi',
          message: { reactions: { '👍': ['v1', 'a1'] }, editedAt: ago(0), createdAt: ago(1) },
        }),
      );
      await expect(chat).to.be.accessible();
      await open(list, 1);
      await expect(chat).to.be.accessible();
    });
  });

  it('says of an answer that another one stands for it, and asks nothing about it', async () => {
    const { chat, list } = await scene(
      messageView({
        text: 'Old',
        message: {
          id: 'm0',
          author: { id: 'bot', role: 'bot' },
          supersededAt: ago(0),
          feedback: { helpful: false },
          createdAt: ago(1),
        },
      }),
      theirs('New'),
    );
    const old = list.shadowRoot!.querySelector<HTMLElement>('.row')!;
    await waitUntil(() => old.querySelector('.replaced'));
    expect(old.innerText).to.include('Replaced by another answer').and.not.include('What was the matter?');
    expect(Number(getComputedStyle(old.querySelector('.bubble')!).opacity)).to.be.lessThan(1);
    await expect(chat).to.be.accessible();
  });

  it('gives a reaction and takes it back', async () => {
    const { list, handle } = await scene(theirs('Hello'));
    await open(list, 0);
    await choose(list, '👍');
    await waitUntil(() => did(handle, 'do').length);
    handle.show(
      messageView({
        text: 'Hello',
        message: { id: 'Hello', reactions: { '👍': ['v1', 'a1'] }, createdAt: ago(1) },
      }),
    );
    await waitUntil(() => list.shadowRoot!.querySelector('.reactions button'));
    const chip = list.shadowRoot!.querySelector<HTMLElement>('.reactions button')!;
    expect(chip.getAttribute('aria-pressed')).to.equal('true');
    expect(chip.getAttribute('aria-label')).to.equal('👍 from 2 people');
    chip.click();
    await waitUntil(() => did(handle, 'do').length > 1);
    expect(did(handle, 'do')).to.deep.equal([
      ['message.react', { messageId: 'Hello', emoji: '👍', active: true }],
      ['message.react', { messageId: 'Hello', emoji: '👍', active: false }],
    ]);
  });

  it('deletes a message of one’s own, asked twice', async () => {
    const { list, handle } = await scene(own('Oops'));
    await open(list, 0);
    await choose(list, 'Delete');
    expect(did(handle, 'do')).to.deep.equal([]);
    await choose(list, 'Delete for everyone?');
    await waitUntil(() => did(handle, 'do').length);
    expect(did(handle, 'do')).to.deep.equal([['message.delete', { messageId: 'Oops' }]]);
  });

  it('edits a message of one’s own in the composer, and puts back what stood there', async () => {
    const { list, handle, composer } = await scene(own('Helo'));
    composer.value = 'unfinished';
    await open(list, 0);
    await choose(list, 'Edit');
    await waitUntil(() => composer.value === 'Helo');
    await say(composer, 'Hello');
    const [edit] = did(handle, 'do') as [[string, { messageId: string; parts: { text: string }[] }]];
    expect(edit[0]).to.equal('message.edit');
    expect(edit[1].messageId).to.equal('Helo');
    expect(edit[1].parts.map(({ text }) => text)).to.deep.equal(['Hello']);
    expect(did(handle, 'send')).to.deep.equal([]);
    await waitUntil(() => composer.value === 'unfinished');
  });

  it('keeps an edit that was refused, and says so', async () => {
    const { chat, list, handle, composer } = await scene(own('Helo'));
    await open(list, 0);
    await choose(list, 'Edit');
    await waitUntil(() => composer.value === 'Helo');
    handle.failing = 'do';
    await say(composer, 'Hello');
    await waitUntil(() => composer.value === 'Hello');
    expect(chat.shadowRoot!.querySelector('.banner')!.textContent).to.contain('Something went wrong');
    expect(composer.shadowRoot!.querySelector('[part=about]')).to.exist;
    field(composer).focus();
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => composer.value === '');
  });

  it('answers a message with a quote of it', async () => {
    const { list, handle, composer } = await scene(theirs('Which lamp?'));
    await open(list, 0);
    await choose(list, 'Reply');
    await waitUntil(() => composer.shadowRoot!.querySelector('[part=about]'));
    expect(composer.shadowRoot!.querySelector<HTMLElement>('[part=about]')!.innerText).to.contain(
      'Reply to Sahay',
    );
    await say(composer, 'The blue one');
    const [[sent]] = did(handle, 'send') as [[{ replyTo: string; parts: Record<string, string>[] }]];
    expect(sent.replyTo).to.equal('Which lamp?');
    expect(sent.parts.map(({ type, text }) => [type, text])).to.deep.equal([
      ['quote', 'Which lamp?'],
      ['text', 'The blue one'],
    ]);
    await composer.updateComplete;
    expect(composer.shadowRoot!.querySelector('[part=about]')).to.equal(null);
  });

  it('shows what a message answers also where it quotes nothing, unless that stands right above', async () => {
    const reply = (id: string, replyTo: string): MessageView =>
      messageView({ text: id, message: { id, replyTo, createdAt: ago(1) } });
    const { list } = await scene(
      own('Which lamp?', 5),
      theirs('Hm', 4),
      reply('The blue one', 'Which lamp?'),
      reply('Really', 'The blue one'),
      reply('Lost', 'not here'),
    );
    await waitUntil(() => list.shadowRoot!.querySelector('.quote'));
    const quotes = [...list.shadowRoot!.querySelectorAll<HTMLElement>('.quote')];
    expect(quotes.map(({ innerText }) => innerText.split(/\s*\n\s*/))).to.deep.equal([
      ['You', 'Which lamp?'],
    ]);
    expect(quotes[0]!.closest<HTMLElement>('.row')!.innerText).to.contain('The blue one');
    quotes[0]!.click();
    await waitUntil(() => list.shadowRoot!.querySelector('.row.own[data-shown]'));
  });

  it('asks for another answer where the backend has one, and the bot the conversation', async () => {
    const { client, handle, list } = await scene(
      theirs('Hello', 9),
      own('Which lamp?', 5),
      theirs('None', 4),
    );
    client.capabilities.add('regenerate');
    await open(list, 0);
    expect(entries(list)).not.to.include('Answer again');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !menu(list));
    await open(list, 2);
    await choose(list, 'Answer again');
    await waitUntil(() => did(handle, 'do').length);
    expect(did(handle, 'do')).to.deep.equal([['message.regenerate', { messageId: 'None' }]]);
  });

  it('leads to the greeting, the first of all', async () => {
    const { list } = await scene(
      theirs('Hello there', 20),
      ...Array.from({ length: 20 }, (_, n) => own(`Word ${n}`)),
    );
    expect(list.reveal('Hello there')).to.equal(true);
    await nextFrame();
    expect(list.scroller!.scrollTop).to.equal(0);
  });

  it('leads from a quote to what it quotes', async () => {
    const many = Array.from({ length: 30 }, (_, index) => theirs(`Message ${index}`, 60 - index));
    const quote = messageView({
      own: true,
      message: {
        createdAt: ago(1),
        parts: [
          { partId: 'q', type: 'quote', messageId: 'Message 2', text: 'Message 2', authorName: 'Sahay' },
        ],
      },
    });
    const { list } = await scene(...many, quote);
    const link = list.shadowRoot!.querySelector<HTMLElement>('.quote')!;
    expect(link.innerText).to.contain('Sahay');
    link.click();
    const row = await waitUntil(() => list.shadowRoot!.querySelector('.row[data-shown]'));
    void row;
    const shown = list.shadowRoot!.querySelector<HTMLElement>('.row[data-shown]')!;
    expect(shown.innerText).to.contain('Message 2');
    const [box, view] = [shown.getBoundingClientRect(), list.scroller!.getBoundingClientRect()];
    expect(box.top >= view.top && box.bottom <= view.bottom).to.equal(true);
  });
});

describe('a message that is not held', () => {
  before(() => lateParts('rich', 'tools', 'later', 'long'));
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  const numbered = (from: number, to: number): MessageView[] =>
    Array.from({ length: to - from }, (_, index) => theirs(`Message ${from + index}`, 600 - from - index));

  /** A conversation of 500 messages that holds the last 50, and fetches others around one. */
  class Around extends FakeConversation {
    #from = 450;
    #island: [from: number, to: number] | undefined;
    /** What lies between is on its way until then. */
    holding: Promise<void> | undefined;
    constructor() {
      super();
      this.#draw();
    }
    #draw(): void {
      const island = this.#island && this.#island[1] < this.#from ? this.#island : undefined;
      const from = this.#island && !island ? this.#island[0] : this.#from;
      const views = [...(island ? numbered(...island) : []), ...numbered(from, 500), quoting];
      this.show(...views);
      const list = { ...this.getSnapshot().messages, ...(island && { gap: `Message ${this.#from}` }) };
      this.set({ messages: list, hasEarlier: (island ?? [from])[0] > 0 });
    }
    loadAround = async (id: string): Promise<boolean> => {
      this.calls.push(['loadAround', id]);
      const number = Number(/\d+/.exec(id));
      if (!(number < 500)) return false;
      this.#island = [Math.max(0, number - 25), number + 25];
      this.#draw();
      return true;
    };
    loadBetween = async (next: 'before' | 'after'): Promise<void> => {
      this.calls.push(['loadBetween', next]);
      await this.holding;
      if (this.failing === 'loadBetween') throw new Error('refused');
      if (next === 'before') this.#island![1] += 50;
      else this.#from -= 50;
      this.#draw();
    };
  }
  const quoting = messageView({
    own: true,
    message: {
      createdAt: ago(1),
      parts: [{ partId: 'q', type: 'quote', messageId: 'Message 60', text: 'Message 60' }],
    },
  });
  const quotes = async (): Promise<Scene & { handle: Around }> => {
    const client = new FakeClient();
    const handle = new Around();
    client.open = handle;
    const chat = await fixture<SahayChat>(
      html`<sahay-chat style="block-size: 560px; inline-size: 380px" .client=${client}></sahay-chat>`,
    );
    const list = chat.shadowRoot!.querySelector<SahayMessageList>('sahay-message-list')!;
    await waitUntil(() => buttons(list).length > 0, 'no menu buttons');
    return { chat, client, handle, list, composer: chat.shadowRoot!.querySelector('sahay-composer')! };
  };
  const shownIn = ({ shadowRoot, scroller }: SahayMessageList): string | undefined => {
    const row = shadowRoot!.querySelector<HTMLElement>('.row[data-shown]');
    const [box, view] = [row?.getBoundingClientRect(), scroller!.getBoundingClientRect()];
    return box && box.top >= view.top && box.bottom <= view.bottom
      ? row!.querySelector('.bubble')!.textContent
      : undefined;
  };
  const voice = ({ shadowRoot }: SahayChat): string =>
    [...shadowRoot!.querySelectorAll('.voice')].map(({ textContent }) => textContent).join(' ');
  const line = ({ shadowRoot }: SahayMessageList): HTMLElement | null => shadowRoot!.querySelector('.gap');

  it('is led to by one request, and what lies between is fetched from the side its reader comes from', async () => {
    const { handle, list } = await quotes();
    list.shadowRoot!.querySelector<HTMLElement>('.quote')!.click();
    await waitUntil(() => shownIn(list) === 'Message 60', 'it is not shown');
    expect(handle.calls.filter(([name]) => name.startsWith('load'))).to.deep.equal([
      ['loadAround', 'Message 60'],
    ]);
    list.reveal('Message 84');
    await waitUntil(() => did(handle, 'loadBetween').length === 1);
    expect(did(handle, 'loadBetween')).to.deep.equal([['before']]);
    list.reveal('Message 450');
    await waitUntil(() => did(handle, 'loadBetween').length === 2);
    expect(did(handle, 'loadBetween')[1]).to.deep.equal(['after']);
    await aTimeout(200);
    expect(did(handle, 'loadBetween').length, 'one page, and no more until she goes on').to.equal(2);
    const [read] = [...list.shadowRoot!.querySelectorAll<HTMLElement>('.row')].filter(({ textContent }) =>
      textContent.includes('Message 450'),
    );
    const [box, view] = [read!.getBoundingClientRect(), list.scroller!.getBoundingClientRect()];
    expect(box.top >= view.top && box.bottom <= view.bottom, 'it stays in view').to.equal(true);
    // On and on, until both sides meet.
    for (let number = 400; number >= 150; number -= 50) {
      const before = did(handle, 'loadBetween').length;
      list.reveal(`Message ${number}`);
      await waitUntil(() => did(handle, 'loadBetween').length > before, `not at ${number}`);
      await waitUntil(() => list.messages.length === handle.getSnapshot().messages.length);
    }
    await waitUntil(() => list.messages.length > 450 && !line(list), 'the gap stays');
  });

  it('has a button where what lies between could not be fetched, and says so', async () => {
    const { chat, handle, list } = await quotes();
    const errors: unknown[] = [];
    chat.addEventListener('sahay-error', (event) => errors.push((event as CustomEvent).detail));
    list.shadowRoot!.querySelector<HTMLElement>('.quote')!.click();
    await waitUntil(() => shownIn(list) === 'Message 60', 'it is not shown');
    handle.failing = 'loadBetween';
    list.reveal('Message 84');
    await waitUntil(() => errors.length === 1, 'it is not told');
    await waitUntil(() => voice(chat).includes('Something went wrong'), 'nobody hears of it');
    await waitUntil(() => line(list)?.innerText.trim() === 'Show the messages in between');
    await expect(chat).to.be.accessible();
    handle.failing = undefined;
    line(list)!.querySelector('button')!.click();
    await waitUntil(() => [...list.messages].some(({ key }) => key === 'Message 134'));
    expect(did(handle, 'loadBetween')).to.have.length(2);
    list.reveal('Message 134');
    await waitUntil(() => did(handle, 'loadBetween').length === 3, 'it does not go on by itself');
  });

  it('says that it loads only while it does, and keeps the focus of whoever asked for it', async () => {
    const { handle, list } = await quotes();
    list.shadowRoot!.querySelector<HTMLElement>('.quote')!.click();
    await waitUntil(() => shownIn(list) === 'Message 60', 'it is not shown');
    await waitUntil(() => line(list)?.innerText.trim() === 'Show the messages in between');
    expect(did(handle, 'loadBetween')).to.be.empty;
    let release!: () => void;
    handle.holding = new Promise((done) => (release = done));
    const button = line(list)!.querySelector('button')!;
    button.focus();
    button.click();
    await waitUntil(() => line(list)?.innerText.trim() === 'Loading', 'it does not say so');
    button.click();
    expect(did(handle, 'loadBetween').length, 'not twice at once').to.equal(1);
    expect(list.shadowRoot!.activeElement).to.equal(button);
    handle.failing = 'loadBetween';
    release();
    await waitUntil(
      () => line(list)?.innerText.trim() === 'Show the messages in between',
      'it says so for ever',
    );
    expect(list.shadowRoot!.activeElement).to.equal(button);
  });
});

describe('the transcript', () => {
  before(() => lateParts('rich', 'menu', 'extras', 'later', 'voice', 'tools', 'composer', 'long'));
  const divider = ({ shadowRoot }: SahayMessageList): HTMLElement | null =>
    shadowRoot!.querySelector('.unread');

  it('shows where what was not read begins, until its reader says something', async () => {
    unreadCount = 2;
    const { list, handle } = await scene(theirs('old', 90), theirs('new', 60), theirs('newer', 59));
    await waitUntil(() => divider(list));
    expect(divider(list)!.innerText).to.equal('New');
    expect(divider(list)!.nextElementSibling!.textContent).to.contain('new');
    expect(divider(list)!.previousElementSibling!.textContent).to.contain('old');
    expect(did(handle, 'markRead')).to.have.length(1);
    handle.show(theirs('old', 90), theirs('new', 60), theirs('newer', 59), own('thanks', 0));
    await waitUntil(() => !divider(list));
  });

  it('shows no divider before what its reader sees come', async () => {
    const first = [theirs('old', 90), own('question', 5)];
    const { list, handle } = await scene(...first);
    handle.show(...first, theirs('answer', 0));
    handle.set({ unreadCount: 1 });
    await waitUntil(() => did(handle, 'markRead').length);
    await aTimeout(50);
    expect(divider(list)).to.equal(null);
  });

  it('tells times of the last hour as distances that update, and the exact time where the pointer rests', async () => {
    const { list } = await scene(theirs('one', 5));
    const time = list.shadowRoot!.querySelector('time')!;
    expect(time.textContent).to.equal('5 min. ago');
    const real = Date.now;
    Date.now = () => real() + 3 * 60_000;
    document.dispatchEvent(new Event('visibilitychange'));
    await waitUntil(() => time.textContent === '8 min. ago');
    Date.now = () => real() + 2 * 3_600_000;
    document.dispatchEvent(new Event('visibilitychange'));
    await waitUntil(() => /\d:\d\d/.test(time.textContent));
    Date.now = real;
    time.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
    expect(time.title).to.match(/20\d\d/);
  });

  it('is copied with who said what and when, in order, also from beyond what is in the page', async () => {
    const views = Array.from({ length: 600 }, (_, index) =>
      (index % 2 ? own : theirs)(`Message ${index}`, 900 - index, `m${index}`),
    );
    const { list } = await scene(...views);
    const bubbleOf = (text: string): Element =>
      [...list.shadowRoot!.querySelectorAll('.bubble')].find((one) => one.textContent === text)!;
    list.reveal('m10');
    await waitUntil(() => list.shadowRoot!.textContent.includes('Message 10'));
    const start = textIn(bubbleOf('Message 10'));
    document.getSelection()!.setBaseAndExtent(start, 8, start, 10);
    await aTimeout(30);
    // Shift and a press far below.
    list.reveal('m500');
    await waitUntil(() => list.shadowRoot!.textContent.includes('Message 500'));
    await aTimeout(50);
    const end = textIn(bubbleOf('Message 500'));
    document.getSelection()!.extend(end, 7);
    await aTimeout(50);
    const copied = copy(list);
    const lines = copied.split('\n\n');
    expect(lines).to.have.length(491);
    expect(lines[0]).to.match(/^Sahay, .+20\d\d.+:\n/);
    expect(lines[1]).to.match(/^You, .+:\nMessage 11$/);
    expect(lines[490]).to.match(/^Sahay, .+:\nMessage$/);
    document.getSelection()!.removeAllRanges();
  });

  it('is copied whole when all is selected by the keyboard', async () => {
    const views = Array.from({ length: 300 }, (_, index) =>
      theirs(`Message ${index}`, 900 - index, `m${index}`),
    );
    const { list } = await scene(...views);
    list.focus();
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'a' });
    await sendKeys({ up: 'Control' });
    await aTimeout(30);
    expect(copy(list).split('\n\n')).to.have.length(300);
    document.getSelection()!.removeAllRanges();
  });

  it('says in a copy where messages are missing', async () => {
    const { list, handle } = await scene(...Array.from({ length: 4 }, (_, index) => theirs(`Word ${index}`)));
    handle.set({ messages: { ...handle.getSnapshot().messages, gap: 'Word 2' } });
    await waitUntil(() => list.shadowRoot!.querySelector('.gap'));
    list.focus();
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'a' });
    await sendKeys({ up: 'Control' });
    await aTimeout(30);
    const said = copy(list).split('\n\n');
    expect(said).to.have.length(5);
    expect(said[2]).to.equal('[…]');
    document.getSelection()!.removeAllRanges();
  });

  it('leaves words of one message as they are', async () => {
    const { list } = await scene(theirs('one two three'));
    const text = textIn(list.shadowRoot!.querySelector('.bubble')!);
    document.getSelection()!.setBaseAndExtent(text, 0, text, 3);
    await aTimeout(30);
    const event = new ClipboardEvent('copy', {
      clipboardData: new DataTransfer(),
      bubbles: true,
      cancelable: true,
    });
    list.scroller!.dispatchEvent(event);
    expect(event.defaultPrevented).to.equal(false);
    document.getSelection()!.removeAllRanges();
  });
});

function textIn(bubble: Element): Text {
  const walker = document.createTreeWalker(bubble, NodeFilter.SHOW_TEXT);
  for (let at = walker.nextNode(); at; at = walker.nextNode())
    if ((at as Text).data.trim()) return at as Text;
  throw new Error('no text');
}

function copy(list: SahayMessageList): string {
  const clipboardData = new DataTransfer();
  list.scroller!.dispatchEvent(
    new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }),
  );
  return clipboardData.getData('text/plain');
}
