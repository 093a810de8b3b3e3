import { expect } from '@open-wc/testing';
import type { Part } from '@sahay/protocol';
import '../define/all.ts';
import { DeskPage, settled } from '../testing/desk-page.ts';
import { conversation, FakeAgentClient, mine } from '../testing/fake-agent-client.ts';
import type { SahayRichReply } from '../rich-reply/rich-reply.ts';
import { matching, type CannedReply } from './canned-reply-store.ts';

const replies = [
  { id: 'r1', title: 'Greeting', text: 'Hello, thank you for writing to us.' },
  { id: 'r2', title: 'Refund', text: 'We send the money back within five days.' },
  { id: 'r3', title: 'Opening hours', text: 'We answer from nine to six; a refund takes longer.' },
];

async function opened(client = clientWith(replies)) {
  const handle = client.add('c1', { conversation: conversation({ assignment: mine }) });
  const page = await DeskPage.open(client, 'c1');
  const panel = () => page.replyBox.shadowRoot!.querySelector('sahay-canned-replies');
  const input = () => panel()!.shadowRoot!.querySelector('input')!;
  const options = () => [...panel()!.shadowRoot!.querySelectorAll<HTMLElement>('[role=option]')];
  return { client, handle, page, panel, input, options };
}

function clientWith(list: readonly CannedReply[]): FakeAgentClient {
  const client = new FakeAgentClient();
  client.routes.set('GET /v1/canned-replies', () => Response.json({ replies: list }));
  return client;
}

async function filter(input: HTMLInputElement, text: string): Promise<void> {
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await settled();
}

