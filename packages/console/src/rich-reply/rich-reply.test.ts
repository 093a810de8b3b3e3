import { expect, waitUntil } from '@open-wc/testing';
import type { FormPart, Part } from '@sahay/protocol';
import '../define/all.ts';
import { DeskPage, settled } from '../testing/desk-page.ts';
import { conversation, FakeAgentClient, listOf, mine, said, visitor } from '../testing/fake-agent-client.ts';
import { draftOf } from './rich-draft-of.ts';
import type { SahayRichReply } from './rich-reply.ts';

async function opened(written = '') {
  const client = new FakeAgentClient();
  const handle = client.add('c1', {
    conversation: conversation({ assignment: mine }),
    messages: listOf([said('m1', visitor, 'Hello', 2)]),
  });
  const page = await DeskPage.open(client, 'c1');
  if (written) await page.write(written);
  const box = page.replyBox.shadowRoot!;
  box.querySelector<HTMLElement>('[aria-haspopup=dialog]')!.click();
  await settled();
  const element = box.querySelector<SahayRichReply>('sahay-rich-reply')!;
  const root = element.shadowRoot!;
  const sees = (): string =>
    root.querySelector('sahay-message-list')!.shadowRoot!.querySelector('.content')!.textContent;
  return { page, handle, element, root, sees };
}

async function fill(root: ShadowRoot, selector: string, value: string): Promise<void> {
  const field = root.querySelector<HTMLInputElement>(selector)!;
  field.value = value;
  field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true }));
  await settled();
}

async function choose(root: ShadowRoot, index: number): Promise<void> {
  root.querySelectorAll<HTMLInputElement>('[name=kind]')[index]!.click();
  await settled();
}

async function send(root: ShadowRoot): Promise<void> {
  root.querySelector<HTMLElement>('[type=submit]')!.click();
  await settled();
}

const partsOf = (sent: unknown[][]): Part[] => (sent[0]![0] as { parts: Part[] }).parts;

