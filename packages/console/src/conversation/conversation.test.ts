import { expect, waitUntil } from '@open-wc/testing';
import { SahayError } from '@sahay/client';
import type { AnswerTrace } from '@sahay/protocol';
import '../define/all.ts';
import { DeskPage, settled } from '../testing/desk-page.ts';
import {
  before,
  bot,
  conversation,
  FakeAgentClient,
  listOf,
  me,
  mine,
  said,
  textPart,
  visitor,
} from '../testing/fake-agent-client.ts';

const trace: AnswerTrace = {
  traceId: 't1',
  messageId: 'm2',
  question: 'How long to send a lamp back?',
  language: 'en',
  outcome: 'answer',
  confidence: 0.82,
  threshold: 0.55,
  matchedBy: 'words',
  articles: [
    { id: 'returns', title: 'Returns and refunds', score: 12.5, confidence: 0.82 },
    { id: 'broken', title: 'Damaged on arrival', score: 7.1 },
  ],
};

function talk(client: FakeAgentClient) {
  return client.add('c1', {
    messages: listOf([
      said('m1', visitor, 'How long to send a lamp back?', 8),
      said('m2', bot, 'You have 30 days.', 7),
      said('m3', visitor, 'It came broken', 3),
    ]),
  });
}

describe('sahay-conversation', () => {
  it('asks to take over before one writes', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    const page = await DeskPage.open(client, 'c1');
    expect(page.field).to.equal(null);
    expect(page.composer.shadowRoot!.textContent).to.contain('Take over to write');
    expect(page.actions).to.deep.equal(['Take over']);
    await page.press('Take over');
    expect(handle.called('accept')).to.have.length(1);
    handle.set({ conversation: conversation({ assignment: mine }) });
    await settled();
    expect(page.field).to.exist;
    expect(page.actions).to.deep.equal(['Return to bot', 'Back to queue', 'Close']);
    await expect(page.desk).to.be.accessible();
  });

  it('says who has it when a colleague was faster', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    handle.refusing.set('accept', 'already_controlled');
    const page = await DeskPage.open(client, 'c1');
    await page.press('Take over');
    expect(page.conversation.shadowRoot!.querySelector('[kind=problem]')!.textContent).to.contain(
      'A colleague was faster',
    );
    const jonas = { id: 'a_jonas', role: 'agent', name: 'Jonas' } as const;
    handle.set({
      conversation: conversation({
        assignment: { state: 'assigned', controlledBy: jonas.id, since: before(0) },
        participants: [visitor, bot, jonas],
      }),
    });
    await settled();
    expect(page.header.textContent).to.contain('Jonas has this conversation');
    expect(page.actions).to.deep.equal([]);
    expect(page.composer.shadowRoot!.textContent).to.contain('Jonas is answering');
    // Gone, she can be relieved; that is said in so many words, and takes more than accepting.
    client.inbox.set({ agents: [{ agent: jonas, status: 'offline' }] });
    await settled();
    expect(page.actions).to.deep.equal(['Take over from Jonas']);
    expect(page.composer.shadowRoot!.textContent).to.contain('Jonas has this conversation and is not here');
    await page.press('Take over from Jonas');
    expect(handle.called('transfer')).to.deep.equal([[{ toAgentId: me.id }]]);
  });

  it('keeps every button in sight where words are long and room is scarce', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    handle.set({ conversation: conversation({ assignment: mine }) });
    const page = await DeskPage.open(client, 'c1');
    page.desk.style.inlineSize = '360px';
    for (const tag of ['bn', 'ar', 'en']) {
      page.desk.setAttribute('lang', tag);
      page.desk.resolveLocale();
      await settled();
      const { left, right } = page.header.getBoundingClientRect();
      for (const button of page.header.querySelectorAll('.actions .button')) {
        const box = button.getBoundingClientRect();
        expect(box.left, `${tag} ${button.textContent}`).to.be.at.least(left);
        expect(box.right, `${tag} ${button.textContent}`).to.be.at.most(right);
      }
    }
  });

  it('passes on to a colleague who is there, with a note, or back into the queue', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    handle.set({ conversation: conversation({ assignment: mine }) });
    const agent = (id: string, name: string) => ({ id, role: 'agent', name }) as const;
    client.inbox.set({
      agents: [
        { agent: me, status: 'online' },
        { agent: agent('a_omar', 'Omar'), status: 'away' },
        { agent: agent('a_jonas', 'Jonas'), status: 'online' },
        { agent: agent('a_gone', 'Gone'), status: 'offline' },
      ],
    });
    const page = await DeskPage.open(client, 'c1');
    expect(page.actions).to.deep.equal(['Return to bot', 'Pass on', 'Close']);
    await page.press('Pass on');
    const dialog = (): ShadowRoot | null | undefined =>
      page.conversation.shadowRoot!.querySelector('sahay-pass-on')?.shadowRoot;
    const choices = [...dialog()!.querySelectorAll('.choice')].map((one) => one.textContent.trim());
    expect(choices).to.deep.equal(['JonasOnline', 'OmarAway', 'Back to queueWhoever is free takes it.']);
    await expect(page.desk).to.be.accessible();

    handle.refusing.set('transfer', 'not_controller');
    dialog()!.querySelector<HTMLInputElement>('[value=a_jonas]')!.click();
    dialog()!.querySelector('textarea')!.value = ' She speaks Arabic. ';
    const send = (): void => dialog()!.querySelector<HTMLButtonElement>('[type=submit]')!.click();
    send();
    await waitUntil(() => dialog()!.querySelector('[role=alert]')!.textContent);
    handle.refusing.clear();
    send();
    await waitUntil(() => !dialog());
    expect(handle.called('transfer').at(-1)).to.deep.equal([
      { toAgentId: 'a_jonas', note: 'She speaks Arabic.' },
    ]);
    expect(page.conversation.shadowRoot!.activeElement, 'the focus is not lost').to.equal(page.list);
    // Who has never been in the conversation is called by her name all the same.
    handle.set({
      conversation: conversation({
        assignment: { state: 'ringing', offeredTo: 'a_jonas', since: before(0) },
      }),
    });
    await settled();
    expect(page.header.textContent).to.contain('Passed on to Jonas');
    handle.set({ conversation: conversation({ assignment: mine }) });
    await settled();

    await page.press('Pass on');
    send();
    await waitUntil(() => !dialog());
    expect(handle.called('transfer').at(-1)).to.deep.equal([{}]);
  });

  it('passes on to whoever was chosen, however the others come and go, and to nobody else once she has gone', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    handle.set({ conversation: conversation({ assignment: mine }) });
    const there = (...agents: [id: string, status: 'online' | 'away' | 'offline'][]): void =>
      client.inbox.set({
        agents: agents.map(([id, status]) => ({ agent: { id, role: 'agent', name: id }, status })),
      });
    there(['omar', 'away'], ['jonas', 'online']);
    const page = await DeskPage.open(client, 'c1');
    await page.press('Pass on');
    const dialog = (): ShadowRoot | null | undefined =>
      page.conversation.shadowRoot!.querySelector('sahay-pass-on')?.shadowRoot;
    const ticked = (): string[] =>
      [...dialog()!.querySelectorAll<HTMLInputElement>(':checked')].map(({ value }) => value);
    const names = (): string[] =>
      [...dialog()!.querySelectorAll('.choice bdi')].map(({ textContent }) => textContent);
    const send = async (): Promise<void> => {
      dialog()!.querySelector<HTMLButtonElement>('[type=submit]')!.click();
      await settled();
    };
    dialog()!.querySelector<HTMLInputElement>('[value=jonas]')!.click();
    there(['mira', 'online'], ['omar', 'online'], ['jonas', 'away']);
    await settled();
    expect(ticked()).to.deep.equal(['jonas']);
    expect(names(), 'nothing moves beneath the hand').to.deep.equal([
      'jonas',
      'omar',
      'mira',
      'Back to queue',
    ]);

    there(['mira', 'online'], ['omar', 'offline'], ['jonas', 'offline']);
    await settled();
    expect(names()).to.deep.equal(['jonas', 'mira', 'Back to queue']);
    expect(dialog()!.querySelector('.choice')!.textContent).to.contain('Not here any more');
    await send();
    expect(dialog()!.querySelector('[role=alert]')!.textContent).to.contain('jonas is not here any more');
    expect(handle.called('transfer')).to.be.empty;
    await expect(page.desk).to.be.accessible();

    dialog()!.querySelector<HTMLInputElement>('[value=mira]')!.click();
    await settled();
    await send();
    await waitUntil(() => !dialog());
    expect(handle.called('transfer')).to.deep.equal([[{ toAgentId: 'mira' }]]);
  });

  it('hands back, passes on, closes and opens again', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    handle.set({ conversation: conversation({ assignment: mine }) });
    const page = await DeskPage.open(client, 'c1');
    await page.press('Return to bot');
    await page.press('Back to queue');
    await page.press('Close');
    handle.set({
      conversation: conversation({ status: 'closed', assignment: { state: 'none', since: before(0) } }),
    });
    await settled();
    expect(page.field).to.equal(null);
    expect(page.conversation.shadowRoot!.activeElement, 'the focus is not lost').to.equal(page.list);
    await page.press('Reopen');
    expect(handle.calls.map(([name]) => name).filter((name) => name !== 'markRead')).to.deep.equal([
      'returnToBot',
      'transfer',
      'close',
      'reopen',
    ]);
  });

  it('stands the helpers on one side and the visitor on the other', async () => {
    const client = new FakeAgentClient();
    talk(client).set({
      messages: listOf([
        said('m1', visitor, 'Hello', 3),
        said('m2', bot, 'Hi', 2),
        said('m3', me, 'Here I am', 1),
      ]),
    });
    const page = await DeskPage.open(client, 'c1');
    const [theirs, bots, own] = [...page.list.shadowRoot!.querySelectorAll('.bubble')].map((bubble) =>
      bubble.getBoundingClientRect(),
    );
    expect(theirs!.left).to.be.below(bots!.left);
    expect(Math.abs(bots!.right - own!.right)).to.be.below(1);
  });

  it('gives a nameless visitor a number and speaks of her in notices', async () => {
    const client = new FakeAgentClient();
    const nameless = { id: 'v_00_4-2', role: 'visitor' } as const;
    talk(client).set({
      conversation: conversation({ visitor: nameless, handoff: { ...handoff, reason: 'did_not_help' } }),
      messages: listOf([
        said('m1', nameless, 'Hello', 3),
        said('m2', { id: 'system', role: 'system' }, '', 2, { parts: [notice('handoff_requested')] }),
        said('m3', { id: 'system', role: 'system' }, '', 1, {
          parts: [{ ...notice('agent_joined'), participant: me }],
        }),
      ]),
    });
    const page = await DeskPage.open(client, 'c1');
    expect(page.header.textContent).to.contain('Visitor 0042');
    expect(page.transcript.join('\n'))
      .to.contain('Visitor 0042')
      .and.contain('Handed over: The answer did not help')
      .and.contain('You took over');
    client.known.get('c1')!.set({
      messages: listOf([
        ...client.known.get('c1')!.getSnapshot().messages,
        said('m4', nameless, 'Thanks', 0),
      ]),
    });
    const heard = () => page.conversation.shadowRoot!.querySelector('[aria-live=polite]')!.textContent;
    await waitUntil(() => heard());
    expect(heard()).to.equal('Visitor 0042: Thanks');
    // A later handoff has a notice and a reason of its own.
    client.known.get('c1')!.set({
      conversation: conversation({ visitor: nameless, handoff: { ...handoff, reason: 'transfer' } }),
    });
    await settled();
    expect(page.transcript.join('\n')).to.contain('Handed over to people').and.not.contain('by a colleague');
  });

  it('explains an answer of the bot on request', async () => {
    const client = new FakeAgentClient();
    talk(client).set({ staff: { notes: [], context: {}, traces: [trace] } });
    const page = await DeskPage.open(client, 'c1');
    const why = page.list.querySelector('details')!;
    expect(why.closest('[slot]')!.getAttribute('slot')).to.equal('after-m2');
    expect(why.open).to.equal(false);
    why.querySelector('summary')!.click();
    expect(why.open).to.equal(true);
    for (const words of [
      '82%, 55% needed',
      'Returns and refunds',
      '12.50',
      'Damaged on arrival',
      'English',
      'words',
    ])
      expect(why.textContent).to.contain(words);
    await expect(page.desk).to.be.accessible();
  });

  it('shows what was offered and whether it helped, without offering it to the agent', async () => {
    const client = new FakeAgentClient();
    talk(client).set({
      messages: listOf([
        said('m1', bot, 'Hello', 3, {
          parts: [
            textPart('Hello'),
            { partId: 'p2', type: 'quick_replies', options: [{ id: 'q1', label: 'Track an order' }] },
          ],
          feedback: { helpful: false },
        }),
      ]),
    });
    const page = await DeskPage.open(client, 'c1');
    const transcript = page.transcript.join('\n');
    expect(transcript).to.contain('Offered to choose from: Track an order').and.contain('did not help');
    expect(page.list.shadowRoot!.querySelector('sahay-quick-replies')).to.equal(null);
  });

  it('marks as read what is on screen, and tells the visitor who types', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    handle.set({ unreadCount: 2, conversation: conversation({ assignment: mine }) });
    const page = await DeskPage.open(client, 'c1');
    expect(handle.called('markRead')).to.not.be.empty;
    await page.write('Let me see');
    expect(handle.called('typing')).to.deep.include([true]);
    handle.set({ typing: [{ id: 'v_mina', role: 'visitor', name: 'Mina K.' }] });
    await settled();
    expect(page.list.shadowRoot!.querySelector('.dots')).to.exist;
  });

  it('sends a message once and empties the field', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    handle.set({ conversation: conversation({ assignment: mine }) });
    const page = await DeskPage.open(client, 'c1');
    await page.write('Here I am');
    await page.key(page.field!, 'Enter');
    expect(handle.called('send')).to.deep.equal([['Here I am']]);
    expect(page.field!.value).to.equal('');
  });

  it('shows markup in every field as text', async () => {
    const markup = '<img src=x onerror="window.pwned=1"><b>bold</b>';
    const client = new FakeAgentClient();
    const evil = { id: 'v1', role: 'visitor', name: markup, avatarUrl: 'javascript:alert(1)' } as const;
    talk(client).set({
      conversation: conversation({
        visitor: evil,
        locale: markup,
        survey: {
          surveyId: 's1',
          kind: 'csat',
          state: 'submitted',
          requestedAt: before(1),
          expiresAt: before(0),
          answers: { score: 1, comment: markup },
        },
        handoff,
      }),
      messages: listOf([
        said('m1', evil, markup, 3, {
          parts: [
            { partId: 'p1', type: 'text', format: 'markdown', text: `${markup} [x](javascript:alert(1))` },
            { partId: 'p2', type: 'quick_replies', options: [{ id: 'q', label: markup }] },
          ],
        }),
      ]),
      staff: {
        notes: [{ noteId: 'n1', author: { ...me, name: markup }, text: markup, createdAt: before(1) }],
        traces: [
          {
            ...trace,
            messageId: 'm1',
            question: markup,
            matchedBy: markup,
            articles: [{ id: 'a', title: markup, score: 1 }],
          },
        ],
        context: {
          page: { url: 'javascript:alert(1)', title: markup },
          contact: { name: markup, email: markup, phone: markup },
          attributes: { [markup]: markup },
        },
        handoffContext: { question: markup, tried: [markup], goal: markup, note: markup },
      },
    });
    const page = await DeskPage.open(client, 'c1');
    page.desk.details = true;
    await settled();
    const panel = page.desk.shadowRoot!.querySelector('sahay-context-panel')!;
    const roots: ParentNode[] = [
      page.desk.shadowRoot!,
      page.conversation.shadowRoot!,
      page.list.shadowRoot!,
      panel.shadowRoot!,
    ];
    for (const root of roots) {
      expect(root.querySelector('img[src=x]')).to.equal(null);
      expect(root.querySelector('a[href^="javascript:"]')).to.equal(null);
    }
    expect(panel.shadowRoot!.textContent).to.contain(markup);
    expect('pwned' in window).to.equal(false);
  });
});

