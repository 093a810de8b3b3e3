import { aTimeout, expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import '../define/bubble.ts';
import { FakeClient, FakeConversation, messageView, textPart } from '../testing/fake-client.ts';
import type { SahayBubble } from './bubble.ts';
import { furnish } from './furnish.ts';

const part = (bubble: SahayBubble, name: string): HTMLElement =>
  bubble.shadowRoot!.querySelector<HTMLElement>(`[part=${name}]`)!;
const teaserOf = (bubble: SahayBubble): string =>
  bubble.shadowRoot!.querySelector('[part=teaser]:not([hidden])')?.textContent ?? '';
const rise = (bubble: SahayBubble): number => {
  for (const animation of bubble.getAnimations()) animation.finish();
  return innerHeight - part(bubble, 'launcher').getBoundingClientRect().bottom;
};

/** A client that remembers its commands. */
class Client extends FakeClient {
  readonly commands: unknown[] = [];
  override command = async (...given: unknown[]): Promise<object> => {
    this.commands.push(given);
    return {};
  };
}
const invitation = {
  invitationId: 'i1',
  text: 'Shall I help you choose?',
  reason: 'You have compared three lamps.',
};
/** What has to be fetched first may take its time. */
const patient = { timeout: 8_000 };
const later = (ms: number): string => new Date(Date.now() + ms).toISOString();
const make = (client = new Client()): Promise<SahayBubble> =>
  fixture<SahayBubble>(html`<sahay-bubble lang="en" locale="en" .client=${client}></sahay-bubble>`);

describe('the teaser', () => {
  beforeEach(() => aTimeout(0));

  it('shows the last message that was not read, as plain words, with who wrote it', async () => {
    const client = new Client();
    client.open = new FakeConversation('c1');
    const bubble = await make(client);
    bubble.open();
    await bubble.ready;
    bubble.close();
    const view = messageView({
      message: { parts: [textPart('It is **on its way**, see [here](https://x.test).', 'markdown')] },
    });
    client.open.show(messageView({ own: true }), view);
    client.open.set({ unreadCount: 1 });
    await waitUntil(() => teaserOf(bubble));
    expect(teaserOf(bubble)).to.equal('SahayIt is on its way, see here.');
    expect(part(bubble, 'badge').textContent).to.equal('1');

    bubble.shadowRoot!.querySelector<HTMLElement>('[aria-label=Dismiss]')!.click();
    expect(teaserOf(bubble)).to.equal('');
    client.open.show(view, messageView({ text: 'It is there.' }));
    client.open.set({ unreadCount: 2 });
    await waitUntil(() => teaserOf(bubble).endsWith('It is there.'));
    part(bubble, 'teaser').querySelector('button')!.click();
    expect(bubble.isOpen).to.be.true;
    expect(teaserOf(bubble)).to.equal('');
  });

  it('offers an invitation with its reason, and begins the conversation that it leads to', async () => {
    const client = new Client();
    const bubble = await make(client);
    client.user.set({ invitations: [{ ...invitation, expiresAt: later(60_000) }] });
    await waitUntil(() => teaserOf(bubble));
    expect(teaserOf(bubble)).to.equal(invitation.text + invitation.reason);
    expect(client.commands, 'seeing it tells nobody').to.deep.equal([]);
    part(bubble, 'teaser').querySelector('button')!.click();
    await waitUntil(() => client.commands.length, 'nothing was told', patient);
    const page = { url: location.href, title: document.title };
    expect(client.commands).to.deep.equal([
      ['conversation.start', { locale: 'en', page, invitationId: 'i1' }, 'c1'],
    ]);
    const chat = part(bubble, 'panel').querySelector('sahay-chat')!;
    expect(chat.conversation).to.equal(client.created[0]);
    await waitUntil(
      () => chat.shadowRoot!.activeElement?.localName === 'sahay-composer',
      'nobody could write',
      patient,
    );
    await chat.send('Yes, please');
    expect(client.created.length, 'what she says goes there').to.equal(1);
  });

  it('has what is asked first answered in the conversation that the invitation begins', async () => {
    const client = new Client();
    const bubble = await make(client);
    client.user.set({
      settings: { preChat: { fields: [{ name: 'email', kind: 'email', label: { en: 'E-mail' } }] } },
      invitations: [{ ...invitation, expiresAt: later(60_000) }],
    });
    await waitUntil(() => teaserOf(bubble));
    part(bubble, 'teaser').querySelector('button')!.click();
    const form = () =>
      bubble.shadowRoot!.querySelector('sahay-chat')?.shadowRoot?.querySelector('sahay-pre-chat')?.shadowRoot;
    await waitUntil(() => form()?.querySelector('input') && client.created.length, 'nothing asked', patient);
    expect(client.commands).to.deep.equal([]);
    const answered: unknown[] = [];
    client.created[0]!.do = async (type) => void answered.push(type, client.commands.length);
    form()!.querySelector('input')!.value = 'asha@example.com';
    form()!.querySelector<HTMLElement>('[type=submit]')!.click();
    await waitUntil(() => !form(), 'the form stays', patient);
    expect(client.created.length, 'one conversation').to.equal(1);
    expect(answered, 'begun before').to.deep.equal(['context.update', 1]);
    expect(client.commands).to.have.length(1);
  });

  it('is offered again, and begins nothing, when she goes elsewhere while something is asked', async () => {
    const client = new Client();
    const bubble = await make(client);
    client.user.set({
      settings: { preChat: { fields: [{ name: 'email', kind: 'email', label: { en: 'E-mail' } }] } },
      invitations: [{ ...invitation, expiresAt: later(60_000) }],
    });
    await waitUntil(() => teaserOf(bubble));
    part(bubble, 'teaser').querySelector('button')!.click();
    const chat = () => bubble.shadowRoot!.querySelector('sahay-chat')!;
    const form = () => chat()?.shadowRoot?.querySelector('sahay-pre-chat')?.shadowRoot;
    await waitUntil(() => form()?.querySelector('input') && client.created.length, 'nothing asked', patient);
    chat().startNew();
    await chat().updateComplete;
    form()!.querySelector('input')!.value = 'asha@example.com';
    form()!.querySelector<HTMLElement>('[type=submit]')!.click();
    await waitUntil(() => !form(), 'the form stays', patient);
    expect(client.commands, 'the invitation is not taken up').to.deep.equal([]);
    expect(client.created.map(({ calls }) => calls.map(([name]) => name))).to.deep.equal([[], ['do']]);
    bubble.close();
    expect(teaserOf(bubble)).to.equal(invitation.text + invitation.reason);
  });

  it('leads to the conversation that an invitation names, and is offered again when that could not be told', async () => {
    const client = new Client();
    client.open = new FakeConversation('c7');
    const bubble = await make(client);
    client.command = async (...given: unknown[]) => {
      client.commands.push(given);
      throw new Error('refused');
    };
    client.user.set({
      invitations: [
        {
          ...invitation,
          from: { id: 'a1', role: 'agent', name: 'Mina' },
          conversationId: 'c7',
          expiresAt: later(60_000),
        },
      ],
    });
    await waitUntil(() => teaserOf(bubble));
    expect(teaserOf(bubble)).to.equal('Mina' + invitation.text + invitation.reason);
    part(bubble, 'teaser').querySelector('button')!.click();
    await waitUntil(() => client.commands.length, 'nothing was told', patient);
    expect(client.commands).to.deep.equal([
      ['invitation.accept', { invitationId: 'i1', conversationId: 'c7' }],
    ]);
    expect(part(bubble, 'panel').querySelector('sahay-chat')!.conversation).to.equal(client.open);
    await aTimeout(0);
    bubble.close();
    expect(teaserOf(bubble)).to.contain(invitation.text);
  });

  it('tells when an invitation is declined, and takes away one that has ended', async () => {
    const client = new Client();
    const bubble = await make(client);
    client.user.set({ invitations: [{ ...invitation, expiresAt: later(60_000) }] });
    await waitUntil(() => teaserOf(bubble));
    bubble.shadowRoot!.querySelector<HTMLElement>('[aria-label=Dismiss]')!.click();
    expect(client.commands).to.deep.equal([['invitation.dismiss', { invitationId: 'i1' }]]);
    expect(teaserOf(bubble)).to.equal('');
    client.user.set({ invitations: [{ ...invitation, invitationId: 'i2', expiresAt: later(300) }] });
    expect(teaserOf(bubble)).to.contain(invitation.text);
    await waitUntil(() => teaserOf(bubble) === '');
  });

  it('keeps its words off its edges, whatever the direction of the page and of the words', async () => {
    for (const [dir, text] of [
      ['rtl', 'غادر طلبك مستودعنا'],
      ['rtl', 'It left our warehouse'],
      ['ltr', 'غادر طلبك مستودعنا'],
    ] as const) {
      const page = await fixture<HTMLElement>(html`<div dir=${dir}><sahay-bubble></sahay-bubble></div>`);
      const bubble = page.querySelector('sahay-bubble')!;
      bubble.teaser = { text };
      await waitUntil(() => teaserOf(bubble));
      const box = part(bubble, 'teaser').getBoundingClientRect();
      const words = document.createRange();
      words.selectNodeContents(part(bubble, 'teaser').querySelector('span')!);
      const { left, right } = words.getBoundingClientRect();
      const [before, after] =
        dir === 'rtl' ? [box.right - right, left - box.left] : [left - box.left, box.right - right];
      expect(before).to.be.at.least(16);
      expect(after, 'room for the button that dismisses it').to.be.at.least(44);
    }
  });

  it('is accessible, and told to screen readers', async () => {
    const bubble = await make();
    bubble.teaser = { text: 'Shall I help?', reason: 'You have compared three lamps.', author: 'Mina' };
    await waitUntil(() => teaserOf(bubble));
    expect(part(bubble, 'teaser').getAttribute('role')).to.equal('status');
    for (const animation of part(bubble, 'teaser').getAnimations()) animation.finish();
    await expect(bubble).to.be.accessible();
  });

  it('lets the client go when it leaves the page', async () => {
    const client = new Client();
    const bubble = await make(client);
    await waitUntil(() => client.user.listeners > 0);
    bubble.remove();
    expect([client.user.listeners, client.connection.listeners]).to.deep.equal([0, 0]);
  });
});

describe('what the bubble keeps off', () => {
  beforeEach(() => aTimeout(0));

  const bar = (): Promise<HTMLElement> =>
    fixture<HTMLElement>(
      html`<div class="bar" style="position:fixed;inset:auto 0 0;height:64px">We use cookies</div>`,
    );

  it('rises above it, follows its height, and comes down when it goes', async () => {
    const bubble = await make();
    bubble.setAttribute('avoid', '.bar, .tabs');
    await aTimeout(50);
    expect(rise(bubble)).to.equal(20);
    const banner = await bar();
    await waitUntil(() => rise(bubble) === 84);
    banner.style.height = '120px';
    await waitUntil(() => rise(bubble) === 140);
    banner.style.display = 'none';
    await waitUntil(() => rise(bubble) === 20);
    banner.style.display = '';
    await waitUntil(() => rise(bubble) === 140);
    banner.remove();
    await waitUntil(() => rise(bubble) === 20);
  });

  it('does not mind what stands beside it, covers the page, or is no longer to be avoided', async () => {
    const bubble = await make();
    bubble.setAttribute('avoid', '.bar');
    const banner = await bar();
    await waitUntil(() => rise(bubble) === 84);
    banner.style.insetInlineEnd = '200px';
    await waitUntil(() => rise(bubble) === 20);
    banner.style.insetInlineEnd = '0';
    banner.style.height = '100%';
    await aTimeout(100);
    expect(rise(bubble)).to.equal(20);
    banner.style.height = '64px';
    await waitUntil(() => rise(bubble) === 84);
    bubble.removeAttribute('avoid');
    expect(rise(bubble)).to.equal(20);
  });

  it('leaves the window room to stand in', async () => {
    const bubble = await make();
    bubble.setAttribute('avoid', '.bar');
    await bar();
    bubble.open();
    await waitUntil(() => rise(bubble) === 84);
    const panel = part(bubble, 'panel');
    for (const animation of panel.getAnimations()) animation.finish();
    expect(panel.getBoundingClientRect().top).to.be.at.least(0);
  });
});

describe('the layer', () => {
  beforeEach(() => aTimeout(0));

  const dialog = (): Promise<HTMLDialogElement> =>
    fixture<HTMLDialogElement>(html`<dialog><button>Pay</button></dialog>`);
  /** Whether a click in its middle would reach the launcher. */
  const isReachable = (bubble: SahayBubble): boolean => {
    const { left, top, width, height } = part(bubble, 'launcher').getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2) === bubble;
  };

  it('is above any z-index with layer="top", in the same place', async () => {
    const bubble = await make();
    await fixture(html`<div style="position:fixed;inset:0;z-index:2147483647">Above all</div>`);
    const before = part(bubble, 'launcher').getBoundingClientRect().toJSON();
    expect(isReachable(bubble)).to.be.false;
    bubble.setAttribute('layer', 'top');
    await waitUntil(() => isReachable(bubble));
    expect(part(bubble, 'launcher').getBoundingClientRect().toJSON()).to.deep.equal(before);
    bubble.setAttribute('position', 'start');
    expect(part(bubble, 'launcher').getBoundingClientRect().left).to.equal(20);
    bubble.removeAttribute('layer');
    expect(isReachable(bubble)).to.be.false;
    expect(bubble.hasAttribute('popover')).to.be.false;
  });

  it('is within reach beside a modal dialog, and back in its place after it', async () => {
    const bubble = await make();
    const parent = bubble.parentNode;
    bubble.setAttribute('layer', 'top');
    const checkout = await dialog();
    checkout.showModal();
    await waitUntil(() => isReachable(bubble));
    part(bubble, 'launcher').click();
    await bubble.ready;
    const chat = part(bubble, 'panel').querySelector('sahay-chat');
    checkout.close();
    await waitUntil(() => bubble.parentNode === parent);
    await nextFrame();
    expect(isReachable(bubble)).to.be.true;
    expect(bubble.isOpen).to.be.true;
    expect(part(bubble, 'panel').querySelector('sahay-chat')).to.equal(chat);
    expect(parent!.textContent, 'nothing stays behind').to.equal('');
  });

  it('opens in a modal dialog that asks for it, also without an attribute', async () => {
    const bubble = await make();
    const parent = bubble.parentNode;
    const checkout = await dialog();
    checkout.showModal();
    await aTimeout(50);
    expect(bubble.parentNode).to.equal(parent);
    bubble.open();
    await waitUntil(() => bubble.parentNode === checkout);
    await bubble.ready;
    await waitUntil(() => document.activeElement === bubble);
    checkout.close();
    await waitUntil(() => bubble.parentNode === parent);
  });

  it('comes back from a dialog that is taken off the page', async () => {
    const bubble = await make();
    const parent = bubble.parentNode;
    bubble.setAttribute('layer', 'top');
    const checkout = await dialog();
    checkout.showModal();
    await waitUntil(() => bubble.parentNode === checkout);
    checkout.remove();
    await waitUntil(() => bubble.parentNode === parent);
    expect(bubble.isConnected).to.be.true;
  });

  it('stays away when the page takes it out of a dialog', async () => {
    const bubble = await make();
    bubble.setAttribute('layer', 'top');
    const checkout = await dialog();
    checkout.showModal();
    await waitUntil(() => bubble.parentNode === checkout);
    bubble.remove();
    checkout.close();
    await aTimeout(50);
    expect(bubble.isConnected).to.be.false;
  });
});

