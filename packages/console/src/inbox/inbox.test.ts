import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../define/all.ts';
import { settled } from '../testing/desk-page.ts';
import {
  before,
  entry,
  FakeAgentClient,
  HeldClock,
  listOf,
  me,
  said,
  visitor,
} from '../testing/fake-agent-client.ts';
import type { SahayInbox } from './inbox.ts';

const options = (inbox: SahayInbox): HTMLElement[] => [
  ...inbox.shadowRoot!.querySelectorAll<HTMLElement>('[role=option]'),
];
const tab = (inbox: SahayInbox, name: string): HTMLElement =>
  inbox.shadowRoot!.querySelector(`#tab-${name}`)!;
const ids = (inbox: SahayInbox): (string | undefined)[] => options(inbox).map(({ dataset }) => dataset.id);

function press(target: HTMLElement, key: string): void {
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
  );
}

async function inboxOf(client: FakeAgentClient, clock = new HeldClock()): Promise<SahayInbox> {
  localStorage.clear();
  sessionStorage.clear();
  return fixture<SahayInbox>(html`<sahay-inbox .client=${client} .clock=${clock} lang="en"></sahay-inbox>`);
}

function busyClient(): FakeAgentClient {
  const client = new FakeAgentClient();
  client.inbox.set({
    entries: [
      entry('c_long', 12, { handoff: requested('not_covered'), locale: 'bn' }),
      entry('c_short', 2),
      entry('c_mine', 1, {
        assignment: { state: 'assigned', controlledBy: me.id, since: before(1) },
        waitingSince: undefined,
      }),
      entry('c_bot', 5, {
        assignment: { state: 'bot', controlledBy: 'bot', since: before(5) },
        waitingSince: undefined,
      }),
      entry('c_closed', 60, { status: 'closed', waitingSince: undefined, score: 4 }),
    ],
  });
  return client;
}

const requested = (reason: 'not_covered') => ({
  handoffId: 'h1',
  state: 'requested' as const,
  reason,
  requestedBy: 'bot',
  requestedAt: before(12),
});