describe('canned replies', () => {
  it('open with a slash in the empty field, are filtered, chosen and put into the message', async () => {
    const { page, handle, panel, input, options } = await opened();
    const event = await page.key(page.field!, '/');
    expect(event.defaultPrevented).to.equal(true);
    expect(panel()!.shadowRoot!.activeElement).to.equal(input());
    expect(options()).to.have.length(3);
    await expect(page.desk).to.be.accessible();
    await filter(input(), 'refund');
    expect(options().map((option) => option.querySelector('b')!.textContent)).to.deep.equal([
      'Refund',
      'Opening hours',
    ]);
    await page.key(input(), 'ArrowDown');
    expect(input().getAttribute('aria-activedescendant')).to.equal('option-1');
    await page.key(input(), 'ArrowUp');
    await page.key(input(), 'Enter');
    expect(panel()).to.equal(null);
    expect(page.field!.value).to.equal(replies[1]!.text);
    expect(page.composer.shadowRoot!.activeElement).to.equal(page.field);
    expect(handle.called('send'), 'nothing is sent by choosing').to.be.empty;
    await page.key(page.field!, 'Enter');
    expect(handle.called('send')).to.deep.equal([[replies[1]!.text]]);
  });

  it('give back what was typed after the slash when none is chosen', async () => {
    const { page, panel, input } = await opened();
    await page.key(page.field!, '/');
    await filter(input(), 'etc/hosts');
    await page.key(input(), 'Escape');
    expect(panel()).to.equal(null);
    expect(page.field!.value).to.equal('/etc/hosts');
  });

  it('leave a slash within a text alone', async () => {
    const { page, panel } = await opened();
    await page.write('either');
    const event = await page.key(page.field!, '/');
    expect(event.defaultPrevented).to.equal(false);
    expect(panel()).to.equal(null);
  });

  it('open with a button too, behind what is written', async () => {
    const { page, options } = await opened();
    await page.write('Dear Mina,');
    page.replyBox.shadowRoot!.querySelector<HTMLElement>('.tools button')!.click();
    await settled();
    options()[0]!.click();
    await settled();
    expect(page.field!.value).to.equal(`Dear Mina,\n${replies[0]!.text}`);
  });

  it('say so when there are none, when none fits and when they cannot be loaded', async () => {
    const { page, panel } = await opened(clientWith([]));
    await page.key(page.field!, '/');
    expect(panel()!.shadowRoot!.textContent).to.contain('no canned replies yet');
    const broken = await opened(new FakeAgentClient());
    await broken.page.key(broken.page.field!, '/');
    expect(broken.panel()!.shadowRoot!.textContent).to.contain('could not be loaded');
    const full = await opened();
    await full.page.key(full.page.field!, '/');
    await filter(full.input(), 'zzz');
    expect(full.panel()!.shadowRoot!.textContent).to.contain('None fits');
  });

  it('are edited by the team', async () => {
    const { client, page, panel } = await opened();
    let saved: unknown;
    client.routes.set('PUT /v1/canned-replies', (init) => {
      saved = JSON.parse(init!.body as string);
      return Response.json(saved);
    });
    await page.key(page.field!, '/');
    panel()!.shadowRoot!.querySelector<HTMLElement>('.edit')!.click();
    await settled();
    const editor = page.replyBox.shadowRoot!.querySelector('sahay-canned-reply-editor')!;
    await expect(editor).to.be.accessible();
    const root = editor.shadowRoot!;
    root.querySelector<HTMLElement>('[aria-label="Remove Greeting"]')!.click();
    await settled();
    const title = root.querySelector<HTMLInputElement>('input')!;
    title.value = 'Money back';
    title.dispatchEvent(new InputEvent('input', { bubbles: true }));
    root.querySelector('form')!.requestSubmit();
    await settled();
    expect(saved).to.deep.equal({ replies: [{ ...replies[1], title: 'Money back' }, replies[2]] });
    await settled();
    expect(page.replyBox.shadowRoot!.querySelector('sahay-canned-reply-editor')).to.equal(null);
  });

  it('with more than words are shown as the visitor will see them before they are sent', async () => {
    const below: Part[] = [
      {
        partId: 'rich',
        fallbackText: 'Yes, No',
        type: 'quick_replies',
        options: [
          { id: 'reply1', label: 'Yes' },
          { id: 'reply2', label: 'No' },
        ],
      },
    ];
    const { page, handle, input, options } = await opened(
      clientWith([{ id: 'r1', title: 'Again?', text: 'Shall I send it again?', parts: below }]),
    );
    await page.key(page.field!, '/');
    expect(options()[0]!.textContent).to.contain('Yes, No');
    await page.key(input(), 'Enter');
    const dialog = page.replyBox.shadowRoot!.querySelector<SahayRichReply>('sahay-rich-reply')!;
    expect(dialog.shadowRoot!.querySelector<HTMLTextAreaElement>('#replies')!.value).to.equal('Yes\nNo');
    expect(handle.called('send'), 'nothing is sent by choosing').to.be.empty;
    dialog.shadowRoot!.querySelector<HTMLElement>('[type=submit]')!.click();
    await settled();
    expect(page.replyBox.shadowRoot!.activeElement?.localName, 'the focus goes back').to.equal(
      'sahay-composer',
    );
    expect(handle.called('send')).to.deep.equal([
      [{ parts: [{ partId: 'text', type: 'text', text: 'Shall I send it again?' }, ...below] }],
    ]);
  });

  it('keep parts that the dialog does not write, and a note holds their words', async () => {
    const below: Part[] = [
      {
        partId: 'where',
        type: 'location',
        latitude: 23.7,
        longitude: 90.4,
        fallbackText: 'Our shop in Dhaka',
      },
    ];
    const { page, handle } = await opened(clientWith([{ id: 'r1', title: 'Where', text: '', parts: below }]));
    await page.mode('note');
    await page.key(page.field!, '/');
    await page.key(
      page.replyBox.shadowRoot!.querySelector('sahay-canned-replies')!.shadowRoot!.querySelector('input')!,
      'Enter',
    );
    expect(page.field!.value).to.equal('Our shop in Dhaka');
    await page.mode('reply');
    await page.key(page.field!, '/');
    await page.key(
      page.replyBox.shadowRoot!.querySelector('sahay-canned-replies')!.shadowRoot!.querySelector('input')!,
      'Enter',
    );
    const dialog = page.replyBox.shadowRoot!.querySelector<SahayRichReply>('sahay-rich-reply')!;
    expect(dialog.shadowRoot!.querySelector('.kinds')).to.equal(null);
    dialog.shadowRoot!.querySelector<HTMLElement>('[type=submit]')!.click();
    await settled();
    expect(handle.called('send')).to.deep.equal([[{ parts: below }]]);
  });

  it('are given quick replies, a card or a form by the team', async () => {
    const { client, page, panel } = await opened();
    let saved: { replies: CannedReply[] } | undefined;
    client.routes.set('PUT /v1/canned-replies', (init) => {
      saved = JSON.parse(init!.body as string) as { replies: CannedReply[] };
      return Response.json(saved);
    });
    await page.key(page.field!, '/');
    panel()!.shadowRoot!.querySelector<HTMLElement>('.edit')!.click();
    await settled();
    const editor = page.replyBox.shadowRoot!.querySelector('sahay-canned-reply-editor')!;
    const root = editor.shadowRoot!;
    root.querySelector<HTMLElement>('fieldset .button')!.click();
    await settled();
    const writer = root.querySelector('sahay-rich-reply')!;
    const field = writer.shadowRoot!.querySelector<HTMLTextAreaElement>('#replies')!;
    field.value = 'Thanks\nSomething else';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled();
    writer.shadowRoot!.querySelector<HTMLElement>('[type=submit]')!.click();
    await settled();
    expect(root.querySelector('sahay-rich-reply')).to.equal(null);
    expect(root.querySelector('.below')!.textContent).to.contain('Thanks, Something else');
    await expect(editor).to.be.accessible();
    root.querySelector('form')!.requestSubmit();
    await settled();
    expect(saved!.replies[0]).to.deep.include({ id: 'r1', text: replies[0]!.text });
    expect(saved!.replies[0]!.parts).to.have.length(1);
    expect(saved!.replies[1]).to.deep.equal(replies[1]);
  });

  it('are found whatever the case, with every word, in Bengali too', () => {
    const list = [
      { id: 'a', title: 'রিফান্ড', text: 'টাকা ফেরত দেওয়া হবে' },
      { id: 'b', title: 'Refund LATE', text: 'It is late' },
    ];
    expect(matching(list, 'late REFUND').map(({ id }) => id)).to.deep.equal(['b']);
    expect(matching(list, 'ফেরত').map(({ id }) => id)).to.deep.equal(['a']);
    expect(matching(list, '  ')).to.have.length(2);
    const card: Part = { partId: 'p', type: 'card', card: { title: 'Brass' }, fallbackText: 'Brass lamp' };
    expect(matching([{ id: 'c', title: 'Lamp', text: '', parts: [card] }], 'brass')).to.have.length(1);
  });
});
