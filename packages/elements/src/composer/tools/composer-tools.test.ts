import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../define/chat.ts';
import '../../define/composer.ts';
import type { SahayChat } from '../../chat/chat.ts';
import type { ComposerFilesDetail, SahayComposer } from '../composer.ts';
import { registerSuggestions } from '../suggestions.ts';
import { toolsFor } from './composer-tools.ts';
import { FakeClient, FakeConversation, messageView } from '../../testing/fake-client.ts';
import { lateParts } from '../../testing/late-parts.ts';

const field = ({ shadowRoot }: SahayComposer): HTMLTextAreaElement => shadowRoot!.querySelector('textarea')!;
const part = (composer: SahayComposer, name: string): HTMLElement | null =>
  composer.shadowRoot!.querySelector<HTMLElement>(`[part~=${name}]`);
const ready = (composer: SahayComposer): Promise<unknown> =>
  waitUntil(() => part(composer, 'emoji'), 'no tools', { timeout: 4000 });

async function composerAlone(attributes = {}): Promise<SahayComposer> {
  const composer = await fixture<SahayComposer>(html`<sahay-composer></sahay-composer>`);
  Object.assign(composer, attributes);
  await ready(composer);
  return composer;
}
async function write(composer: SahayComposer, text: string): Promise<void> {
  field(composer).value = text;
  field(composer).setSelectionRange(text.length, text.length);
  field(composer).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await composer.updateComplete;
}
function sends(composer: SahayComposer): string[] {
  const sent: string[] = [];
  composer.addEventListener('sahay-compose', (event) =>
    sent.push((event as CustomEvent<{ text: string }>).detail.text),
  );
  return sent;
}
const enter = (composer: SahayComposer): boolean =>
  field(composer).dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, composed: true }),
  );

async function chatOf(client: FakeClient): Promise<{ chat: SahayChat; composer: SahayComposer }> {
  const chat = await fixture<SahayChat>(html`<sahay-chat .client=${client}></sahay-chat>`);
  const composer = chat.shadowRoot!.querySelector<SahayComposer>('sahay-composer')!;
  await ready(composer);
  return { chat, composer };
}

