import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { SahayError } from '@sahay/client';
import { makeProblem, type VisitorSettings } from '@sahay/protocol';
import '../define/chat.ts';
import type { SahayChat } from '../chat/chat.ts';
import type { SahayComposer } from '../composer/composer.ts';
import { FakeClient, FakeConversation, messageView } from '../testing/fake-client.ts';
import { lateParts } from '../testing/late-parts.ts';
import { askedOf } from './asked.ts';
import { localText } from './local-text.ts';
import type { SahayPreChat } from './pre-chat.ts';

const settings: VisitorSettings = {
  preChat: {
    fields: [
      { name: 'name', kind: 'text', label: { en: 'Your name', bn: 'আপনার নাম' } },
      { name: 'email', kind: 'email', label: { en: 'E-mail' }, required: true },
      {
        name: 'topic',
        kind: 'select',
        label: { en: 'Topic <b>' },
        options: [{ value: 'lamp', label: { en: 'Lamps' } }],
      },
    ],
  },
  consent: {
    purposes: [
      { purpose: 'chat', label: { en: 'Keep what I write' }, required: true },
      { purpose: 'insight', label: { en: 'Learn from it' }, description: { en: 'Without your name.' } },
    ],
    policyVersion: '2',
    policyUrl: 'https://shop.example/privacy',
  },
};

class AskingClient extends FakeClient {
  readonly given: [string, unknown][] = [];
  constructor(asked: VisitorSettings = settings) {
    super();
    const { greeting } = this;
    this.greeting = greeting.then((welcome) => ({ ...welcome!, settings: asked }));
  }
  override command = async (type?: string, data?: unknown) => {
    this.given.push([type!, data]);
    return {};
  };
}

async function windowOf(client: FakeClient): Promise<SahayChat> {
  const chat = await fixture<SahayChat>(html`<sahay-chat .client=${client}></sahay-chat>`);
  await waitUntil(() => chat.shadowRoot!.querySelector('sahay-pre-chat, sahay-composer, sahay-message-list'));
  for (let turn = 0; turn < 4; turn++) await nextFrame();
  await chat.updateComplete;
  return chat;
}

const formIn = (chat: SahayChat): SahayPreChat | null => chat.shadowRoot!.querySelector('sahay-pre-chat');
const composerIn = (chat: SahayChat): SahayComposer | null =>
  chat.shadowRoot!.querySelector('sahay-composer');
const input = (form: SahayPreChat, name: string): HTMLInputElement =>
  form.shadowRoot!.querySelector(`[name="${name}"]`)!;

async function submit(form: SahayPreChat): Promise<void> {
  form.shadowRoot!.querySelector<HTMLElement>('[type=submit]')!.click();
  await form.updateComplete;
}

/** A browser that asks for privacy, until the test ends. */
function privacySignal(on: boolean): void {
  Object.defineProperty(navigator, 'globalPrivacyControl', { configurable: true, value: on });
}