describe('an invitation', () => {
  const closed = { status: 'closed', assignment: { state: 'none', since: before(0) } } as const;

  it('is made to whose conversation has ended, with a reason, and says until when it stands', async () => {
    const client = new FakeAgentClient();
    client.capabilities.add('invitations');
    const handle = talk(client);
    const page = await DeskPage.open(client, 'c1');
    expect(page.actions).to.not.include('Invite');
    handle.set({ conversation: conversation(closed) });
    await settled();
    await page.press('Invite');
    const dialog = page.conversation.shadowRoot!.querySelector('sahay-invite')!;
    const root = dialog.shadowRoot!;
    const send = async (): Promise<void> => {
      root.querySelector('form')!.requestSubmit();
      await settled();
    };
    expect(root.querySelector('h2')!.textContent).to.equal('Invite Mina K.');
    const here = (): string => root.querySelector<HTMLElement>('.here')!.innerText;
    expect(here(), 'what nobody says is not claimed').to.equal('');
    handle.set({ visitorOnline: false });
    await settled();
    expect(here()).to.contain('not on your site now');
    expect(page.conversation.shadowRoot!.querySelector('header')!.textContent).not.to.contain('On your site');
    handle.set({ visitorOnline: true });
    await settled();
    expect(here()).to.contain('sees it at once');
    expect(page.conversation.shadowRoot!.querySelector('header')!.textContent).to.contain('On your site now');
    client.connection.set({ state: 'waiting', cause: 'connect_failed' });
    await settled();
    expect(here(), 'without a connection nobody knows').to.equal('');
    client.connection.set({ state: 'online', cause: 'welcomed' });
    await expect(dialog).to.be.accessible();
    root.querySelector('textarea')!.value = 'Your lamp is back.';
    await send();
    expect(root.querySelector('[role=alert]')!.textContent).to.equal('Write what you say, and why you ask.');
    expect(root.activeElement).to.equal(root.querySelector('#reason'));
    expect(client.commands).to.deep.equal([]);
    root.querySelector<HTMLInputElement>('#reason')!.value = 'You asked for it last week.';
    await send();
    const data = {
      text: 'Your lamp is back.',
      reason: 'You asked for it last week.',
      expiresInSeconds: 1800,
    };
    expect(client.commands).to.deep.equal([['invitation.present', data]]);
    expect(root.querySelector('[role=status]')!.textContent).to.match(/^Invited\. .*until .*\d/);
    root.querySelector<HTMLElement>('.done')!.click();
    await settled();
    expect(page.conversation.shadowRoot!.querySelector('sahay-invite')).to.equal(null);
  });

  it('that is refused says so and keeps the words; a backend without them offers none', async () => {
    const client = new FakeAgentClient();
    talk(client).set({ conversation: conversation(closed) });
    const page = await DeskPage.open(client, 'c1');
    expect(page.actions).to.not.include('Invite');
    client.capabilities.add('invitations');
    client.command = () => Promise.reject(new SahayError('message_too_long', 'too long'));
    page.conversation.requestUpdate();
    await settled();
    await page.press('Invite');
    const root = page.conversation.shadowRoot!.querySelector('sahay-invite')!.shadowRoot!;
    root.querySelector('textarea')!.value = 'Hello';
    root.querySelector<HTMLInputElement>('#reason')!.value = 'Because';
    root.querySelector('form')!.requestSubmit();
    await settled();
    expect(root.querySelector('[role=alert]')!.textContent).to.not.equal('');
    expect(root.querySelector('textarea')!.value).to.equal('Hello');
  });
});

const handoff = {
  handoffId: 'h1',
  state: 'requested',
  reason: 'asked_for_person',
  requestedBy: 'v_mina',
  requestedAt: before(4),
} as const;

const notice = (kind: string) => ({
  partId: 'p1',
  type: 'notice' as const,
  kind,
  fallbackText: 'In English',
});