describe('what is sent beside words', () => {
  it('is quick replies, below what stood in the reply box, and is seen before it is sent', async () => {
    const { page, handle, element, root, sees } = await opened('Shall I send a new one?');
    await send(root);
    expect(root.querySelector('[role=alert]')!.textContent).to.contain('at least one reply');
    await fill(root, '#replies', 'Yes, please\n\nNo\nNo');
    expect(sees()).to.contain('Shall I send a new one?').and.to.contain('Yes, please');
    await expect(element).to.be.accessible();
    await send(root);
    expect(partsOf(handle.called('send'))).to.deep.equal([
      { partId: 'text', type: 'text', text: 'Shall I send a new one?' },
      {
        partId: 'rich',
        type: 'quick_replies',
        fallbackText: 'Yes, please, No',
        options: [
          { id: 'reply1', label: 'Yes, please' },
          { id: 'reply2', label: 'No' },
        ],
      },
    ]);
    expect(page.field!.value).to.equal('');
    expect(page.replyBox.shadowRoot!.querySelector('sahay-rich-reply')).to.equal(null);
  });

  it('is a card whose link leads to the web, or nowhere', async () => {
    const { handle, root, sees } = await opened();
    await choose(root, 1);
    await fill(root, '#title', 'Desk lamp');
    await fill(root, '#link', 'javascript:alert(1)');
    await send(root);
    expect(root.querySelector('[role=alert]')!.textContent).to.contain('https://');
    expect(handle.called('send')).to.be.empty;
    await fill(root, '#link', 'https://shop.example/lamp');
    await waitUntil(() => sees().includes('shop.example'));
    expect(sees()).to.contain('Desk lamp');
    await send(root);
    const [card] = partsOf(handle.called('send'));
    expect(card).to.deep.include({ type: 'card', fallbackText: 'Desk lamp' });
    expect((card as { card: { actions: object[] } }).card.actions).to.deep.equal([
      { id: 'open', kind: 'link', label: 'shop.example', url: 'https://shop.example/lamp' },
    ]);
  });

  it('is a form, in which the same question has the same name every time', async () => {
    const { handle, element, root } = await opened();
    await choose(root, 2);
    await fill(root, '#title', 'Return');
    const [, second] = root.querySelectorAll('.question');
    await fill(root, `#${second!.querySelector('input')!.id}`, 'কী হয়েছে?');
    const select = second!.querySelector('select')!;
    select.value = 'select';
    select.dispatchEvent(new Event('change'));
    await settled();
    await send(root);
    expect(root.querySelector('[role=alert]')!.textContent).to.contain('options');
    await fill(root, `#${second!.querySelector('textarea')!.id}`, 'ভাঙা\nদেরি');
    await expect(element).to.be.accessible();
    await send(root);
    const form = partsOf(handle.called('send'))[0] as FormPart;
    expect(form.fields[0]).to.deep.equal({
      name: 'email',
      label: 'Your e-mail',
      kind: 'email',
      required: true,
      autocomplete: 'email',
    });
    expect(form.fields[1]).to.deep.include({
      label: 'কী হয়েছে?',
      kind: 'select',
      options: [
        { value: 'ভাঙা', label: 'ভাঙা' },
        { value: 'দেরি', label: 'দেরি' },
      ],
    });
    expect(form.fields[1]!.name).to.match(/^q_[0-9a-z]+$/);
  });

  it('asks for several of its options, and can be edited again', async () => {
    const { handle, root } = await opened();
    await choose(root, 2);
    await fill(root, '#title', 'Return');
    const [, second] = root.querySelectorAll('.question');
    await fill(root, `#${second!.querySelector('input')!.id}`, 'What is missing?');
    const kind = second!.querySelector('select')!;
    kind.value = 'checkboxes';
    kind.dispatchEvent(new Event('change'));
    await settled();
    expect(kind.selectedOptions[0]!.text).to.equal('Several choices');
    await send(root);
    expect(root.querySelector('[role=alert]')!.textContent).to.contain('options');
    await fill(root, `#${second!.querySelector('textarea')!.id}`, 'Shade\nBulb');
    await send(root);
    const parts = partsOf(handle.called('send'));
    const options = [
      { value: 'Shade', label: 'Shade' },
      { value: 'Bulb', label: 'Bulb' },
    ];
    expect((parts[0] as FormPart).fields[1]).to.deep.include({ kind: 'checkboxes', options });
    const draft = draftOf(parts);
    expect(draft.given, 'it can be edited again').to.equal(undefined);
    expect(draft.fields[1]).to.deep.include({ kind: 'checkboxes', options: 'Shade\nBulb' });
  });

  it('is a survey, in the usual words or in the agent’s own', async () => {
    const { handle, element, root } = await opened();
    await choose(root, 3);
    const preview = root.querySelector('sahay-message-list')!.shadowRoot!;
    const asked = () =>
      preview.querySelector('sahay-survey-in-line')?.shadowRoot?.querySelector('sahay-survey');
    const sees = (): string => asked()?.shadowRoot?.querySelector('h3')?.innerText ?? '';
    await waitUntil(() => sees().includes('How satisfied are you'), 'no survey', { timeout: 10_000 });
    await fill(root, '#survey', 'ces');
    await fill(root, '#title', 'Was that easy?');
    await waitUntil(() => sees().includes('Was that easy?'));
    await expect(element).to.be.accessible();
    await send(root);
    expect(partsOf(handle.called('send'))).to.deep.equal([
      {
        partId: 'rich',
        type: 'survey',
        surveyId: 'new',
        kind: 'ces',
        question: 'Was that easy?',
        fallbackText: 'Was that easy?',
      },
    ]);
  });

  it('comes back to the reply box when it is not taken', async () => {
    const { page, handle, root } = await opened('Which?');
    handle.refusing.set('send', 'rate_limited');
    await fill(root, '#replies', 'This\nThat');
    await send(root);
    expect(page.field!.value).to.equal('Which?');
  });
});