describe('before the first message', () => {
  before(() => lateParts('menu', 'around', 'later', 'voice', 'rich', 'extras', 'begin'));
  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  afterEach(() => Reflect.deleteProperty(navigator, 'globalPrivacyControl'));

  it('asks in the place of the composer, says what is wrong, and sends nothing until it is right', async () => {
    const client = new AskingClient();
    const chat = await windowOf(client);
    const form = formIn(chat)!;
    expect(composerIn(chat)).to.equal(null);
    await expect(form).to.be.accessible();
    expect(form.shadowRoot!.textContent).to.include('Topic <b>');
    input(form, 'f:email').value = 'asha';
    await submit(form);
    await nextFrame();
    expect(input(form, 'f:email').getAttribute('aria-invalid')).to.equal('true');
    expect(input(form, 'p:chat').getAttribute('aria-invalid')).to.equal('true');
    expect(form.shadowRoot!.activeElement).to.equal(input(form, 'f:email'));
    expect(form.shadowRoot!.querySelector('#w-p-chat')!.textContent).to.equal(
      'Without this we cannot begin.',
    );
    await expect(form).to.be.accessible();
    expect(client.given).to.deep.equal([]);
    expect(client.created).to.have.length(0);
  });

  it('gives consent first, then what was answered, and lets her write', async () => {
    const client = new AskingClient();
    const chat = await windowOf(client);
    const form = formIn(chat)!;
    input(form, 'f:name').value = ' Asha ';
    input(form, 'f:email').value = 'asha@example.com';
    input(form, 'f:topic').value = 'lamp';
    input(form, 'p:chat').click();
    await submit(form);
    await waitUntil(() => composerIn(chat));
    expect(client.given).to.deep.equal([
      ['consent.set', { purpose: 'chat', granted: true, policyVersion: '2' }],
      ['consent.set', { purpose: 'insight', granted: false, policyVersion: '2' }],
    ]);
    expect(client.created[0]!.calls).to.deep.equal([
      [
        'do',
        'context.update',
        { contact: { name: 'Asha', email: 'asha@example.com' }, attributes: { topic: 'lamp' } },
      ],
    ]);
    expect(formIn(chat)).to.equal(null);
  });

  it('stays, and says so, when the consent could not be given', async () => {
    const client = new AskingClient({ consent: settings.consent });
    client.command = async () => {
      throw new Error('no network');
    };
    const chat = await windowOf(client);
    const form = formIn(chat)!;
    input(form, 'p:chat').click();
    await submit(form);
    await waitUntil(() => form.shadowRoot!.querySelector('[role=alert]'));
    expect(composerIn(chat)).to.equal(null);
  });

  it('makes what was tapped before wait for the answers', async () => {
    const client = new AskingClient({ consent: settings.consent });
    const chat = await windowOf(client);
    const sent = chat.send('Where is my lamp?');
    await nextFrame();
    expect(client.created).to.have.length(0);
    const form = formIn(chat)!;
    input(form, 'p:chat').click();
    await submit(form);
    expect(await sent).to.equal(true);
    expect(client.created[0]!.calls).to.deep.equal([['send', 'Where is my lamp?']]);
  });

  it('does not ask whoever talks already, unless a consent that is needed lacks', async () => {
    const client = new AskingClient();
    const handle = new FakeConversation();
    handle.show(messageView());
    client.open = handle;
    const time = '2026-03-02T10:40:00Z';
    client.user.set({
      participant: { id: 'v1', role: 'visitor' },
      conversations: [{ conversationId: 'c1', status: 'open', startedAt: time }],
      consents: [{ purpose: 'chat', granted: true, policyVersion: '2', time }],
      settings,
    });
    expect(formIn(await windowOf(client))).to.equal(null);
    client.user.set({ consents: [{ purpose: 'chat', granted: true, policyVersion: '1', time }] });
    const chat = await windowOf(client);
    expect(formIn(chat)).to.exist;
    expect(formIn(chat)!.asked!.fields).to.deep.equal([]);
    expect(formIn(chat)!.asked!.purposes.map(({ purpose }) => purpose)).to.deep.equal(['chat']);
  });

  /** A conversation whose last message the backend refused for want of answers. */
  function refusedHandle(code = 'answers_required' as const): FakeConversation {
    const handle = new FakeConversation();
    const problem = makeProblem(code, 'message.send needs answers first: email.', { field: 'email' });
    handle.show(messageView({ own: true, delivery: 'failed', problem, message: { id: 'm1' } }));
    handle.retry = async (key: string) => {
      handle.calls.push(['retry', key]);
      handle.show(messageView({ own: true, delivery: 'pending', message: { id: 'm1' } }));
    };
    return handle;
  }

  it('comes when the backend will not hear her without answers, and says again what was refused', async () => {
    const client = new AskingClient({ preChat: { ...settings.preChat!, onlyWhileClosed: true } });
    client.open = refusedHandle();
    client.user.set({
      conversations: [{ conversationId: 'c1', status: 'open', startedAt: '2026-03-02T10:40:00Z' }],
      settings: { preChat: { ...settings.preChat!, onlyWhileClosed: true } },
    });
    const chat = await windowOf(client);
    const form = formIn(chat)!;
    input(form, 'f:email').value = 'asha@example.com';
    await submit(form);
    await waitUntil(() => composerIn(chat));
    expect(client.open.calls.map(([name, what]) => [name, what])).to.deep.equal([
      ['do', 'context.update'],
      ['retry', 'm1'],
    ]);
    expect(client.kept.get('contact')).to.equal('{"email":"asha@example.com"}');
  });

  it('comes again, with what she told, when the answers were not enough', async () => {
    const client = new AskingClient({ preChat: settings.preChat });
    const chat = await windowOf(client);
    input(formIn(chat)!, 'f:email').value = 'asha@example.com';
    await submit(formIn(chat)!);
    await waitUntil(() => composerIn(chat));
    client.open = refusedHandle();
    client.user.set({ settings: { preChat: settings.preChat } });
    const again = await windowOf(client);
    await waitUntil(() => formIn(again) && input(formIn(again)!, 'f:email').value === 'asha@example.com');
  });

  it('asks whoever comes after her, and tells her nothing of the one before', async () => {
    const client = new AskingClient({ preChat: settings.preChat });
    client.user.set({ settings: { preChat: settings.preChat } });
    const chat = await windowOf(client);
    input(formIn(chat)!, 'f:email').value = 'asha@example.com';
    await submit(formIn(chat)!);
    await waitUntil(() => composerIn(chat));
    client.user.set({ participant: { id: 'v1', role: 'visitor' } });
    await nextFrame();
    expect(formIn(chat), 'she only became known').to.equal(null);
    client.kept.clear();
    client.user.set({ participant: undefined });
    chat.startNew();
    await waitUntil(() => formIn(chat));
    client.user.set({ participant: { id: 'v2', role: 'visitor' } });
    for (let turn = 0; turn < 4; turn++) await nextFrame();
    expect(input(formIn(chat)!, 'f:email').value).to.equal('');
  });

  it('comes when a person is asked for, and asks for her once it is answered', async () => {
    const client = new AskingClient({});
    client.open = new FakeConversation();
    client.open.show(messageView());
    const error = new SahayError('answers_required', 'handoff.request needs answers first: email.');
    let refused = 0;
    client.open.requestHandoff = async () => {
      if (!refused++) throw error;
    };
    const chat = await windowOf(client);
    client.user.set({
      conversations: [{ conversationId: 'c1', status: 'open', startedAt: '2026-03-02T10:40:00Z' }],
      settings: { preChat: settings.preChat },
    });
    await chat.updateComplete;
    expect(formIn(chat)).to.equal(null);
    chat.shadowRoot!.querySelector<HTMLElement>('#more')!.click();
    const entry = () => chat.shadowRoot!.querySelector<HTMLElement>('[role=menu] button');
    await waitUntil(entry);
    entry()!.click();
    await waitUntil(() => formIn(chat));
    expect(refused).to.equal(1);
    input(formIn(chat)!, 'f:email').value = 'asha@example.com';
    await submit(formIn(chat)!);
    await waitUntil(() => refused === 2);
    expect(composerIn(chat)).to.exist;
  });

  it('asks nothing of a conversation that is stored here and has yet to arrive, nor before that is known', async () => {
    const client = new AskingClient();
    client.open = new FakeConversation('c1', { phase: 'loading' });
    client.user.set({ settings });
    const ready = Promise.withResolvers<void>();
    Object.assign(client, { ready: ready.promise });
    const chat = await windowOf(client);
    expect(formIn(chat)).to.equal(null);
    expect(composerIn(chat)).to.equal(null);
    ready.resolve();
    await waitUntil(() => composerIn(chat));
    expect(formIn(chat)).to.equal(null);
  });

  it('does not flash before whoever has consented already, while the connection comes up', async () => {
    const client = new AskingClient({ consent: settings.consent });
    client.connection.set({ state: 'connecting', cause: 'requested' });
    const chat = await windowOf(client);
    expect(formIn(chat)).to.equal(null);
    expect(composerIn(chat)).to.equal(null);
    const time = '2026-03-02T10:40:00Z';
    client.user.set({
      participant: { id: 'v1', role: 'visitor' },
      consents: ['chat', 'insight'].map((purpose) => ({ purpose, granted: true, policyVersion: '2', time })),
    });
    client.connection.set({ state: 'online', cause: 'welcomed' });
    await waitUntil(() => composerIn(chat));
    expect(formIn(chat)).to.equal(null);
  });

  it('does not even ask for what is not needed where the browser asks for privacy', async () => {
    privacySignal(true);
    const chat = await windowOf(new AskingClient());
    const form = formIn(chat)!;
    expect(form.asked!.purposes.map(({ purpose }) => purpose)).to.deep.equal(['chat']);
    expect(form.shadowRoot!.textContent).to.include('Global Privacy Control');
  });
});

