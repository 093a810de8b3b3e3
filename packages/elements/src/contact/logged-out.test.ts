import { aTimeout, expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { makeProblem, type DataExport } from '@sahay/protocol';
import '../define/chat.ts';
import '../define/my-data.ts';
import '../define/panels.ts';
import type { SahayChat } from '../chat/chat.ts';
import type { SahayComposer } from '../composer/composer.ts';
import { RecentEmoji } from '../emoji/recent.ts';
import type { SahayMyData } from '../my-data/my-data.ts';
import { showPanel } from '../panel/show-panel.ts';
import { FakeClient, FakeConversation, listOf, messageView } from '../testing/fake-client.ts';
import { lateParts } from '../testing/late-parts.ts';

const asha = { id: 'v1', role: 'visitor' as const, name: 'Asha' };
const omar = { id: 'v2', role: 'visitor' as const, name: 'Omar' };

/** Asha has talked. */
function talking(): { client: FakeClient; handle: FakeConversation } {
  const client = new FakeClient();
  client.capabilities.add('erase');
  const handle = new FakeConversation();
  handle.show(messageView({ text: 'What I told you' }));
  client.open = handle;
  client.user.set({ participant: asha });
  return { client, handle };
}

/** What the client tells, in its order, when she logs out. */
function logout(client: FakeClient, handle: FakeConversation): void {
  client.open = undefined;
  client.kept.clear();
  const problem = makeProblem('cancelled', 'The session has ended.');
  handle.set({ phase: 'failed', problem, messages: listOf([]), conversation: undefined });
  client.user.set({ participant: undefined, conversations: [] });
  client.connection.set({ state: 'stopped', cause: 'logged_out' });
}

const within = <T extends Element>(chat: SahayChat, selector: string): T | null =>
  chat.shadowRoot!.querySelector<T>(selector);

async function windowOf(client: FakeClient): Promise<{ chat: SahayChat; composer: SahayComposer }> {
  const chat = await fixture<SahayChat>(html`<sahay-chat .client=${client}></sahay-chat>`);
  const composer = within<SahayComposer>(chat, 'sahay-composer')!;
  await waitUntil(() => composer.shadowRoot!.querySelector('[part~=emoji]'), 'no tools', { timeout: 8000 });
  return { chat, composer };
}

async function write({ shadowRoot }: SahayComposer, text: string): Promise<void> {
  const field = shadowRoot!.querySelector('textarea')!;
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

const held = (participant: DataExport['participant']): DataExport => ({
  exportId: 'x1',
  participant,
  requestedAt: '2026-03-02T10:40:00Z',
  conversations: [],
  consents: [],
  invitations: [],
  attachments: [],
});

describe('whoever logs out', () => {
  before(() => lateParts('rich', 'menu', 'extras', 'later', 'voice', 'around', 'tools', 'composer'));

  it('leaves neither what was said nor what she was writing, in the window or stored', async () => {
    const { client, handle } = talking();
    const { chat, composer } = await windowOf(client);
    await write(composer, 'My secret is');
    await waitUntil(() => client.kept.get('draft:c1') === 'My secret is');
    await write(composer, 'My secret is that');
    const recent = (): readonly string[] => new RecentEmoji(composer, () => undefined).list;
    new RecentEmoji(composer, () => undefined).add('🎉');
    expect(recent()).to.deep.equal(['🎉']);
    await waitUntil(() => client.kept.has('emoji'));
    logout(client, handle);
    await chat.updateComplete;
    await waitUntil(() =>
      within(chat, 'sahay-message-list')!.shadowRoot!.textContent.includes('Ask me anything'),
    );
    expect(chat.conversation).to.equal(undefined);
    expect(composer.value).to.equal('');
    expect(recent()).to.deep.equal([]);
    // Longer than a draft waits to be stored.
    await aTimeout(500);
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect([...client.kept.keys()]).to.deep.equal([]);
    expect(sessionStorage.getItem('sahay-draft')).to.equal(null);
    await chat.send('I am somebody else');
    expect(client.created).to.have.length(1, 'what is said next begins anew');
    expect(handle.calls.filter(([name]) => name === 'send')).to.deep.equal([]);
  });

  it('leaves no words either where nothing had been said', async () => {
    const client = new FakeClient();
    const { composer } = await windowOf(client);
    await write(composer, 'My secret is');
    client.connection.set({ state: 'stopped', cause: 'logged_out' });
    expect(composer.value).to.equal('');
  });

  it('but whoever becomes known goes on with what she was writing', async () => {
    const { client } = talking();
    const { chat, composer } = await windowOf(client);
    await write(composer, 'I would like');
    client.user.set({ participant: { ...asha, id: 'known-1' } });
    client.connection.set({ state: 'online', cause: 'welcomed' });
    await chat.updateComplete;
    await nextFrame();
    expect(composer.value).to.equal('I would like');
  });

  it('takes along the view that lay over the window', async () => {
    const { client, handle } = talking();
    const { chat } = await windowOf(client);
    const panel = Object.assign(document.createElement('sahay-email-me'), { client, closable: true });
    showPanel({ root: chat.shadowRoot!, composer: null }, panel);
    await panel.updateComplete;
    logout(client, handle);
    expect(panel.isConnected).to.equal(false);
    expect(within<HTMLElement>(chat, '.window')!.inert).to.equal(false);
  });

  it('is shown nothing of by the view of one’s own data that stands alone, not even what comes late', async () => {
    const { client, handle } = talking();
    client.exportData = async () => held(asha);
    const panel = await fixture<SahayMyData>(html`<sahay-my-data .client=${client}></sahay-my-data>`);
    const shown = (): string => panel.shadowRoot!.textContent;
    await waitUntil(() => shown().includes('Asha'));
    const late = Promise.withResolvers<DataExport>();
    client.exportData = () => late.promise;
    [...panel.shadowRoot!.querySelectorAll('button')]
      .find(({ innerText }) => innerText.includes('Save'))!
      .click();
    logout(client, handle);
    await panel.updateComplete;
    expect(shown()).not.to.include('Asha');
    client.exportData = async () => held(omar);
    client.user.set({ participant: omar });
    late.resolve(held(asha));
    await waitUntil(() => shown().includes('Omar'));
    expect(shown()).not.to.include('Asha');
  });
});
