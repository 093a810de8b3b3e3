import { expect, fixture, html, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import '../define/chat.ts';
import type { SahayComposer } from '../composer/composer.ts';
import type { SahayMessageList } from '../message-list/message-list.ts';
import { makeProblem } from '@sahay/protocol';
import {
  conversation,
  FakeClient,
  FakeConversation,
  listOf,
  messageView,
  textPart,
} from '../testing/fake-client.ts';
import type { SahayChat } from './chat.ts';
import type { ChatRoom } from './later.ts';
import { lateParts } from '../testing/late-parts.ts';

const rina = { id: 'a1', role: 'agent' as const, name: 'Rina Bose' };
const part = <T extends HTMLElement>(chat: SahayChat, tag: string): T =>
  chat.shadowRoot!.querySelector<T>(tag)!;
const list = (chat: SahayChat): SahayMessageList => part(chat, 'sahay-message-list');
const rows = (chat: SahayChat): string[] =>
  [...list(chat).shadowRoot!.querySelectorAll<HTMLElement>('.bubble')].map(({ innerText }) =>
    innerText.trim(),
  );
const banner = (chat: SahayChat): string | undefined => part(chat, '[part=banner]')?.textContent.trim();
const spoken = (chat: SahayChat, live: 'polite' | 'assertive'): string[] =>
  [...chat.shadowRoot!.querySelectorAll(`[aria-live=${live}] p`)].map(({ textContent }) => textContent);

async function chatWith(client: FakeClient, options: Partial<SahayChat> = {}): Promise<SahayChat> {
  const chat = await fixture<SahayChat>(html`<sahay-chat .client=${client}></sahay-chat>`);
  Object.assign(chat, options);
  await settled(chat);
  return chat;
}

async function settled(chat: SahayChat): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await nextFrame();
  await chat.updateComplete;
  await list(chat).updateComplete;
}

async function write(chat: SahayChat, text: string): Promise<void> {
  const composer = part<SahayComposer>(chat, 'sahay-composer');
  composer.value = text;
  await composer.updateComplete;
  composer.shadowRoot!.querySelector<HTMLElement>('[part~=send]')!.click();
  await settled(chat);
}

async function reply(chat: SahayChat, label: string): Promise<void> {
  const button = [...list(chat).shadowRoot!.querySelectorAll<HTMLElement>('[part=reply]')].find(
    ({ innerText }) => innerText.trim() === label,
  )!;
  button.click();
  await settled(chat);
}

/** A client whose visitor has a conversation already. */
function talking(...views: Parameters<FakeConversation['show']>): {
  client: FakeClient;
  handle: FakeConversation;
} {
  const client = new FakeClient();
  const handle = new FakeConversation();
  handle.show(...views);
  client.open = handle;
  return { client, handle };
}