describe('what is asked', () => {
  const user = { conversations: [], consents: [], participant: undefined };
  it('is only asked while closed where that is wanted', () => {
    const onlyClosed = { preChat: { ...settings.preChat!, onlyWhileClosed: true } };
    const fields = (open: boolean | undefined) =>
      askedOf({ settings: onlyClosed, user, talking: false, open })?.fields.length;
    expect([fields(true), fields(undefined), fields(false)]).to.deep.equal([undefined, undefined, 3]);
  });

  it('leaves out a name that is known', () => {
    const known = { ...user, participant: { id: 'v1', role: 'visitor' as const, name: 'Asha' } };
    const asked = askedOf({ settings, user: known, talking: false, open: true })!;
    expect(asked.fields.map(({ name }) => name)).to.deep.equal(['email', 'topic']);
  });

  it('is nothing where nothing is set', () => {
    expect(askedOf({ settings: {}, user, talking: false, open: true })).to.equal(undefined);
  });

  it('speaks the reader’s language, else English, else any', () => {
    const texts = { en: 'Name', bn: 'নাম' };
    expect([
      localText(texts, 'bn-BD'),
      localText(texts, 'ar'),
      localText({ de: 'Name!' }, 'ar'),
    ]).to.deep.equal(['নাম', 'Name', 'Name!']);
  });
});
