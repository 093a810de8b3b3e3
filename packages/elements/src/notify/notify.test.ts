import { expect } from '@open-wc/testing';
import { FakeClient, messageView } from '../testing/fake-client.ts';
import { Locale } from '../locales/locale.ts';
import { ar } from '../locales/ar.ts';
import { bn } from '../locales/bn.ts';
import { followUnread, tellNews, type Listener } from './news.ts';
import { countInTitle } from './title-count.ts';
import { mayNotify, show, soundIsOn, turnNotifications, turnSound } from './preferences.ts';

const locale = new Locale('bn', bn);
const { message } = messageView({ message: { author: { id: 'a1', role: 'agent', name: 'Rina' } } });

/** Shows a document that is in the background, or in front, until the test ends. */
function visibility(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Counts tones instead of playing them, and holds notifications instead of showing them. */
class Ears {
  tones = 0;
  readonly shown: { title: string; options: NotificationOptions; click: () => void }[] = [];
  readonly #before = { AudioContext, Notification, OscillatorNode, GainNode };

  constructor(permission: NotificationPermission) {
    const play = (): void => void this.tones++;
    const show = (shown: (typeof this.shown)[number]): void =>
      void (permission === 'granted' && this.shown.push(shown));
    class Context {
      state = 'running';
      currentTime = 0;
      destination = {};
    }
    class Node {
      gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
      connect = (to: unknown): unknown => to;
      start(): void {
        play();
      }
      stop(): void {}
    }
    class Shown extends EventTarget {
      static permission = permission;
      constructor(title: string, options: NotificationOptions) {
        super();
        show({ title, options, click: () => this.dispatchEvent(new Event('click')) });
      }
      close(): void {}
    }
    Object.assign(globalThis, {
      AudioContext: Context,
      OscillatorNode: Node,
      GainNode: Node,
      Notification: Shown,
    });
    Object.defineProperty(navigator, 'userActivation', {
      configurable: true,
      value: { hasBeenActive: true },
    });
  }

  restore(): void {
    Object.assign(globalThis, this.#before);
    Reflect.deleteProperty(navigator, 'userActivation');
  }
}

describe('news', () => {
  let ears: Ears;
  let opened = 0;
  const listener = (options: Partial<Listener> = {}): Listener => ({
    client: new FakeClient(),
    locale,
    watching: false,
    open: () => opened++,
    ...options,
  });
  beforeEach(() => {
    localStorage.removeItem('sahay-sound');
    localStorage.removeItem('sahay-notify');
    opened = 0;
    ears = new Ears('granted');
  });
  afterEach(() => {
    ears.restore();
    Reflect.deleteProperty(document, 'visibilityState');
    localStorage.removeItem('sahay-sound');
    localStorage.removeItem('sahay-notify');
  });

  it('is heard while she looks elsewhere, and not while she looks at it', async () => {
    await tellNews(message, 'Hello', listener({ watching: true }));
    expect(ears.tones).to.equal(0);
    await tellNews(message, 'Hello', listener());
    expect(ears.tones).to.equal(2);
  });

  it('is heard in one of several tabs', async () => {
    const taken = new Set<string>();
    const client = new FakeClient();
    client.maySound = async (key?: string) => taken.size < taken.add(key!).size;
    for (let tab = 0; tab < 3; tab++) await tellNews(message, 'Hello', listener({ client }));
    expect(ears.tones).to.equal(2);
  });

  it('is not heard in tabs in the background while she reads it in another', async () => {
    const taken = new Set<string>();
    const client = new FakeClient();
    client.maySound = async (key?: string) => taken.size < taken.add(key!).size;
    await Promise.all(
      [false, true, false].map((watching) => tellNews(message, 'Hello', listener({ client, watching }))),
    );
    expect(ears.tones).to.equal(0);
  });

  it('is silent once the sound is off, and that is remembered', async () => {
    turnSound(false);
    expect(soundIsOn()).to.equal(false);
    await tellNews(message, 'Hello', listener());
    expect(ears.tones).to.equal(0);
  });

  it('waits for the first touch: a page that nobody has used makes no sound', async () => {
    Object.defineProperty(navigator, 'userActivation', {
      configurable: true,
      value: { hasBeenActive: false },
    });
    await tellNews(message, 'Hello', listener());
    expect(ears.tones).to.equal(0);
  });

  it('is shown by the system only where she asked for it, and brings her back', async () => {
    visibility('hidden');
    await tellNews(message, 'Hello', listener());
    expect(ears.shown).to.have.length(0);
    turnNotifications(true);
    expect(mayNotify()).to.equal(true);
    await tellNews(message, '<b>Hello</b>', listener());
    expect(ears.shown.map(({ title, options: { body, lang } }) => [title, body, lang])).to.deep.equal([
      ['Rina', '<b>Hello</b>', 'bn'],
    ]);
    ears.shown[0]!.click();
    expect(opened).to.equal(1);
  });

  it('is not offered where only a service worker could show it', () => {
    ears.restore();
    ears = new Ears('default');
    expect(mayNotify()).to.equal(false);
    const { Notification } = globalThis;
    class Phone {
      static permission = 'default';
      constructor() {
        throw new TypeError('Illegal constructor');
      }
    }
    Object.assign(globalThis, { Notification: Phone });
    expect(show('', {})).to.equal(undefined);
    expect(mayNotify()).to.equal(undefined);
    Object.assign(globalThis, { Notification });
    show('', {});
    expect(mayNotify()).to.equal(false);
  });

  it('stores nothing before she has chosen', async () => {
    await tellNews(message, 'Hello', listener());
    expect(localStorage.getItem('sahay-sound')).to.equal(null);
    expect(localStorage.getItem('sahay-notify')).to.equal(null);
  });
});

describe('the count in the title', () => {
  const before = document.title;
  afterEach(() => {
    followUnread(0, locale);
    Reflect.deleteProperty(document, 'visibilityState');
    document.title = before;
  });

  it('stands there while the page is in the background, in the digits of the language', () => {
    document.title = 'Lamps';
    followUnread(3, new Locale('ar-EG', ar));
    expect(document.title).to.equal('Lamps');
    visibility('hidden');
    expect(document.title).to.equal('(٣) Lamps');
    visibility('visible');
    expect(document.title).to.equal('Lamps');
  });

  it('leaves alone what the page made of its title since', () => {
    document.title = 'Lamps';
    countInTitle(2, String);
    document.title = '(5) Basket';
    countInTitle(3, String);
    expect(document.title).to.equal('(3) (5) Basket');
    countInTitle(0, String);
    expect(document.title).to.equal('(5) Basket');
  });
});