describe('sahay-inbox', () => {
  it('shows who waits, longest first, with reason, language and last words', async () => {
    const inbox = await inboxOf(busyClient());
    expect(ids(inbox)).to.deep.equal(['c_long', 'c_short']);
    const [first] = options(inbox);
    for (const words of [
      'Visitor of c_long',
      '12 minutes',
      'The articles do not cover it',
      'Bangla',
      'Last words of c_long',
    ])
      expect(first!.textContent).to.contain(words);
    expect(tab(inbox, 'waiting').textContent).to.contain('2');
    await expect(inbox).to.be.accessible();
  });

  it('lets the waiting time grow', async () => {
    const clock = new HeldClock();
    const inbox = await inboxOf(busyClient(), clock);
    clock.advance(3 * 60_000);
    await inbox.updateComplete;
    expect(options(inbox)[0]!.querySelector('time')!.textContent).to.contain('15 minutes');
  });

  it('sorts conversations into their sections', async () => {
    const inbox = await inboxOf(busyClient());
    const expected = {
      mine: ['c_mine'],
      all: ['c_long', 'c_short', 'c_mine', 'c_bot'],
      closed: ['c_closed'],
    };
    for (const [section, list] of Object.entries(expected)) {
      tab(inbox, section).click();
      await inbox.updateComplete;
      expect(ids(inbox), section).to.deep.equal(list);
    }
  });

  it('counts a conversation that was passed on to me as mine', async () => {
    const client = new FakeAgentClient();
    client.inbox.set({
      entries: [entry('c1', 1, { assignment: { state: 'ringing', offeredTo: me.id, since: before(1) } })],
    });
    const inbox = await inboxOf(client);
    tab(inbox, 'mine').click();
    await inbox.updateComplete;
    expect(options(inbox)[0]!.textContent).to.contain('Passed on to you');
  });

  it('is walked with arrow keys and chosen from with Enter', async () => {
    const inbox = await inboxOf(busyClient());
    inbox.focus();
    expect(inbox.shadowRoot!.activeElement).to.equal(options(inbox)[0]);
    press(options(inbox)[0]!, 'ArrowDown');
    await inbox.updateComplete;
    await inbox.updateComplete;
    expect(inbox.shadowRoot!.activeElement).to.equal(options(inbox)[1]);
    expect(options(inbox).map(({ tabIndex }) => tabIndex)).to.deep.equal([-1, 0]);
    setTimeout(() => press(options(inbox)[1]!, 'Enter'));
    const { detail } = await oneEvent(inbox, 'sahay-select');
    expect(detail).to.deep.equal({ conversationId: 'c_short' });
    await inbox.updateComplete;
    expect(options(inbox)[1]!.ariaSelected).to.equal('true');
  });

  it('moves between sections with arrow keys, the other way round in right-to-left scripts', async () => {
    const inbox = await inboxOf(busyClient());
    tab(inbox, 'waiting').focus();
    press(tab(inbox, 'waiting'), 'ArrowRight');
    await inbox.updateComplete;
    expect(inbox.section).to.equal('mine');
    inbox.dir = 'rtl';
    press(tab(inbox, 'mine'), 'ArrowRight');
    await inbox.updateComplete;
    expect(inbox.section).to.equal('waiting');
  });

  it('keeps the focus on a conversation that moves, and on the list when it goes', async () => {
    const client = busyClient();
    const inbox = await inboxOf(client);
    inbox.focus();
    press(options(inbox)[0]!, 'ArrowDown');
    await inbox.updateComplete;
    await inbox.updateComplete;
    const [long, short] = client.inbox.getSnapshot().entries;
    client.inbox.set({ entries: [short!, long!] });
    await inbox.updateComplete;
    expect((inbox.shadowRoot!.activeElement as HTMLElement).dataset.id).to.equal('c_short');
    client.inbox.set({ entries: [long!] });
    await inbox.updateComplete;
    expect((inbox.shadowRoot!.activeElement as HTMLElement).dataset.id, 'the next one').to.equal('c_long');
  });

  it('marks what the visitor said since one looked', async () => {
    const client = busyClient();
    const inbox = await inboxOf(client);
    expect(options(inbox)[0]!.querySelector('.new')).to.exist;
    const desk = await fixture(html`<sahay-desk .client=${client} conversation-id="c_long"></sahay-desk>`);
    client.known.get('c_long')!.set({ messages: listOf([said('m_c_long', visitor, 'Hello', 1)]) });
    await (desk as SahayInbox).updateComplete;
    await new Promise(requestAnimationFrame);
    await inbox.updateComplete;
    expect(options(inbox)[0]!.querySelector('.new')).to.not.exist;
    expect(options(inbox)[1]!.querySelector('.new')).to.exist;
  });

  it('says whether the agent is there, and changes it', async () => {
    const client = busyClient();
    const inbox = await inboxOf(client);
    const away = inbox.shadowRoot!.querySelector<HTMLInputElement>('input[value=away]')!;
    expect(inbox.shadowRoot!.querySelector<HTMLInputElement>('input[value=online]')!.checked).to.equal(true);
    away.click();
    expect(client.commands).to.deep.equal([['agent.status', { status: 'away' }]]);
  });

  it('shows what is coming while it loads, and says what will appear in an empty section', async () => {
    const client = new FakeAgentClient();
    client.inbox.set({ ready: false });
    const inbox = await inboxOf(client);
    expect(inbox.shadowRoot!.querySelectorAll('.skeleton')).to.have.length(4);
    client.inbox.set({ ready: true });
    await inbox.updateComplete;
    expect(inbox.shadowRoot!.querySelector('.empty')!.textContent).to.contain('Nobody is waiting');
    await expect(inbox).to.be.accessible();
  });

  it('says when the connection is lost', async () => {
    const client = busyClient();
    const inbox = await inboxOf(client);
    client.connection.set({ state: 'waiting' });
    await inbox.updateComplete;
    expect(inbox.shadowRoot!.querySelector('.connection')!.textContent).to.contain('Connection lost');
  });

  it('tells of the connection once, though it stands in more than one place', async () => {
    const client = busyClient();
    const all = [await inboxOf(client), await inboxOf(client)];
    client.connection.set({ state: 'waiting' });
    const heard = (): string[] =>
      all.flatMap(({ shadowRoot }) =>
        [...shadowRoot!.querySelectorAll('[aria-live] p')].map(({ textContent }) => textContent),
      );
    await waitUntil(() => heard().length > 0);
    await settled();
    expect(heard()).to.have.length(1);
    expect(heard()[0]).to.contain('Connection lost');
    expect(all.flatMap(({ shadowRoot }) => [...shadowRoot!.querySelectorAll('[role=status]')])).to.be.empty;
  });

  it('announces who begins to wait, not who waited already', async () => {
    const client = busyClient();
    const inbox = await inboxOf(client);
    client.inbox.set({ entries: [...client.inbox.getSnapshot().entries, entry('c_new', 0)] });
    await inbox.updateComplete;
    await new Promise((done) => setTimeout(done, 20));
    const spoken = inbox.shadowRoot!.querySelector('[aria-live=polite]')!.textContent;
    expect(spoken).to.contain('Visitor of c_new').and.not.contain('c_long');
  });

  it('shows markup as text', async () => {
    const client = new FakeAgentClient();
    const markup = '<img src=x onerror=alert(1)>';
    client.inbox.set({
      entries: [
        entry('c1', 1, {
          visitor: { id: 'v1', role: 'visitor', name: markup, avatarUrl: 'javascript:alert(1)' },
          lastMessage: { messageId: 'm1', text: markup, role: 'visitor', time: before(1) },
          locale: markup,
        }),
      ],
    });
    const inbox = await inboxOf(client);
    expect(inbox.shadowRoot!.querySelector('img')).to.equal(null);
    expect(options(inbox)[0]!.textContent).to.contain(markup);
  });
});