it('lets the page style the parts of its window, and of what is in that', async () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ['header', 'bubble', 'send'].map((name) => `sahay-bubble::part(${name}){letter-spacing:3px}`).join(''),
  );
  document.adoptedStyleSheets.push(sheet);
  try {
    const client = new Client();
    client.open = new FakeConversation('c1');
    client.open.show(messageView({ text: 'It is there.' }));
    const bubble = await make(client);
    bubble.open();
    await bubble.ready;
    const chat = part(bubble, 'panel').querySelector('sahay-chat')!;
    const spaced = (host: Element, name: string): boolean => {
      const found = host.shadowRoot!.querySelector(`[part=${name}]`);
      return found !== null && getComputedStyle(found).letterSpacing === '3px';
    };
    const inside = (name: string): Element => chat.shadowRoot!.querySelector(name)!;
    await waitUntil(() => spaced(chat, 'header'), 'the head of the window', patient);
    await waitUntil(() => spaced(inside('sahay-message-list'), 'bubble'), 'a message', patient);
    expect(spaced(inside('sahay-composer'), 'send')).to.be.true;
  } finally {
    document.adoptedStyleSheets.splice(document.adoptedStyleSheets.indexOf(sheet), 1);
  }
});

it('remembers a conversation also where that began before this had arrived', async () => {
  const client = new Client();
  client.open = new FakeConversation('c1');
  const bubble = await make(client);
  bubble.open();
  await bubble.ready;
  const panel = part(bubble, 'panel');
  await waitUntil(() => panel.querySelector('sahay-chat')?.conversation);
  localStorage.removeItem('sahay-conversation');
  const styles = bubble.shadowRoot!.adoptedStyleSheets[0]!;
  const arrange = furnish(bubble, panel, part(bubble, 'launcher'), styles);
  expect(localStorage.getItem('sahay-conversation')).to.equal('1');
  localStorage.removeItem('sahay-conversation');
  bubble.remove();
  arrange();
});
