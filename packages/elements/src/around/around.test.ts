import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import '../define/chat.ts';
import '../define/panels.ts';
import '../define/my-data.ts';
import type { SahayChat } from '../chat/chat.ts';
import type { PanelElement } from '../panel/panel-element.ts';
import { conversation, FakeClient, FakeConversation, messageView } from '../testing/fake-client.ts';
import { lateParts } from '../testing/late-parts.ts';

const rootOf = (element: Element): ShadowRoot => element.shadowRoot!;
const inChat = <T extends HTMLElement>(chat: SahayChat, selector: string): T | null =>
  rootOf(chat).querySelector<T>(selector);

async function windowOf(client: FakeClient): Promise<SahayChat> {
  const chat = await fixture<SahayChat>(html`<sahay-chat .client=${client}></sahay-chat>`);
  for (let turn = 0; turn < 3; turn++) await nextFrame();
  await chat.updateComplete;
  return chat;
}

function talking(...capabilities: Parameters<FakeClient['capabilities']['add']>[0][]): {
  client: FakeClient;
  handle: FakeConversation;
} {
  const client = new FakeClient();
  for (const capability of capabilities) client.capabilities.add(capability);
  const handle = new FakeConversation();
  handle.show(messageView());
  client.open = handle;
  client.user.set({
    participant: { id: 'v1', role: 'visitor' },
    conversations: [
      { conversationId: 'c1', status: 'open', startedAt: '2026-03-02T10:40:00Z' },
      { conversationId: 'c0', status: 'closed', startedAt: '2026-02-01T09:00:00Z' },
    ],
  });
  return { client, handle };
}

async function menuOf(chat: SahayChat): Promise<string[]> {
  inChat(chat, '#more')!.click();
  await waitUntil(() => inChat(chat, '[role=menu] button'));
  await nextFrame();
  return [...rootOf(chat).querySelectorAll<HTMLElement>('[role=menu] button')].map(({ innerText }) =>
    innerText.trim(),
  );
}

async function choose(chat: SahayChat, label: string): Promise<void> {
  await menuOf(chat);
  [...rootOf(chat).querySelectorAll<HTMLElement>('[role=menu] button')]
    .find(({ innerText }) => innerText.trim() === label)!
    .click();
  await nextFrame();
}

async function panelOf<T extends PanelElement>(chat: SahayChat, tag: string): Promise<T> {
  await waitUntil(() => inChat(chat, tag), tag);
  const panel = inChat<T>(chat, tag)!;
  await panel.updateComplete;
  return panel;
}

const buttonIn = (panel: Element, label: string): HTMLElement =>
  [...rootOf(panel).querySelectorAll<HTMLElement>('button')].find(({ innerText }) =>
    innerText.trim().startsWith(label),
  )!;