describe('sahay-chat', () => {
  before(() => lateParts('rich', 'menu', 'extras', 'later', 'voice', 'around'));
  before(() => emulateMedia({ reducedMotion: 'reduce' }));

  describe('before anything was said', () => {
    it('asks again whether people are there when the hours say that they come or go, and not more often', async () => {
      const { setTimeout: real } = window;
      const waiting: [() => void, number][] = [];
      window.setTimeout = ((run: () => void, ms: number, ...rest: unknown[]) =>
        ms >= 60_000 ? waiting.push([run, ms]) : real(run, ms, ...rest)) as typeof setTimeout;
      try {
        const client = new FakeClient();
        let asked = 0;
        const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
        const answers = [
          { open: false, opensAt: at(3_600_000), closedBecause: 'outside_hours' as const },
          // A clock that is wrong: it says what is past.
          { open: true, closesAt: at(-3_600_000) },
        ];
        client.welcome = async () => ({
          locale: 'en',
          author: { id: 'people', role: 'system' },
          parts: [textPart(`Hello ${asked}`)],
          availability: answers[asked++]!,
        });
        const chat = await chatWith(client);
        const status = (): string => part(chat, '[part=status]').textContent.trim();
        await waitUntil(() => status() === 'Nobody is here right now');
        await waitUntil(() => banner(chat)?.includes('Leave a message'));
        expect(waiting.map(([, ms]) => Math.round(ms / 60_000))).to.deep.equal([60]);
        waiting.shift()![0]();
        await waitUntil(() => status() === 'People are here to help');
        expect(banner(chat)).to.equal(undefined);
        expect(rows(chat)).to.deep.equal(['Hello 1']);
        expect(waiting.map(([, ms]) => ms)).to.deep.equal([60_000]);
        client.welcome = () => Promise.reject(new Error('no network'));
        waiting.shift()![0]();
        await settled(chat);
        expect(rows(chat), 'what she reads stays').to.deep.equal(['Hello 1']);
      } finally {
        window.setTimeout = real;
      }
    });

    it('asks again for a greeting that it could not have, also after it was moved', async () => {
      const { setTimeout: real } = window;
      let waiting: [() => void, number][] = [];
      window.setTimeout = ((run: () => void, ms: number, ...rest: unknown[]) =>
        ms > 50_000 ? waiting.push([run, ms]) : real(run, ms, ...rest)) as typeof setTimeout;
      try {
        const client = new FakeClient();
        const { welcome } = client;
        client.welcome = () => Promise.reject(new Error('no network'));
        const chat = await chatWith(client);
        expect(rows(chat)).to.deep.equal(['Hello. How can we help?']);
        expect(waiting.map(([, ms]) => ms)).to.deep.equal([60_000]);
        const around = chat.parentElement!;
        waiting = [];
        chat.remove();
        around.append(chat);
        expect(waiting.length, 'it goes on where it was put').to.equal(1);
        client.welcome = welcome;
        waiting[0]![0]();
        await waitUntil(() => rows(chat)[0] === 'Hello! Ask me anything.');
      } finally {
        window.setTimeout = real;
      }
    });

    it('neither shows nor keeps to what another backend said once it has another client', async () => {
      const first = new FakeClient();
      const consent = {
        purposes: [{ purpose: 'chat', label: { en: 'Keep what I write' }, required: true }],
        policyVersion: '1',
      };
      first.greeting = first.greeting.then((welcome) => ({ ...welcome!, settings: { consent } }));
      const chat = await chatWith(first);
      await waitUntil(() => part(chat, 'sahay-pre-chat'), 'nothing is asked', { timeout: 4000 });
      const next = new FakeClient();
      const answer = Promise.withResolvers<Awaited<FakeClient['greeting']>>();
      next.greeting = answer.promise;
      chat.client = next;
      await settled(chat);
      expect(part(chat, 'sahay-pre-chat') === null).to.equal(true);
      expect(list(chat).shadowRoot!.querySelector('.skeleton'), 'the next greeting is awaited').to.exist;
      let sent = false;
      void chat.send('Hello').then(() => (sent = true));
      await settled(chat);
      expect(sent, 'before it is known what is asked').to.equal(false);
      answer.resolve(await new FakeClient().greeting);
      await waitUntil(() => sent);
    });

    it('greets, and neither sends nor starts anything', async () => {
      const client = new FakeClient();
      const chat = await chatWith(client);
      expect(rows(chat)).to.deep.equal(['Hello! Ask me anything.']);
      expect(client.created).to.have.length(0);
      expect(chat.conversation).to.equal(undefined);
    });

    it('outlines the greeting while it is on its way, and greets by itself when it stays away', async () => {
      const client = new FakeClient();
      client.greeting = new Promise(() => undefined);
      const chat = await chatWith(client);
      expect(list(chat).shadowRoot!.querySelector('.skeleton')).to.exist;
      await waitUntil(() => rows(chat)[0] === 'Hello. How can we help?', undefined, { timeout: 2000 });
    });

    it('greets by itself when the server cannot', async () => {
      const client = new FakeClient();
      client.greeting = Promise.reject(new Error('no network'));
      expect(rows(await chatWith(client))).to.deep.equal(['Hello. How can we help?']);
    });

    it('greets in another language once it is told to', async () => {
      const client = new FakeClient();
      client.greeting = Promise.resolve(undefined);
      const chat = await chatWith(client);
      chat.locale = 'bn';
      await waitUntil(() => rows(chat)[0]?.startsWith('স্বাগতম'));
    });

    it('starts the conversation with the first message, and keeps the greeting above it', async () => {
      const client = new FakeClient();
      const chat = await chatWith(client);
      await write(chat, 'Where is my lamp?');
      expect(client.created).to.have.length(1);
      expect(client.created[0]!.calls).to.deep.equal([['send', 'Where is my lamp?']]);
      expect(rows(chat)).to.deep.equal(['Hello! Ask me anything.', 'Where is my lamp?']);
      expect(part<SahayComposer>(chat, 'sahay-composer').value).to.equal('');
      // The recorded greeting takes the shown one's place.
      const [own] = client.created[0]!.getSnapshot().messages;
      client.created[0]!.show(messageView({ text: 'Hello! Ask me anything.' }), own!);
      await settled(chat);
      expect(rows(chat)).to.deep.equal(['Hello! Ask me anything.', 'Where is my lamp?']);
    });

    it('starts it with a quick reply too', async () => {
      const client = new FakeClient();
      const chat = await chatWith(client);
      await reply(chat, 'Track an order');
      expect(client.created[0]!.calls).to.deep.equal([['send', 'Track an order']]);
    });

    it('asks for people when "Talk to a person" is tapped', async () => {
      const client = new FakeClient();
      await reply(await chatWith(client), 'Talk to a person');
      expect(client.created[0]!.calls).to.deep.equal([['requestHandoff']]);
    });
  });

  describe('sending', () => {
    it('can be held back by the host page, and the text stays', async () => {
      const client = new FakeClient();
      const chat = await chatWith(client);
      chat.addEventListener('sahay-before-send', (event) => event.preventDefault());
      await write(chat, 'Hello');
      expect(client.created).to.have.length(0);
      expect(part<SahayComposer>(chat, 'sahay-composer').value).to.equal('Hello');
    });

    it('is told to the host page', async () => {
      const chat = await chatWith(new FakeClient());
      setTimeout(() => void write(chat, 'Hello'));
      const { detail } = await oneEvent(chat, 'sahay-send');
      expect(detail).to.include({ text: 'Hello', conversationId: 'c1' });
    });

    it('sends once, however often Enter is pressed, and keeps what is written meanwhile', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      const composer = part<SahayComposer>(chat, 'sahay-composer');
      const field = composer.shadowRoot!.querySelector('textarea')!;
      const enter = () =>
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      composer.value = 'Hello';
      await composer.updateComplete;
      enter();
      enter();
      composer.value = 'there';
      await settled(chat);
      expect(handle.calls.filter(([name]) => name === 'send')).to.deep.equal([['send', 'Hello']]);
      expect(composer.value).to.equal('there');
    });

    it('keeps the text and says so when the client refuses it', async () => {
      const { client, handle } = talking(messageView());
      handle.failing = 'send';
      const chat = await chatWith(client);
      let problem: unknown;
      chat.addEventListener('sahay-error', (event) => (problem = (event as CustomEvent).detail.error));
      await write(chat, 'Hello');
      expect(part<SahayComposer>(chat, 'sahay-composer').value).to.equal('Hello');
      expect(banner(chat)).to.equal('Something went wrong. Try again.');
      expect(problem).to.be.instanceOf(Error);
    });

    it('sends files, and says which cannot be sent', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      const files = [
        new File(['x'], 'lamp.png', { type: 'image/png' }),
        new File(['x'], 'setup.exe', { type: 'application/x-msdownload' }),
        new File([], 'empty.png', { type: 'image/png' }),
      ];
      part(chat, 'sahay-composer').dispatchEvent(new CustomEvent('sahay-files', { detail: { files } }));
      await waitUntil(() => handle.calls.length > 0);
      await settled(chat);
      expect(handle.calls.map(([name, , file]) => [name, file])).to.deep.equal([['sendFile', 'lamp.png']]);
      expect(banner(chat)).to.contain('setup.exe').and.contain('empty.png is empty');
    });

    it('keeps a file that did not arrive, and sends it again to where it was meant to go, or gives it up', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      const composer = part<SahayComposer>(chat, 'sahay-composer');
      const errors: unknown[] = [];
      chat.addEventListener('sahay-error', (event) => errors.push((event as CustomEvent).detail.error));
      const offer = (...names: string[]): boolean =>
        composer.dispatchEvent(
          new CustomEvent('sahay-files', {
            detail: { files: names.map((name) => new File(['x'], name, { type: 'audio/mp4' })) },
          }),
        );
      const rows = (): HTMLElement[] => [
        ...composer.shadowRoot!.querySelectorAll<HTMLElement>('.uploads li'),
      ];
      const press = (label: string): void =>
        composer.shadowRoot!.querySelector<HTMLElement>(`.uploads [aria-label="${label}"]`)!.click();
      handle.failing = 'sendFile';
      offer('voice.m4a');
      await waitUntil(() => rows()[0]?.innerText.includes('voice.m4a could not be uploaded'));
      expect(errors).to.have.length(1);
      await expect(composer).to.be.accessible();
      chat.startNew();
      await settled(chat);
      press('Send again: voice.m4a');
      await waitUntil(() => rows().length === 0, 'it stays');
      expect(handle.calls.filter(([name]) => name === 'sendFile')).to.have.length(2);
      expect(client.created).to.have.length(0);
      offer('other.m4a');
      await waitUntil(() => client.created.length === 1);
      client.created[0]!.failing = 'sendFile';
      offer('third.m4a');
      await waitUntil(() => rows().some((row) => row.innerText.includes('third.m4a could not')));
      press('Remove third.m4a');
      await waitUntil(() => rows().length === 0, 'it was given up');
    });

    it('sends again and drops what failed', async () => {
      const { client, handle } = talking(messageView({ own: true, delivery: 'failed', key: 'k1' }));
      const chat = await chatWith(client);
      const [again, drop] = list(chat).shadowRoot!.querySelectorAll<HTMLElement>('.failed button');
      again!.click();
      drop!.click();
      await waitUntil(() => handle.calls.length > 1);
      expect(handle.calls).to.deep.equal([
        ['retry', 'k1'],
        ['discard', 'k1'],
      ]);
    });
  });

  describe('a conversation', () => {
    it('is there after the window was taken away and put back', async () => {
      const { client, handle } = talking(messageView({ text: 'First' }));
      const chat = await chatWith(client);
      const parent = chat.parentElement!;
      chat.remove();
      expect(handle.listeners).to.equal(0);
      handle.show(messageView({ text: 'First' }), messageView({ text: 'Second' }));
      parent.append(chat);
      await settled(chat);
      expect(rows(chat)).to.deep.equal(['First', 'Second']);
      expect(handle.listeners).to.equal(1);
    });

    it('is taken up when another tab began it', async () => {
      const client = new FakeClient();
      const chat = await chatWith(client);
      const handle = new FakeConversation('elsewhere');
      handle.show(messageView({ text: 'From the other tab' }));
      client.open = handle;
      client.user.set({ currentConversationId: 'elsewhere' });
      await settled(chat);
      expect(rows(chat)).to.deep.equal(['From the other tab']);
    });

    it('is marked as read once it can be seen, and its unread count is told', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      const told: number[] = [];
      chat.addEventListener('sahay-unread-change', (event) => told.push((event as CustomEvent).detail.count));
      handle.set({ unreadCount: 2 });
      await waitUntil(() => told.length === 2);
      expect(told).to.deep.equal([2, 0]);
      expect(handle.calls).to.deep.include(['markRead']);
    });

    it('is not marked as read while the window is hidden', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      chat.hidden = true;
      await settled(chat);
      handle.set({ unreadCount: 2 });
      await settled(chat);
      expect(handle.calls).to.deep.equal([]);
      expect(chat.unreadCount).to.equal(2);
    });

    it('says who answers', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      const status = (): string => part(chat, '[part=status]').textContent.trim();
      expect(status()).to.equal('You are talking to a bot');
      const assignment = { state: 'assigned' as const, controlledBy: 'a1', since: '2026-03-02T10:41:00Z' };
      handle.set({ conversation: conversation({ participants: [rina], assignment }) });
      await settled(chat);
      expect(status()).to.equal('You are talking to Rina Bose');
    });

    it('passes on whether an answer helped', async () => {
      const answer = messageView({
        message: {
          id: 'm9',
          parts: [textPart('30 days'), { partId: 'c', type: 'citation', title: 'Refunds' }],
        },
      });
      const { client, handle } = talking(messageView(), answer);
      const chat = await chatWith(client);
      list(chat).shadowRoot!.querySelector<HTMLElement>('.feedback button')!.click();
      await waitUntil(() => handle.calls.length > 0);
      expect(handle.calls).to.deep.equal([['feedback', 'm9', true]]);
    });

    it('offers a person in the menu, unless one is there or the backend has none', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      const offered = async (): Promise<boolean> => {
        const more = part(chat, '#more');
        more.click();
        await waitUntil(() => part(chat, '[role=menu] button'));
        const { textContent } = part(chat, '[role=menu]');
        more.click();
        return textContent.includes('Talk to a person');
      };
      expect(await offered()).to.equal(true);
      const assignment = { state: 'queued' as const, since: '2026-03-02T10:41:00Z' };
      handle.set({ conversation: conversation({ assignment }) });
      await settled(chat);
      expect(await offered()).to.equal(false);
    });
  });

  describe('what stands above the composer', () => {
    it('tries again what could not be reached, until she says something else or the window is gone', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      const { setTimeout: real } = window;
      const waiting: (() => void)[] = [];
      window.setTimeout = ((run: () => void, ms: number, ...rest: unknown[]) =>
        ms === 3_000 ? waiting.push(run) : real(run, ms, ...rest)) as typeof setTimeout;
      let tries = 0;
      const attempt = async (): Promise<void> => {
        const detail = async (): Promise<void> => {
          tries++;
          throw Object.assign(new Error('not there'), { code: 'network' });
        };
        const before = waiting.length;
        part(chat, '.window').dispatchEvent(new CustomEvent('sahay-attempt', { detail }));
        await waitUntil(() => waiting.length > before);
      };
      const wait = async (): Promise<void> => {
        for (const run of waiting.splice(0)) run();
        await nextFrame();
      };
      try {
        await attempt();
        await wait();
        expect(tries).to.equal(2);
        await write(chat, 'Another thing');
        expect(handle.calls.some(([name]) => name === 'send')).to.equal(true);
        await attempt();
        await wait();
        expect(tries, 'the first one rests').to.equal(4);
        chat.startNew();
        await attempt();
        await wait();
        expect(tries, 'so does what another conversation asked').to.equal(6);
        chat.remove();
        await wait();
        expect(tries, 'without a window').to.equal(6);
      } finally {
        window.setTimeout = real;
      }
    });

    it('goes on saying what failed when something fails that is said elsewhere', async () => {
      const { client } = talking(messageView());
      const chat = await chatWith(client);
      const errors: unknown[] = [];
      chat.addEventListener('sahay-error', (event) => errors.push(event));
      let room!: ChatRoom;
      const detail = (given: ChatRoom): void => void (room = given);
      part(chat, '.window').dispatchEvent(new CustomEvent('sahay-attempt', { detail }));
      await waitUntil(() => room);
      room.failed(new Error('no'), 'That did not work.');
      room.failed(new Error('no'), '');
      await settled(chat);
      expect(banner(chat)).to.equal('That did not work.');
      expect(errors.length).to.equal(2);
    });

    it('says that there is no network, and that it is being tried again', async () => {
      const { client } = talking(messageView());
      const chat = await chatWith(client);
      expect(banner(chat)).to.equal(undefined);
      client.connection.set({ state: 'offline', cause: 'network_lost' });
      await settled(chat);
      expect(banner(chat)).to.contain('You are offline');
      client.connection.set({ state: 'waiting', cause: 'connection_lost' });
      await settled(chat);
      expect(banner(chat)).to.contain('Trying again');
      client.connection.set({ state: 'online', cause: 'welcomed' });
      await settled(chat);
      expect(banner(chat)).to.equal(undefined);
    });

    it('tells the place in the queue, only as far as it is known, and lets one leave it', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      const assignment = { state: 'queued' as const, since: '2026-03-02T10:41:00Z' };
      handle.set({ conversation: conversation({ assignment }) });
      await settled(chat);
      expect(banner(chat)).to.contain('We are looking for someone who can help.');
      handle.set({
        queue: { conversationId: 'c1', position: 3, estimatedWaitSeconds: { low: 60, high: 240 } },
      });
      await settled(chat);
      expect(banner(chat)).to.contain(
        'You are number 3 in the queue. It usually takes 1 minute to 4 minutes.',
      );
      part(chat, '[part=banner] button').click();
      expect(handle.calls).to.deep.equal([['cancelHandoff']]);
    });

    it('says what failed beside the place in the queue, and beside the way to begin anew', async () => {
      const { client, handle } = talking(messageView());
      const assignment = { state: 'queued' as const, since: '2026-03-02T10:41:00Z' };
      handle.set({
        conversation: conversation({ assignment }),
        queue: { conversationId: 'c1', position: 2 },
      });
      const chat = await chatWith(client);
      const banners = (): string =>
        [...chat.shadowRoot!.querySelectorAll('.banner')].map((one) => one.textContent).join();
      await waitUntil(() => banners().includes('You are number 2'));
      handle.failing = 'cancelHandoff';
      part(chat, '[part=banner] button').click();
      await waitUntil(() => banners().includes('Something went wrong'));
      expect(banners()).to.contain('You are number 2');
      client.connection.set({ state: 'offline', cause: 'network_lost' });
      await settled(chat);
      expect(chat.shadowRoot!.querySelectorAll('.banner')).to.have.length(
        1,
        'one of two lines about the same',
      );
      client.connection.set({ state: 'online', cause: 'welcomed' });
      handle.set({ conversation: conversation({ status: 'closed' }) });
      await settled(chat);
      expect(banners()).to.contain('Something went wrong').and.contain('Start a new conversation');
    });

    it('says when nobody is here', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      const assignment = { state: 'queued' as const, since: '2026-03-02T10:41:00Z' };
      handle.set({ conversation: conversation({ assignment }), availability: { open: false } });
      await settled(chat);
      expect(banner(chat)).to.contain('Nobody is here right now.');
    });
  });

  describe('after the end', () => {
    const time = '2026-03-02T10:41:00Z';
    const survey = {
      surveyId: 's1',
      kind: 'csat' as const,
      state: 'requested' as const,
      requestedAt: time,
      expiresAt: '2999-03-02T10:41:00Z',
    };

    it('asks nothing any more once the survey has ended', async () => {
      const { client, handle } = talking(messageView());
      const ended = { ...survey, expiresAt: time };
      handle.set({ conversation: conversation({ status: 'closed', survey: ended }) });
      const chat = await chatWith(client);
      await waitUntil(() => banner(chat));
      expect(part(chat, 'sahay-survey')).to.equal(null);
    });

    it('asks how it was, in line, and takes the composer away', async () => {
      const { client, handle } = talking(messageView());
      handle.set({ conversation: conversation({ status: 'closed', survey }) });
      const chat = await chatWith(client);
      await waitUntil(() => part(chat, 'sahay-survey')?.shadowRoot?.querySelector('sahay-rating'));
      expect(part(chat, 'sahay-composer')).to.equal(null);
    });

    it('leads whoever was writing to the transcript, and says once that it is over', async () => {
      const { client, handle } = talking(messageView({ text: 'Goodbye' }));
      const chat = await chatWith(client);
      part<SahayComposer>(chat, 'sahay-composer').focus();
      await waitUntil(() => chat.shadowRoot!.querySelector('.voice'));
      handle.set({ conversation: conversation({ status: 'closed' }) });
      await waitUntil(() => chat.shadowRoot!.activeElement === list(chat));
      await waitUntil(() => spoken(chat, 'polite').length > 0);
      expect(spoken(chat, 'polite')).to.deep.equal(['This conversation was closed.']);
      expect(part(chat, '[part=banner]').querySelector('[role=status]')).to.equal(null);
    });

    it('says so again when it was opened again and closed once more', async () => {
      const { client, handle } = talking(messageView({ text: 'Goodbye' }));
      const chat = await chatWith(client);
      const last = (): string | undefined => spoken(chat, 'polite').at(-1);
      await waitUntil(() => chat.shadowRoot!.querySelector('.voice'));
      handle.set({ conversation: conversation({ status: 'closed' }) });
      await waitUntil(() => last() === 'This conversation was closed.');
      handle.set({ conversation: conversation({ status: 'open' }) });
      handle.show(messageView({ text: 'One more thing' }));
      await waitUntil(() => last()?.includes('One more thing'), 'no message');
      handle.set({ conversation: conversation({ status: 'closed' }) });
      await waitUntil(() => last() === 'This conversation was closed.', 'not said again', { timeout: 3000 });
    });

    it('starts anew: the greeting again, and a conversation of its own with the next message', async () => {
      const { client, handle } = talking(messageView({ text: 'Goodbye' }));
      handle.set({ conversation: conversation({ status: 'closed' }) });
      const chat = await chatWith(client);
      part(chat, '[part=banner] button').click();
      await settled(chat);
      expect(rows(chat)).to.deep.equal(['Hello! Ask me anything.']);
      await write(chat, 'One more thing');
      expect(client.created).to.have.length(1);
      expect(handle.calls).to.deep.equal([]);
    });
  });

  it('goes on with what there is when its conversation is erased elsewhere', async () => {
    const { client, handle } = talking(messageView({ text: 'What I said' }));
    const chat = await chatWith(client);
    handle.set({
      phase: 'failed',
      conversation: undefined,
      messages: listOf([]),
      problem: makeProblem('not_found', 'There is no such stream that you may read.'),
    });
    await waitUntil(() => rows(chat).join() === 'Hello! Ask me anything.');
    expect(chat.conversation).to.equal(undefined);
    const next = new FakeConversation('c2');
    next.show(messageView({ text: 'Said since' }));
    client.open = next;
    client.user.set({});
    await waitUntil(() => rows(chat).join() === 'Said since');
  });

  describe('a source', () => {
    it('opens inside the window, and gives the focus back', async () => {
      const citation = { partId: 'c', type: 'citation' as const, title: 'Refunds', articleId: 'en/refunds' };
      const { client } = talking(messageView({ message: { parts: [textPart('30 days'), citation] } }));
      const article = { title: 'Returns and refunds', lang: 'en', markdown: 'You have **30 days**.' };
      client.responses.set('/v1/articles/en%2Frefunds', article);
      const chat = await chatWith(client);
      const card = list(chat).shadowRoot!.querySelector<HTMLElement>('[part=citation]')!;
      card.focus();
      card.click();
      await waitUntil(() => part(chat, 'sahay-article')?.shadowRoot?.querySelector('strong'), 'no article', {
        timeout: 5000,
      });
      const view = part(chat, 'sahay-article').shadowRoot!;
      expect(view.querySelector('h2')!.innerText).to.equal('Returns and refunds');
      expect(view.activeElement).to.equal(view.querySelector('button'));
      expect(list(chat).closest('[inert]')).to.exist;
      view.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
      );
      await settled(chat);
      expect(part(chat, 'sahay-article')).to.equal(null);
      expect(list(chat).shadowRoot!.activeElement).to.equal(card);
    });

    it('that cannot be fetched says so, and can be tried again', async () => {
      const citation = { partId: 'c', type: 'citation' as const, title: 'Refunds', articleId: 'gone' };
      const { client } = talking(messageView({ message: { parts: [citation] } }));
      const chat = await chatWith(client);
      list(chat).shadowRoot!.querySelector<HTMLElement>('[part=citation]')!.click();
      await waitUntil(() => part(chat, 'sahay-article')?.shadowRoot?.querySelector('[role=alert]'));
      client.responses.set('/v1/articles/gone', {
        title: 'Refunds',
        lang: 'en',
        markdown: 'Found.',
      });
      part(chat, 'sahay-article').shadowRoot!.querySelector<HTMLElement>('.scroller button')!.click();
      await waitUntil(
        () => part(chat, 'sahay-article').shadowRoot!.querySelector('article')?.innerText === 'Found.',
      );
    });
  });

  describe('what is read aloud', () => {
    it('is each incoming message once, and nothing of what was there before', async () => {
      const first = messageView({ text: 'Old' });
      const { client, handle } = talking(first);
      const chat = await chatWith(client);
      const next = messageView({
        text: '**New** words',
        message: { parts: [textPart('**New** words', 'markdown')], author: rina },
      });
      handle.show(first, next);
      handle.show(first, next, messageView({ text: 'Mine', own: true }));
      await waitUntil(() => spoken(chat, 'polite').length > 0);
      expect(spoken(chat, 'polite')).to.deep.equal(['Rina Bose: New words']);
    });

    it('is nothing of a conversation that is taken up before its history has come', async () => {
      const { client, handle } = talking();
      handle.set({ phase: 'new' });
      const chat = await chatWith(client);
      const old = messageView({ text: 'Old' });
      handle.set({ phase: 'ready' });
      handle.show(old);
      await settled(chat);
      handle.show(old, messageView({ text: 'New', message: { author: rina } }));
      await waitUntil(() => spoken(chat, 'polite').length > 0);
      expect(spoken(chat, 'polite')).to.deep.equal(['Rina Bose: New']);
    });

    it('is a streamed answer once, when it is complete', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      const answer = (text: string, status: 'streaming' | 'complete') =>
        messageView({ message: { id: 's1', status, parts: [textPart(text)] } });
      handle.show(answer('You', 'streaming'));
      await settled(chat);
      handle.show(answer('You have', 'streaming'));
      await settled(chat);
      handle.show(answer('You have 30 days.', 'complete'));
      await waitUntil(() => spoken(chat, 'polite').length > 0);
      expect(spoken(chat, 'polite')).to.deep.equal(['Sahay: You have 30 days.']);
    });

    it('is at once that a message of one’s own was not sent', async () => {
      const { client, handle } = talking(messageView());
      const chat = await chatWith(client);
      handle.show(messageView({ own: true, delivery: 'failed', key: 'k1' }));
      await waitUntil(() => spoken(chat, 'assertive').length > 0);
      expect(spoken(chat, 'assertive')).to.deep.equal(['Not sent']);
    });
  });

  it('asks for its close when its button is pressed', async () => {
    const chat = await chatWith(new FakeClient(), { closable: true });
    setTimeout(() => part(chat, '[part=minimize]').click());
    await oneEvent(chat, 'sahay-close');
  });

  it('puts the cursor where a message is written', async () => {
    const chat = await chatWith(new FakeClient());
    chat.focus();
    await settled(chat);
    expect(part(chat, 'sahay-composer').shadowRoot!.activeElement!.localName).to.equal('textarea');
  });

  it('fits 360 pixels at twice the text size', async () => {
    const { client } = talking(
      messageView({ text: 'Unbelievablylongwordswithoutaplacetobreak' }),
      messageView({ own: true }),
    );
    const chat = await chatWith(client);
    chat.style.setProperty('inline-size', '360px');
    chat.style.setProperty('--sahay-font-size', '30px');
    await settled(chat);
    expect(chat.scrollWidth).to.equal(360);
    expect(list(chat).scroller!.scrollWidth).to.equal(360);
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`is accessible in ${scheme}`, async () => {
      const { client, handle } = talking(messageView(), messageView({ own: true, delivery: 'read' }));
      handle.set({ availability: { open: false } });
      const chat = await chatWith(client, { colorScheme: scheme, closable: true });
      client.connection.set({ state: 'offline', cause: 'network_lost' });
      await settled(chat);
      await expect(chat).to.be.accessible();
    });
  }
});