describe('the tools of a composer', () => {
  before(() => lateParts('rich', 'menu', 'extras', 'later', 'voice', 'tools', 'composer'));

  describe('drafts', () => {
    it('are there after a reload, each with its conversation, and gone once they are sent', async () => {
      const client = new FakeClient();
      client.open = new FakeConversation('c1');
      client.open.show(messageView());
      const first = await chatOf(client);
      await write(first.composer, 'I would like');
      await waitUntil(() => client.kept.get('draft:c1') === 'I would like');
      first.chat.remove();
      const { chat, composer } = await chatOf(client);
      await waitUntil(() => composer.value === 'I would like');
      const other = new FakeConversation('c2');
      other.show(messageView());
      client.open = other;
      chat.startNew();
      await chat.updateComplete;
      await waitUntil(() => composer.value === '', 'the draft went along');
      await aTimeout(500);
      expect(client.kept.get('draft:c1')).to.equal('I would like');
    });

    it('are there also where the conversation comes later than the composer', async () => {
      const client = new FakeClient();
      client.kept.set('draft:c1', 'I would like');
      const { composer } = await chatOf(client);
      await composer.updateComplete;
      composer.draft = 'c1';
      await waitUntil(() => composer.value === 'I would like');
    });

    it('outlive a page that goes away before the browser has written anything', async () => {
      const left = (name: string): void =>
        sessionStorage.setItem('sahay-draft', JSON.stringify({ name, text: 'I would like' }));
      const client = new FakeClient();
      client.open = new FakeConversation('c1');
      client.open.show(messageView());
      left('c1');
      const { composer, chat } = await chatOf(client);
      await waitUntil(() => composer.value === 'I would like');
      expect(sessionStorage.getItem('sahay-draft')).to.equal(null);
      await write(composer, 'I would like to');
      window.dispatchEvent(new PageTransitionEvent('pagehide'));
      expect(JSON.parse(sessionStorage.getItem('sahay-draft')!)).to.deep.equal({
        name: 'c1',
        text: 'I would like to',
      });
      await write(composer, '');
      chat.remove();
      expect(sessionStorage.getItem('sahay-draft')).to.equal(null);
    });

    it('are nobody else’s, where a page before left them', async () => {
      sessionStorage.setItem('sahay-draft', JSON.stringify({ name: 'new', text: 'Mine' }));
      const client = new FakeClient();
      client.user.set({ participant: { id: 'v2', role: 'visitor' } });
      const { composer } = await chatOf(client);
      await aTimeout(50);
      expect(composer.value).to.equal('');
      sessionStorage.removeItem('sahay-draft');
    });

    it('are gone once they are sent', async () => {
      const client = new FakeClient();
      const { composer } = await chatOf(client);
      await write(composer, 'Hello');
      await waitUntil(() => client.kept.get('draft:new') === 'Hello');
      enter(composer);
      await waitUntil(() => !client.kept.has('draft:new'));
      await aTimeout(450);
      expect([...client.kept.keys()]).to.deep.equal([]);
    });

    it('are not stored before it is known that no consent is needed, and come back once it was given', async () => {
      const client = new FakeClient();
      const { greeting } = client;
      const asked = Promise.withResolvers<void>();
      const consent = {
        purposes: [{ purpose: 'chat', label: { en: 'Keep what I write' }, required: true }],
        policyVersion: '1',
      };
      client.greeting = asked.promise
        .then(() => greeting)
        .then((welcome) => ({ ...welcome!, settings: { consent } }));
      const { chat, composer } = await chatOf(client);
      await write(composer, 'I would like');
      await aTimeout(500);
      window.dispatchEvent(new PageTransitionEvent('pagehide'));
      asked.resolve();
      const form = () => chat.shadowRoot!.querySelector('sahay-pre-chat')?.shadowRoot;
      await waitUntil(() => form()?.querySelector('[type=submit]'), 'nothing is asked', { timeout: 4000 });
      await aTimeout(450);
      expect([...client.kept.keys()]).to.deep.equal([]);
      expect(sessionStorage.getItem('sahay-draft')).to.equal(null);
      form()!.querySelector<HTMLElement>('[name="p:chat"]')!.click();
      form()!.querySelector<HTMLElement>('[type=submit]')!.click();
      const next = () => chat.shadowRoot!.querySelector<SahayComposer>('sahay-composer');
      await waitUntil(() => next()?.value === 'I would like', 'her words are gone');
      client.user.set({
        consents: [{ purpose: 'chat', granted: true, policyVersion: '1', time: '2026-03-02T10:40:00Z' }],
      });
      await write(next()!, 'I would like to');
      await waitUntil(() => client.kept.get('draft:new') === 'I would like to');
    });

    it('are no reason not to write where storage fails', async () => {
      const client = new FakeClient();
      client.remember = () => Promise.reject(new DOMException('no', 'SecurityError'));
      const { chat, composer } = await chatOf(client);
      await write(composer, 'Hello');
      await aTimeout(500);
      expect(composer.value).to.equal('Hello');
      expect(chat.shadowRoot!.querySelectorAll('.banner').length).to.equal(0);
    });
  });

  describe('an answer or an edit', () => {
    it('is not taken along to another conversation, and gives the draft back', async () => {
      const client = new FakeClient();
      client.open = new FakeConversation('c1');
      const mine = messageView({ own: true, text: 'The bleu lamp' });
      client.open.show(mine);
      const { chat, composer } = await chatOf(client);
      await write(composer, 'and then');
      toolsFor(composer).answer('edit', mine);
      await composer.updateComplete;
      expect(composer.value).to.equal('The bleu lamp');
      const other = new FakeConversation('c2');
      other.show(messageView({ text: 'Elsewhere' }));
      client.open = other;
      chat.startNew();
      await waitUntil(() => !part(composer, 'about'), 'what is edited is in another conversation');
      expect(composer.value).to.equal('');
      await waitUntil(() => client.kept.get('draft:c1') === 'and then');
    });
  });

  describe('files', () => {
    const photo = (): File => new File(['x'], 'photo.png', { type: 'image/png' });
    function offers(composer: SahayComposer): string[] {
      const offered: string[] = [];
      composer.addEventListener('sahay-files', (event) => {
        event.stopPropagation();
        offered.push(...(event as CustomEvent<ComposerFilesDetail>).detail.files.map(({ name }) => name));
      });
      return offered;
    }
    const drag = (over: Element, type: string, dataTransfer: DataTransfer): DragEvent => {
      const event = new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true });
      over.dispatchEvent(event);
      return event;
    };

    it('may be dropped anywhere on the window, and are taken once', async () => {
      const { chat, composer } = await chatOf(new FakeClient());
      const offered = offers(composer);
      const held = new DataTransfer();
      held.items.add(photo());
      const list = chat.shadowRoot!.querySelector('sahay-message-list')!;
      expect(drag(list, 'dragover', held).defaultPrevented).to.equal(true);
      expect(composer.matches(':state(drop)')).to.equal(true);
      expect(drag(list, 'drop', held).defaultPrevented).to.equal(true);
      expect(composer.matches(':state(drop)')).to.equal(false);
      drag(field(composer), 'dragover', held);
      drag(field(composer), 'drop', held);
      expect(offered).to.deep.equal(['photo.png', 'photo.png']);
    });

    it('are listened for once in a window, whatever composers it has had', async () => {
      const { chat, composer } = await chatOf(new FakeClient());
      const heard: string[] = [];
      const { addEventListener } = chat;
      chat.addEventListener = (...args: Parameters<typeof addEventListener>) => {
        heard.push(args[0]);
        addEventListener.apply(chat, args);
      };
      const next = document.createElement('sahay-composer');
      next.attachments = true;
      composer.replaceWith(next);
      await ready(next);
      expect(heard).not.to.include('dragover');
      const offered = offers(next);
      const held = new DataTransfer();
      held.items.add(photo());
      const list = chat.shadowRoot!.querySelector('sahay-message-list')!;
      drag(list, 'dragover', held);
      drag(list, 'drop', held);
      expect(offered).to.deep.equal(['photo.png']);
    });

    it('do not take the page away where none can be sent', async () => {
      const client = new FakeClient();
      client.capabilities.delete('attachments');
      const { chat, composer } = await chatOf(client);
      const offered = offers(composer);
      const held = new DataTransfer();
      held.items.add(photo());
      const event = drag(chat.shadowRoot!.querySelector('sahay-message-list')!, 'dragover', held);
      expect(event.defaultPrevented).to.equal(true);
      expect(composer.matches(':state(drop)')).to.equal(false);
      expect(offered).to.deep.equal([]);
    });

    it('that a word processor puts beside copied words are left behind', async () => {
      const composer = await composerAlone({ attachments: true });
      const offered = offers(composer);
      const paste = (clipboardData: DataTransfer): boolean =>
        field(composer).dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
        );
      const words = new DataTransfer();
      words.setData('text/html', '<b>Twelve lamps</b>');
      words.setData('text/plain', 'Twelve lamps');
      words.items.add(photo());
      expect(paste(words)).to.equal(true, 'the words are pasted by the browser');
      expect(offered).to.deep.equal([]);
      // A picture copied from a page comes with its tag alone.
      const picture = new DataTransfer();
      picture.setData('text/html', '<img src="lamp.png">');
      picture.items.add(photo());
      expect(paste(picture)).to.equal(false);
      expect(offered).to.deep.equal(['photo.png']);
    });
  });

  describe('emoji', () => {
    const picker = (composer: SahayComposer): HTMLElement | null =>
      composer.shadowRoot!.querySelector('.emoji-picker');
    async function open(composer: SahayComposer): Promise<HTMLElement> {
      part(composer, 'emoji')!.click();
      await waitUntil(() => picker(composer)?.querySelector('.emoji-grid button'), 'no emoji', {
        timeout: 5000,
      });
      return picker(composer)!;
    }

    for (const [locale, query, emoji] of [
      ['en', 'thumbs up', '👍️'],
      ['bn', 'হাসি', '😀'],
      ['ar', 'قلب أحمر', '❤️'],
    ] as const)
      it(`are found by their names in ${locale}, put where the cursor is, and remembered`, async () => {
        const composer = await composerAlone({ locale });
        await waitUntil(() => composer.localized.tag === locale);
        await write(composer, 'ab');
        field(composer).setSelectionRange(1, 1);
        const box = await open(composer);
        await sendKeys({ type: query });
        await waitUntil(() => box.querySelector('.emoji-grid button'));
        const found = [...box.querySelectorAll<HTMLElement>('.emoji-grid button')];
        const wanted = found.find(({ textContent }) => textContent.trim() === emoji);
        expect(
          wanted !== undefined,
          found
            .slice(0, 9)
            .map(({ textContent }) => textContent.trim())
            .join(' '),
        ).to.equal(true);
        wanted!.click();
        expect(composer.value).to.equal(`a${emoji}b`);
        await waitUntil(() => !picker(composer), 'the picker stays');
        const again = await open(composer);
        expect(again.querySelector('.emoji-grid button')!.textContent.trim()).to.equal(emoji);
        await sendKeys({ press: 'Escape' });
      });

    it('are not stored before it is known that no consent is needed', async () => {
      const client = new FakeClient();
      const { greeting } = client;
      const asked = Promise.withResolvers<void>();
      client.greeting = asked.promise.then(() => greeting);
      const { composer, chat } = await chatOf(client);
      const choose = async (): Promise<void> => {
        (await open(composer)).querySelector<HTMLElement>('.emoji-grid button')!.click();
        await waitUntil(() => !picker(composer), 'the picker stays');
      };
      await choose();
      expect(client.kept.has('emoji')).to.equal(false);
      asked.resolve();
      const list = chat.shadowRoot!.querySelector('sahay-message-list')!;
      await waitUntil(() => list.shadowRoot!.textContent.includes('Ask me anything'));
      await choose();
      await waitUntil(() => client.kept.has('emoji'));
    });

    it('are reached by the arrows, and the focus goes back', async () => {
      const composer = await composerAlone();
      const box = await open(composer);
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'ArrowRight' });
      const buttons = [...box.querySelectorAll('.emoji-grid button')];
      expect(buttons[1]!.matches(':focus')).to.equal(true);
      await expect(composer).to.be.accessible();
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => !picker(composer));
      expect(part(composer, 'emoji')!.matches(':focus')).to.equal(true);
    });
  });

  describe('a number that others should not read', () => {
    const hint = (composer: SahayComposer): string => part(composer, 'sensitive')!.innerText;

    it('is pointed out while it is written, and masked by one tap', async () => {
      const composer = await composerAlone();
      await write(composer, 'My card is 4111 1111 1111 1111');
      expect(hint(composer)).to.contain('This looks like a card number.');
      part(composer, 'sensitive')!.querySelector('button')!.click();
      await composer.updateComplete;
      expect(composer.value).to.equal('My card is •••• •••• •••• 1111');
      expect(hint(composer).trim()).to.equal('');
    });

    it('is held back once, and sent as it is when its writer says so again', async () => {
      const composer = await composerAlone();
      const sent = sends(composer);
      await write(composer, 'DE89370400440532013000');
      enter(composer);
      await composer.updateComplete;
      expect(sent).to.deep.equal([]);
      expect(hint(composer)).to.contain('send once more');
      await expect(composer).to.be.accessible();
      enter(composer);
      expect(sent).to.deep.equal(['DE89370400440532013000']);
    });

    it('is not sent by the key that was held down, and each number is asked about', async () => {
      const composer = await composerAlone();
      const sent = sends(composer);
      await write(composer, 'DE89370400440532013000');
      enter(composer);
      for (let turn = 0; turn < 3; turn++)
        field(composer).dispatchEvent(
          new KeyboardEvent('keydown', {
            key: 'Enter',
            repeat: true,
            bubbles: true,
            cancelable: true,
            composed: true,
          }),
        );
      expect(sent, 'the key was held').to.deep.equal([]);
      await write(composer, 'No, 4111 1111 1111 1111');
      expect(hint(composer)).not.to.contain('send once more');
      enter(composer);
      expect(sent, 'she was asked about another').to.deep.equal([]);
      enter(composer);
      expect(sent).to.deep.equal(['No, 4111 1111 1111 1111']);
    });

    it('is not kept in the draft once it was masked', async () => {
      const client = new FakeClient();
      const { composer } = await chatOf(client);
      await write(composer, '4111 1111 1111 1111');
      await waitUntil(() => client.kept.get('draft:new') === '4111 1111 1111 1111');
      part(composer, 'sensitive')!.querySelector('button')!.click();
      await waitUntil(() => client.kept.get('draft:new') === '•••• •••• •••• 1111', 'the draft holds it');
    });
  });

  describe('suggestions', () => {
    it('follow the trigger, are led through by the arrows, and take the place of what was begun', async () => {
      const asked: string[] = [];
      const stop = registerSuggestions({
        trigger: '@',
        suggest: async (query) => {
          asked.push(query);
          return ['Rina', 'Rafi', 'Mina']
            .filter((name) => name.toLowerCase().startsWith(query))
            .map((label) => ({ label }));
        },
      });
      const composer = await composerAlone();
      const sent = sends(composer);
      await write(composer, 'Hello @r');
      const options = (): HTMLElement[] => [
        ...composer.shadowRoot!.querySelectorAll<HTMLElement>('[role=option]'),
      ];
      await waitUntil(() => options().length === 2);
      await expect(composer).to.be.accessible();
      field(composer).focus();
      await sendKeys({ press: 'ArrowDown' });
      expect(options()[1]!.ariaSelected).to.equal('true');
      expect(field(composer).getAttribute('aria-activedescendant')).to.equal(options()[1]!.id);
      await sendKeys({ press: 'Enter' });
      expect(composer.value).to.equal('Hello @Rafi ');
      expect(sent).to.deep.equal([]);
      await write(composer, 'mail me at a@r');
      await aTimeout(50);
      expect(options().length).to.equal(0);
      stop();
      await write(composer, '@r');
      await aTimeout(50);
      expect(options().length).to.equal(0);
      expect(asked).to.deep.equal(['r']);
    });
  });

  describe('suggestions that were found', () => {
    async function offered(): Promise<{ composer: SahayComposer; options: () => number; stop: () => void }> {
      const stop = registerSuggestions({ trigger: '@', suggest: () => [{ label: 'Rina' }] });
      const composer = await composerAlone();
      const options = (): number => composer.shadowRoot!.querySelectorAll('[role=option]').length;
      await write(composer, 'Hello @r');
      await waitUntil(options, 'nothing is offered');
      return { composer, options, stop };
    }

    it('go when the cursor goes elsewhere, so that no other words are replaced', async () => {
      const { composer, options, stop } = await offered();
      field(composer).focus();
      await sendKeys({ press: 'Home' });
      await waitUntil(() => !options(), 'they stay');
      await sendKeys({ press: 'Enter' });
      expect(composer.value).not.to.contain('Rina');
      stop();
    });

    it('go when something else is in focus', async () => {
      const { composer, options, stop } = await offered();
      field(composer).focus();
      field(composer).blur();
      await waitUntil(() => !options(), 'they stay');
      stop();
    });

    it('are none where a source fails, and its author is told so once', async () => {
      const warn = console.warn;
      const warnings: string[] = [];
      console.warn = (...words: unknown[]) => void warnings.push(words.map(String).join(' '));
      const stop = registerSuggestions({
        trigger: '#',
        suggest: () => {
          throw new Error('The list is not there.');
        },
      });
      try {
        const composer = await composerAlone();
        await write(composer, 'See #a');
        await write(composer, 'See #ab');
        await waitUntil(() => warnings.length, 'nobody is told');
        expect(warnings.join()).to.contain('"#" failed').and.contain('The list is not there.');
        expect(warnings).to.have.length(1);
      } finally {
        console.warn = warn;
        stop();
      }
    });
  });

  describe('dictation', () => {
    class Recognition {
      static running: Recognition | undefined;
      lang = '';
      onresult: ((event: object) => void) | null = null;
      onend: (() => void) | null = null;
      start(): void {
        Recognition.running = this;
      }
      stop(): void {
        Recognition.running = undefined;
        this.onend?.();
      }
    }
    const page = globalThis as { SpeechRecognition?: unknown; webkitSpeechRecognition?: unknown };
    const before_ = { ...{ a: page.SpeechRecognition, b: page.webkitSpeechRecognition } };
    afterEach(() => {
      page.SpeechRecognition = before_.a;
      page.webkitSpeechRecognition = before_.b;
    });

    it('writes what is said into the field, in the language of the window', async () => {
      page.SpeechRecognition = Recognition;
      const composer = await composerAlone({ locale: 'bn' });
      await write(composer, 'one');
      part(composer, 'dictate')!.click();
      await composer.updateComplete;
      expect(part(composer, 'dictate')!.getAttribute('aria-pressed')).to.equal('true');
      expect(Recognition.running!.lang).to.equal('bn');
      Recognition.running!.onresult!({
        resultIndex: 0,
        results: [Object.assign([{ transcript: ' two ' }], { isFinal: true })],
      });
      expect(composer.value).to.equal('one two');
      part(composer, 'dictate')!.click();
      await composer.updateComplete;
      expect(part(composer, 'dictate')!.getAttribute('aria-pressed')).to.equal('false');
    });

    it('is hidden where the browser has none', async () => {
      page.SpeechRecognition = page.webkitSpeechRecognition = undefined;
      const composer = await composerAlone();
      composer.requestUpdate();
      await composer.updateComplete;
      expect(part(composer, 'dictate') === null).to.equal(true);
    });
  });

  describe('recording', () => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    afterEach(() => (devices.getUserMedia = ask));

    /** A microphone that hears a tone. */
    const microphone = async (): Promise<MediaStream> => {
      const context = new AudioContext();
      const tone = context.createOscillator();
      const out = context.createMediaStreamDestination();
      tone.connect(out);
      tone.start();
      return out.stream;
    };

    it('shows that it hears something, can be listened to, and is sent as a file', async () => {
      devices.getUserMedia = microphone;
      const composer = await composerAlone({ attachments: true });
      part(composer, 'record')!.click();
      await waitUntil(() => part(composer, 'recorder'));
      const dot = composer.shadowRoot!.querySelector<HTMLElement>('.level')!;
      await waitUntil(() => Number(dot.style.getPropertyValue('--_level')) > 0.1, 'the tone is not seen');
      await expect(composer).to.be.accessible();
      composer.shadowRoot!.querySelector<HTMLElement>('.stop')!.click();
      await waitUntil(() => composer.shadowRoot!.querySelector('.recorder audio'));
      const heard = oneEvent(composer, 'sahay-files');
      composer.shadowRoot!.querySelector<HTMLElement>('.recorder .primary')!.click();
      const { files } = ((await heard) as CustomEvent<ComposerFilesDetail>).detail;
      expect(files[0]!.type).to.match(/^audio\/(mp4|webm|ogg)$/);
      expect(files[0]!.name).to.match(/^Voice message\.(m4a|webm|ogg)$/);
      expect(files[0]!.size).to.be.greaterThan(0);
      await waitUntil(() => !part(composer, 'recorder'), 'the recorder stays');
    });

    it('can be given up, and leaves the microphone', async () => {
      const stream = await microphone();
      devices.getUserMedia = async () => stream;
      const composer = await composerAlone({ attachments: true });
      let offered = 0;
      composer.addEventListener('sahay-files', () => offered++);
      part(composer, 'record')!.click();
      await waitUntil(() => part(composer, 'recorder'));
      part(composer, 'recorder')!.querySelector('button')!.click();
      await waitUntil(() => !part(composer, 'recorder'));
      expect(stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['ended']);
      await aTimeout(100);
      expect(offered).to.equal(0);
    });

    it('is heard by one microphone, however often it is asked for, and by none once its composer has gone', async () => {
      const streams: MediaStream[] = [];
      const waiting: (() => void)[] = [];
      devices.getUserMedia = async () => {
        const stream = await microphone();
        streams.push(stream);
        await new Promise<void>((resolve) => waiting.push(resolve));
        return stream;
      };
      const live = (): boolean[] =>
        streams.map((one) => one.getTracks().some((track) => track.readyState === 'live'));
      const composer = await composerAlone({ attachments: true });
      const record = part(composer, 'record')!;
      record.click();
      record.click();
      await waitUntil(() => waiting.length === 2);
      for (const go of waiting.splice(0)) go();
      await waitUntil(() => part(composer, 'recorder'));
      await waitUntil(() => live().join() === 'false,true', `two microphones: ${live().join()}`);
      part(composer, 'recorder')!.querySelector('button')!.click();
      await waitUntil(() => !part(composer, 'recorder'));
      part(composer, 'record')!.click();
      await waitUntil(() => waiting.length);
      composer.remove();
      for (const go of waiting) go();
      await waitUntil(() => live().join() === 'false,false,false', 'it goes on listening');
    });

    it('that is not allowed says so in the window', async () => {
      devices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      const { chat, composer } = await chatOf(new FakeClient());
      await waitUntil(() => part(composer, 'record'));
      part(composer, 'record')!.click();
      await waitUntil(() => chat.shadowRoot!.querySelector('.banner')?.textContent.includes('microphone'));
    });
  });
});
