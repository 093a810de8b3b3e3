import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../define/all.ts';
import type { SahayDesk } from './desk.ts';
import { DeskPage, settled } from '../testing/desk-page.ts';
import {
  bot,
  conversation,
  FakeAgentClient,
  listOf,
  mine,
  said,
  visitor,
} from '../testing/fake-agent-client.ts';

function talks(client: FakeAgentClient, ...names: string[]): void {
  for (const name of names) {
    const id = `c_${name.toLowerCase()}`;
    client.add(id, {
      conversation: conversation({
        id,
        visitor: { id: `v_${name}`, role: 'visitor', name },
        assignment: mine,
      }),
      messages: listOf([said(`m_${name}`, { ...visitor, name }, `Hello from ${name}`, 3)]),
    });
  }
}

describe('sahay-desk', () => {
  it('says what it is for while nothing is open', async () => {
    const page = await DeskPage.open(new FakeAgentClient());
    expect(page.desk.shadowRoot!.textContent).to.contain('No conversation is open here');
    await expect(page.desk).to.be.accessible();
  });

  it('keeps several conversations open, one on screen', async () => {
    const client = new FakeAgentClient();
    talks(client, 'Mina', 'Omar', 'Jonas');
    const page = await DeskPage.open(client, 'c_mina', 'c_omar', 'c_jonas');
    expect(page.tabs.map((tab) => tab.textContent.trim())).to.deep.equal(['Mina', 'Omar', 'Jonas']);
    expect(page.header.textContent).to.contain('Jonas');
    page.tabs[0]!.click();
    await settled();
    expect(page.header.textContent).to.contain('Mina');
    expect(page.desk.shadowRoot!.querySelectorAll('sahay-conversation[inert]')).to.have.length(2);
    await expect(page.desk).to.be.accessible();
  });

  it('opens a conversation once', async () => {
    const client = new FakeAgentClient();
    talks(client, 'Mina', 'Omar');
    const page = await DeskPage.open(client, 'c_mina', 'c_omar', 'c_mina');
    expect(page.desk.openIds).to.deep.equal(['c_mina', 'c_omar']);
    expect(page.desk.conversationId).to.equal('c_mina');
  });

  it('marks what comes into tabs that are not on screen, and reads only what is', async () => {
    const client = new FakeAgentClient();
    talks(client, 'Mina', 'Omar');
    const page = await DeskPage.open(client, 'c_mina', 'c_omar');
    const handle = client.known.get('c_mina')!;
    const readBefore = handle.calls.length;
    const more = [
      said('m8', visitor, 'Hello?', 1),
      said('m9', bot, 'One moment', 1),
      said('m10', visitor, 'Still here', 0),
    ];
    handle.set({ unreadCount: 3, messages: listOf([...handle.getSnapshot().messages, ...more]) });
    await settled();
    expect(page.tabs[0]!.textContent).to.contain('2 new messages');
    expect(handle.calls.length, 'read while it is not on screen').to.equal(readBefore);
    page.tabs[0]!.click();
    await settled();
    expect(handle.called('markRead')).to.not.be.empty;
    expect(page.tabs[0]!.textContent).to.not.contain('new messages');
  });

  it('keeps each draft while one looks at others, and after its tab was closed', async () => {
    const client = new FakeAgentClient();
    talks(client, 'Mina', 'Omar');
    const page = await DeskPage.open(client, 'c_omar', 'c_mina');
    await page.write('To Mina');
    page.tabs[0]!.click();
    await settled();
    expect(page.field!.value).to.equal('');
    await page.write('To Omar');
    page.tabs[1]!.click();
    await settled();
    expect(page.field!.value).to.equal('To Mina');
    page.desk.closeTab('c_mina');
    await settled();
    page.desk.open('c_mina');
    await settled();
    expect(page.field!.value).to.equal('To Mina');
    expect(client.known.get('c_omar')!.called('send')).to.be.empty;
  });

  it('has the tabs and drafts of before when the page is loaded again', async () => {
    const client = new FakeAgentClient();
    talks(client, 'Mina', 'Omar');
    const page = await DeskPage.open(client, 'c_omar', 'c_mina');
    await page.write('Half a sen');
    const again = new FakeAgentClient();
    talks(again, 'Mina', 'Omar');
    const desk = await fixture<SahayDesk>(
      html`<sahay-desk .client=${again} .openIds=${page.desk.openIds} conversation-id="c_mina"></sahay-desk>`,
    );
    await settled();
    const later = new DeskPage(desk);
    expect(desk.openIds).to.deep.equal(['c_omar', 'c_mina']);
    expect(later.field!.value).to.equal('Half a sen');
  });

  it('tells which tabs there are', async () => {
    const client = new FakeAgentClient();
    talks(client, 'Mina', 'Omar');
    const page = await DeskPage.open(client, 'c_omar');
    setTimeout(() => page.desk.open('c_mina'));
    const { detail } = await oneEvent(page.desk, 'sahay-tabs-change');
    expect(detail).to.deep.equal({ openIds: ['c_omar', 'c_mina'] });
  });

  it('is walked with arrow keys; Delete closes a tab and the next one comes', async () => {
    const client = new FakeAgentClient();
    talks(client, 'Mina', 'Omar', 'Jonas');
    const page = await DeskPage.open(client, 'c_mina', 'c_omar', 'c_jonas');
    page.tabs[2]!.focus();
    await page.key(page.tabs[2]!, 'ArrowRight');
    expect(page.desk.conversationId).to.equal('c_mina');
    expect(page.desk.shadowRoot!.activeElement).to.equal(page.tabs[0]);
    await page.key(page.tabs[0]!, 'Delete');
    expect(page.desk.openIds).to.deep.equal(['c_omar', 'c_jonas']);
    expect(page.desk.conversationId).to.equal('c_omar');
    expect(page.desk.shadowRoot!.activeElement).to.equal(page.tabs[0]);
  });

  it('lets go of a conversation once its tab is closed and nothing shows it any more', async () => {
    const client = new FakeAgentClient();
    talks(client, 'Mina', 'Omar');
    const page = await DeskPage.open(client, 'c_omar', 'c_mina');
    page.desk.closeTab('c_mina');
    await settled();
    page.desk.closeTab('c_omar');
    await settled();
    for (const id of ['c_mina', 'c_omar'])
      expect(client.known.get(id)!.called('release'), id).to.deep.equal([[0]]);
  });

  it('tells the page when the last tab was closed', async () => {
    const client = new FakeAgentClient();
    talks(client, 'Mina');
    const page = await DeskPage.open(client, 'c_mina');
    setTimeout(() => page.desk.shadowRoot!.querySelector<HTMLElement>('.close')!.click());
    const { detail } = await oneEvent(page.desk, 'sahay-select');
    expect(detail).to.deep.equal({ conversationId: undefined });
  });

  it('calls a visitor by the name she gave, where she came with none', async () => {
    const client = new FakeAgentClient();
    talks(client, 'Mina');
    const nameless = { id: 'v_1', role: 'visitor' as const };
    client.known.get('c_mina')!.set({
      conversation: conversation({ id: 'c_mina', visitor: nameless, assignment: mine }),
      messages: listOf([said('m1', nameless, 'Hello', 3)]),
      staff: { notes: [], traces: [], context: { contact: { name: 'Asha Rahman' } } },
    });
    const page = await DeskPage.open(client, 'c_mina');
    expect(page.tabs[0]!.textContent.trim()).to.equal('Asha Rahman');
    expect(page.header.textContent).to.contain('Asha Rahman');
    expect(page.transcript.join(' ')).to.contain('Asha Rahman');
    expect(page.field!.getAttribute('aria-label')).to.contain('Asha Rahman');
  });

  it('shows what is known of the visitor beside the conversation', async () => {
    const client = new FakeAgentClient();
    talks(client, 'Mina');
    client.known.get('c_mina')!.set({
      staff: {
        notes: [],
        traces: [],
        context: {
          page: { url: 'https://shop.example/lamps', title: 'Brass lamps' },
          attributes: { plan: 'Gold' },
        },
        handoffContext: {
          question: 'Where is my lamp?',
          tried: ['Returns and refunds'],
          sentiment: 'negative',
        },
      },
    });
    const page = await DeskPage.open(client, 'c_mina');
    const button = page.header.querySelector<HTMLElement>('.details')!;
    button.click();
    await settled();
    expect(button.ariaExpanded).to.equal('true');
    const panel = page.desk.shadowRoot!.querySelector('sahay-context-panel')!.shadowRoot!;
    for (const words of ['Where is my lamp?', 'Returns and refunds', 'Upset', 'Brass lamps', 'Gold'])
      expect(panel.textContent).to.contain(words);
    expect(panel.querySelector('a')!.href).to.equal('https://shop.example/lamps');
    await expect(page.desk).to.be.accessible();
  });
});