describe('around the conversation', () => {
  before(() => lateParts('menu', 'around', 'later', 'voice', 'rich', 'extras', 'tools'));
  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  afterEach(() => localStorage.removeItem('sahay-sound'));

  it('follows a link into a conversation that was left since, once, and never into another visitor’s', async () => {
    const before = location.href;
    const address = (id: string): void =>
      history.replaceState(null, '', `?sahay-message=old-3&sahay-conversation=${id}`);
    const ended = new FakeConversation('c0');
    ended.show(
      ...Array.from({ length: 8 }, (_, n) => messageView({ text: `Old ${n}`, message: { id: `old-${n}` } })),
    );
    const visit = async (): Promise<{ chat: SahayChat; client: FakeClient; opened: string[] }> => {
      const { client } = talking();
      const opened: string[] = [];
      const { conversations } = client.user.getSnapshot();
      client.user.set({ conversations: [] });
      client.conversations.open = (id?: string) => (opened.push(id!), ended);
      const chat = await windowOf(client);
      client.user.set({ conversations });
      return { chat, client, opened };
    };
    /** It turns out to be hers, when nobody asks any more. */
    const learns = ({ user }: FakeClient): void => {
      const [one] = user.getSnapshot().conversations;
      user.set({ conversations: [{ ...one!, conversationId: 'somebodys' }] });
    };
    try {
      address('somebodys');
      const stranger = await visit();
      await nextFrame();
      expect(stranger.opened).to.deep.equal([]);
      stranger.chat.client = new FakeClient();
      await stranger.chat.updateComplete;
      learns(stranger.client);
      await nextFrame();
      expect(stranger.opened, 'with another client').to.deep.equal([]);
      const left = await visit();
      await nextFrame();
      left.chat.remove();
      learns(left.client);
      await nextFrame();
      expect(left.opened, 'without a window').to.deep.equal([]);
      address('c0');
      const { chat, opened } = await visit();
      await waitUntil(() => chat.conversation === ended);
      expect(opened).to.deep.equal(['c0']);
      const list = inChat(chat, 'sahay-message-list')!;
      await waitUntil(() => rootOf(list).querySelector('.row[data-shown]')?.textContent.includes('Old 3'));
      expect((await visit()).opened, 'what was left since').to.deep.equal([]);
    } finally {
      history.replaceState(null, '', before);
    }
  });

  it('offers only what the backend can do and what makes sense now', async () => {
    const plain = await menuOf(await windowOf(new FakeClient()));
    expect(plain.filter((label) => label !== 'Notifications on this device')).to.deep.equal([
      'Talk to a person',
      'Sound',
    ]);
    const { client } = talking('multiple_conversations', 'export', 'erase');
    expect(await menuOf(await windowOf(client))).to.include.members([
      'Your conversations',
      'Start a new conversation',
      'Save the conversation',
      'My data',
      'Sound',
      'End this conversation',
    ]);
  });

  it('opens another conversation of several, and begins a new one from an old one', async () => {
    const { client } = talking('multiple_conversations');
    const said = (text: string, role: 'agent' | 'system') =>
      messageView({ text, message: { author: { id: 'a', role } } }).message;
    client.responses.set('/v1/conversations/c0/messages', {
      messages: [
        said(`It was <b>sent</b> ${'long ago '.repeat(30)}`, 'agent'),
        said('The conversation was closed.', 'system'),
      ],
    });
    const chat = await windowOf(client);
    await choose(chat, 'Your conversations');
    const panel = await panelOf(chat, 'sahay-conversations');
    await waitUntil(() => rootOf(panel).textContent.includes('It was <b>sent</b>'));
    const list = rootOf(panel).querySelector('ul')!;
    expect(list.scrollWidth).to.equal(list.clientWidth, 'what is too long is cut, not wider than the window');
    expect(client.fetched.filter((path) => path.endsWith('limit=5'))).to.have.length(2);
    await expect(panel).to.be.accessible();
    const rows = rootOf(panel).querySelectorAll<HTMLElement>('li button');
    expect(rows[0]!.getAttribute('aria-current')).to.equal('true');
    expect(rows[1]!.innerText).to.include('Ended');
    const old = new FakeConversation('c0');
    old.show(messageView({ text: 'Long ago' }));
    old.set({ conversation: conversation({ id: 'c0', status: 'closed' }) });
    client.conversations.open = () => old;
    rows[1]!.click();
    await nextFrame();
    expect(inChat(chat, 'sahay-conversations')).to.equal(null);
    expect(chat.conversation!.id).to.equal('c0');
    await choose(chat, 'Start a new conversation');
    await chat.updateComplete;
    expect(chat.conversation).to.equal(undefined);
  });

  it('ends a conversation only when asked twice, and says so when that fails', async () => {
    const { client, handle } = talking();
    const chat = await windowOf(client);
    await choose(chat, 'End this conversation');
    let panel = await panelOf(chat, 'sahay-confirm');
    await expect(panel).to.be.accessible();
    expect([panel.role, panel.ariaLabel]).to.deep.equal(['alertdialog', 'End this conversation?']);
    expect(panel.ariaModal, 'the page around the window can still be read').to.equal(null);
    await nextFrame();
    expect((rootOf(panel).activeElement as HTMLElement).innerText, 'what changes nothing').to.equal('Cancel');
    const dialog = rootOf(panel).querySelector<HTMLElement>('[part=dialog]')!;
    expect(dialog.offsetHeight).to.be.lessThan(chat.offsetHeight / 2, 'small: one sees what is to end');
    dialog.click();
    expect(inChat(chat, 'sahay-confirm')).to.equal(panel);
    await sendKeys({ press: 'Escape' });
    expect(inChat(chat, 'sahay-confirm')).to.equal(null);
    await choose(chat, 'End this conversation');
    (await panelOf(chat, 'sahay-confirm')).click();
    expect(inChat(chat, 'sahay-confirm'), 'a tap beside it').to.equal(null);
    expect(handle.calls).to.deep.equal([]);
    await choose(chat, 'End this conversation');
    panel = await panelOf(chat, 'sahay-confirm');
    handle.failing = 'close';
    buttonIn(panel, 'End it').click();
    await waitUntil(() => rootOf(panel).querySelector('[role=alert]'));
    buttonIn(panel, 'End it').click();
    await waitUntil(() => !inChat(chat, 'sahay-confirm'));
    expect(handle.calls.map(([name]) => name)).to.deep.equal(['close', 'close']);
  });

  it('keeps the window at rest while a view lies over it, and gives the focus back', async () => {
    const { client } = talking('multiple_conversations');
    const chat = await windowOf(client);
    await choose(chat, 'Your conversations');
    const panel = await panelOf(chat, 'sahay-conversations');
    await nextFrame();
    expect(inChat(chat, '.window')!.inert).to.equal(true);
    expect(rootOf(panel).activeElement?.getAttribute('aria-label')).to.equal('Back to the conversation');
    await sendKeys({ press: 'Escape' });
    expect(inChat(chat, '.window')!.inert).to.equal(false);
    expect(rootOf(chat).activeElement?.id).to.equal('more');
  });

  it('shows what is kept, saves it, and deletes it with a receipt', async () => {
    const { client } = talking('erase');
    const given: string[] = [];
    client.exportData = async () => {
      given.push('export');
      return {
        exportId: 'x1',
        participant: { id: 'v1', role: 'visitor', name: 'Asha <b>' },
        requestedAt: '2026-03-02T10:40:00Z',
        conversations: [
          {
            conversation: conversation(),
            context: {
              contact: { email: 'asha@example.com' },
              attributes: { topic: 'lamps', plan: null, visits: 3 },
            },
            transcript: {
              conversationId: 'c1',
              audience: 'public',
              asOf: { stream: 'conversation:c1:public', epoch: 'e1', seq: 1 },
              entries: [],
              head: 'h',
            } as never,
          },
        ],
        consents: [{ purpose: 'chat', granted: true, policyVersion: '1', time: '2026-03-02T10:40:00Z' }],
        invitations: [],
        attachments: [],
      };
    };
    client.eraseData = async () => {
      given.push('erase');
      return {
        receiptId: 'r1',
        time: '2026-03-02T10:41:00Z',
        conversations: [{ conversationId: 'c1', events: 4, head: 'h' }],
        messages: 2,
        attachments: 0,
      };
    };
    const chat = await windowOf(client);
    const purposes = [{ purpose: 'chat', label: { en: 'Keep what I write' } }];
    client.user.set({ settings: { consent: { policyVersion: '1', purposes } } });
    await choose(chat, 'My data');
    const panel = await panelOf(chat, 'sahay-my-data');
    await waitUntil(() => rootOf(panel).querySelector('dl'));
    expect(rootOf(panel).querySelector('dl')!.innerText)
      .to.include('Asha <b>')
      .and.include('asha@example.com');
    expect(
      [...rootOf(panel).querySelectorAll('dt, dd')].slice(-4).map(({ textContent }) => textContent.trim()),
    ).to.deep.equal(['topic', 'lamps', 'visits', '3']);
    expect(rootOf(panel).querySelector('li')!.innerText).to.include('Keep what I write');
    await expect(panel).to.be.accessible();
    buttonIn(panel, 'Delete my data').click();
    await panel.updateComplete;
    await waitUntil(() => rootOf(panel).querySelector('.danger-zone:focus'), 'the focus stays in the view');
    await expect(panel).to.be.accessible();
    expect(given).to.deep.equal(['export']);
    buttonIn(panel, 'Delete everything').click();
    await waitUntil(() => rootOf(panel).querySelector('[role=status]'));
    expect(given).to.deep.equal(['export', 'erase']);
    expect(rootOf(panel).textContent).to.include('r1');
    client.open = undefined;
    await chat.updateComplete;
    expect(chat.conversation).to.equal(undefined);
  });

  it('does not ask again for an address that she told before, and takes another', async () => {
    const { client, handle } = talking('handoff');
    client.kept.set('contact', '{"name":"Asha","email":"asha@example.com"}');
    client.user.set({
      settings: { email: true },
      availability: { open: false, closedBecause: 'outside_hours' },
    });
    const since = '2026-03-02T10:41:00Z';
    handle.set({ conversation: conversation({ assignment: { state: 'queued', since } }) });
    const chat = await windowOf(client);
    const banner = (): string => inChat(chat, '.banner')?.innerText ?? '';
    await waitUntil(() => banner().includes('Answers also go to asha@example.com.'));
    const buttons = [...inChat(chat, '.banner')!.querySelectorAll('button')];
    buttons.find(({ innerText }) => innerText.trim() === 'Use another address')!.click();
    const panel = await panelOf(chat, 'sahay-email-me');
    await waitUntil(() => rootOf(panel).textContent.includes('Answers also go to asha@example.com.'));
    await expect(panel).to.be.accessible();
    buttonIn(panel, 'Use another address').click();
    const field = (): HTMLInputElement | null => rootOf(panel).querySelector('input');
    await waitUntil(() => rootOf(panel).activeElement === field());
    field()!.value = 'asha@work.example';
    buttonIn(panel, 'Save the address').click();
    await waitUntil(() => rootOf(panel).textContent.includes('Answers also go to asha@work.example.'));
    expect(rootOf(panel).textContent).to.include('You can leave now');
    expect(handle.calls.find(([name]) => name === 'do')).to.deep.equal([
      'do',
      'context.update',
      { contact: { email: 'asha@work.example' } },
    ]);
    expect(JSON.parse(client.kept.get('contact')!)).to.deep.equal({
      name: 'Asha',
      email: 'asha@work.example',
    });
    buttonIn(panel, 'Back to the conversation').click();
    await waitUntil(() => banner().includes('asha@work.example'));
  });

  it('remembers that the sound was turned off', async () => {
    const { client } = talking();
    const chat = await windowOf(client);
    await choose(chat, 'Sound');
    expect(localStorage.getItem('sahay-sound')).to.equal('off');
    await menuOf(chat);
    const sound = [...rootOf(chat).querySelectorAll<HTMLElement>('[role=menuitemcheckbox]')].find(
      ({ innerText }) => innerText.trim() === 'Sound',
    )!;
    expect(sound.getAttribute('aria-checked')).to.equal('false');
  });
});
