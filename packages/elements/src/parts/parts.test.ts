import { expect, fixture, html, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { SahayError } from '@sahay/client';
import type { Attachment, FormField, FormPart, Message, OtherPart, Part } from '@sahay/protocol';
import '../define/chat.ts';
import type { SahayChat } from '../chat/chat.ts';
import { loadContent } from '../message/content.ts';
import { FakeClient, FakeConversation, messageView } from '../testing/fake-client.ts';
import { lateParts } from '../testing/late-parts.ts';
import type { SahayForm } from './form.ts';
import { problemOf } from './form-fields.ts';
import { useModelViewer } from './model-viewer.ts';
import { registerPart } from './part-registry.ts';
import { partStyles } from './parts.styles.ts';

async function shown(
  parts: Part[],
  message: Partial<Message> = {},
  kept?: [name: string, text: string],
): Promise<{ chat: SahayChat; root: ShadowRoot; handle: FakeConversation }> {
  const client = new FakeClient();
  const handle = new FakeConversation();
  handle.show(messageView({ message: { id: 'm1', parts, ...message } }));
  client.open = handle;
  if (kept) client.kept.set(...kept);
  const chat = await fixture<SahayChat>(html`<sahay-chat .client=${client} lang="en"></sahay-chat>`);
  for (let turn = 0; turn < 4; turn++) await nextFrame();
  return { chat, root: chat.shadowRoot!.querySelector('sahay-message-list')!.shadowRoot!, handle };
}

const did = (handle: FakeConversation): unknown[] =>
  handle.calls.filter(([name]) => name === 'do').map(([, ...call]) => call);
const button = (root: ParentNode, words: string): HTMLButtonElement =>
  [...root.querySelectorAll('button')].find(({ textContent }) => textContent.includes(words))!;

const form: FormPart = {
  partId: 'f',
  type: 'form',
  title: 'Return',
  fields: [
    { name: 'mail', label: 'E-mail', kind: 'email', required: true, autocomplete: 'email' },
    { name: 'card', label: 'Card', kind: 'text', autocomplete: 'cc-number' },
    { name: 'count', label: 'How many', kind: 'number', min: 1, max: 3 },
    { name: 'terms', label: 'I agree', kind: 'checkbox', required: true },
    { name: 'stars', label: 'Stars', kind: 'rating' },
  ],
};

async function opened(
  handleOf: Awaited<ReturnType<typeof shown>>,
): Promise<{ element: SahayForm; root: ShadowRoot }> {
  const element = handleOf.root.querySelector<SahayForm>('sahay-form')!;
  await element.updateComplete;
  return { element, root: element.shadowRoot! };
}

function type(root: ParentNode, index: number, value: string): void {
  const field = root.querySelector<HTMLInputElement>(`#f${index}`)!;
  field.value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Says that it shows its model as soon as it is in the page, as the real one does later. */
class Viewer extends HTMLElement {
  connectedCallback(): void {
    setTimeout(() => this.dispatchEvent(new Event('load')));
  }
}

describe('parts of a message', () => {
  before(async () => {
    await lateParts('rich', 'later', 'voice');
    await loadContent();
  });
  beforeEach(() => sessionStorage.clear());

  describe('a form', () => {
    it('says what is wrong, is sent once, and shows what was answered', async () => {
      const page = await shown([form]);
      const { element, root } = await opened(page);
      await expect(element).to.be.accessible();
      button(root, 'Send').click();
      await waitUntil(() => root.querySelector('.summary'));
      expect(root.querySelectorAll('.summary li')).to.have.length(2);
      expect(root.activeElement).to.equal(root.querySelector('.summary'));
      expect(root.querySelector('#f0')!.getAttribute('aria-invalid')).to.equal('true');
      await expect(element).to.be.accessible();
      type(root, 0, 'mina@');
      await element.updateComplete;
      expect(root.querySelector('.summary')!.textContent).to.contain('name@example.com');
      type(root, 0, 'mina@shop.example');
      type(root, 2, '7');
      root.querySelector<HTMLElement>('#f3')!.click();
      root.querySelectorAll<HTMLElement>('[name=f4]')[3]!.click();
      button(root, 'Send').click();
      await waitUntil(() => root.querySelector('.summary')?.textContent.includes('1 to 3'));
      expect(did(page.handle)).to.deep.equal([]);
      type(root, 2, '2');
      await element.updateComplete;
      button(root, 'Send').click();
      root.querySelector('form')!.requestSubmit();
      await waitUntil(() => root.querySelector('dl'));
      const values = { mail: 'mina@shop.example', count: 2, terms: true, stars: 4 };
      expect(did(page.handle)).to.deep.equal([['form.submit', { messageId: 'm1', partId: 'f', values }]]);
      expect(root.querySelector('dl')!.textContent).to.contain('mina@shop.example');
    });

    it('says of half a date, of no number and of no choice what to do about it', async () => {
      const fields: FormField[] = [
        { name: 'day', label: 'Day', kind: 'date' },
        { name: 'count', label: 'How many', kind: 'number' },
        { name: 'way', label: 'How', kind: 'radio', required: true, options: [{ value: 'a', label: 'A' }] },
        { name: 'terms', label: 'I agree', kind: 'checkbox', required: true },
      ];
      const page = await shown([{ ...form, fields }]);
      const { root } = await opened(page);
      root.querySelector<HTMLElement>('#f0')!.focus();
      await sendKeys({ type: '12' });
      root.querySelector<HTMLElement>('#f1')!.focus();
      await sendKeys({ type: '-' });
      button(root, 'Send').click();
      await waitUntil(() => root.querySelector('.summary'));
      const said = [...root.querySelectorAll<HTMLElement>('.field .problem')].map(
        ({ innerText }) => innerText,
      );
      expect(said).to.deep.equal([
        'Write the whole date.',
        'Write a number.',
        'Choose one.',
        'Tick this to go on.',
      ]);
      expect(did(page.handle)).to.deep.equal([]);
    });

    it('takes several answers to one question, and says what was ticked', async () => {
      const options = ['Lamp', 'Chair', 'Table'].map((label) => ({ value: label.toLowerCase(), label }));
      const several: FormPart = {
        partId: 'f',
        type: 'form',
        fields: [{ name: 'what', label: 'What came', kind: 'checkboxes', required: true, options }],
      };
      const scene = await shown([several]);
      const { element, root } = await opened(scene);
      root.querySelector('form')!.requestSubmit();
      await element.updateComplete;
      expect(root.querySelector('.summary')!.textContent).to.contain('Choose at least one');
      const boxes = root.querySelectorAll<HTMLInputElement>('[type=checkbox]');
      for (const index of [2, 0, 1, 1]) {
        boxes[index]!.click();
        await element.updateComplete;
      }
      await expect(scene.chat).to.be.accessible();
      root.querySelector('form')!.requestSubmit();
      await waitUntil(() => did(scene.handle).length);
      expect(did(scene.handle)[0]).to.deep.equal([
        'form.submit',
        { messageId: 'm1', partId: 'f', values: { what: 'lamp\ntable' } },
      ]);
      await element.updateComplete;
      expect(root.querySelector('dd')!.innerText).to.equal('Lamp and Table');
    });

    it('says which file did not arrive and why, and uploads each once', async () => {
      const fields: FormField[] = [{ name: 'photo', label: 'Photo', kind: 'file', required: true }];
      const page = await shown([{ ...form, fields }]);
      const { element, root } = await opened(page);
      const uploads: string[] = [];
      let refusal: string | undefined = 'attachment_type_refused';
      page.handle.upload = async (file?: Blob) => {
        uploads.push((file as File).name);
        if (refusal) throw new SahayError('attachment_type_refused', 'No.');
        return { attachmentId: 'a1' } as Attachment;
      };
      const choose = (name: string): void => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], name, { type: 'image/png' }));
        const input = root.querySelector<HTMLInputElement>('#f0')!;
        input.files = data.files;
        input.dispatchEvent(new Event('change'));
      };
      choose('a.png');
      button(root, 'Send').click();
      await waitUntil(() => root.querySelector('.summary')?.textContent.includes('a.png cannot be sent'));
      refusal = undefined;
      page.handle.failing = 'do';
      choose('b.png');
      await element.updateComplete;
      button(root, 'Send').click();
      await waitUntil(() => root.querySelector('[role=alert]')?.textContent.includes('not sent'));
      button(root, 'Send').click();
      await waitUntil(() => root.querySelector('dl'));
      expect(uploads).to.deep.equal(['a.png', 'b.png']);
      expect(did(page.handle).at(-1)).to.deep.equal([
        'form.submit',
        { messageId: 'm1', partId: 'f', values: { photo: 'a1' } },
      ]);
    });

    it('keeps what was typed across a reload, and says when it was refused', async () => {
      const first = await opened(await shown([form]));
      type(first.root, 0, 'mina@shop.example');
      const page = await shown([form]);
      const { element, root } = await opened(page);
      expect(root.querySelector<HTMLInputElement>('#f0')!.value).to.equal('mina@shop.example');
      root.querySelector<HTMLElement>('#f3')!.click();
      page.handle.failing = 'do';
      await element.updateComplete;
      button(root, 'Send').click();
      await waitUntil(() => root.querySelector('[role=alert]')?.textContent.includes('not sent'));
      expect(root.querySelector<HTMLInputElement>('#f0')!.value).to.equal('mina@shop.example');
    });

    it('says that the conversation is over rather than to try again', async () => {
      const page = await shown([{ ...form, fields: [{ name: 'note', label: 'Note', kind: 'text' }] }]);
      const { root } = await opened(page);
      page.handle.do = async () => {
        throw new SahayError('conversation_closed', 'It is closed.');
      };
      button(root, 'Send').click();
      await waitUntil(() => root.querySelector('[role=alert]')?.textContent.includes('closed'));
      expect(root.querySelector('[role=alert]')!.textContent).not.to.contain('Try again');
    });

    it('asks nothing again that an earlier form was told', async () => {
      const before: FormPart = { ...form, partId: 'before', submitted: { mail: 'known@shop.example' } };
      const { root } = await shown([before, form]);
      const [, second] = root.querySelectorAll<SahayForm>('sahay-form');
      await second!.updateComplete;
      expect(second!.shadowRoot!.querySelector<HTMLInputElement>('#f0')!.value).to.equal(
        'known@shop.example',
      );
    });

    it('asks nothing again that she told before the first message, and leaves what was typed', async () => {
      const known: [string, string] = ['contact', '{"name":"Mina","email":"mina@shop.example"}'];
      const value = async (page: ReturnType<typeof shown>): Promise<() => string> => {
        const { root } = await opened(await page);
        return () => root.querySelector<HTMLInputElement>('#f0')!.value;
      };
      const first = await value(shown([form], {}, known));
      await waitUntil(() => first() === 'mina@shop.example');
      sessionStorage.setItem('sahay-form:m1:f', '[["mail","mina@home.example"]]');
      const second = await value(shown([form], {}, known));
      await nextFrame();
      expect(second()).to.equal('mina@home.example');
    });

    it('has a browser fill in whom to answer, never a card', async () => {
      const { root } = await opened(await shown([form]));
      expect(root.querySelector('#f0')!.getAttribute('autocomplete')).to.equal('email');
      expect(root.querySelector('#f1')!.getAttribute('autocomplete')).to.equal('off');
    });

    it('is not held up by a pattern that takes for ever', () => {
      const begun = performance.now();
      for (const pattern of ['(a+)+$', '(?=(a+))a*b\\1', '[', 'a{99999}{99999}'])
        expect(
          problemOf({ name: 'x', label: 'x', kind: 'text', pattern }, new Map([['x', 'a'.repeat(400)]])),
          pattern,
        ).to.equal(undefined);
      expect(performance.now() - begun).to.be.lessThan(500);
      expect(
        problemOf({ name: 'x', label: 'x', kind: 'text', pattern: '\\d{4}' }, new Map([['x', '12']])),
      ).to.equal('formPattern');
    });
  });

  it('shows cards with buttons that reply, lead on, and act', async () => {
    const actions = [
      { id: 'a', label: 'Tell me more', kind: 'reply', value: 'More' },
      { id: 'b', label: 'Shop', kind: 'link', url: 'https://shop.example/lamp' },
      { id: 'c', label: 'Reserve', kind: 'action', value: 'lamp' },
    ] as const;
    const card = { title: 'Lamp', imageUrl: 'https://evil.invalid/x.png', actions: [...actions] };
    const { root, handle, chat } = await shown([
      { partId: 'p', type: 'carousel', cards: [card, { title: 'Shade' }] },
    ]);
    expect(root.querySelectorAll('.carousel article')).to.have.length(2);
    expect(root.querySelector('.offer img')).to.equal(null);
    expect(root.querySelector('.offer a')!.textContent).to.contain('shop.example');
    await expect(chat).to.be.accessible();
    button(root, 'Reserve').click();
    await waitUntil(() => did(handle).length);
    expect(did(handle)).to.deep.equal([
      ['action.invoke', { messageId: 'm1', partId: 'p', actionId: 'c', value: 'lamp' }],
    ]);
    button(root, 'Tell me more').click();
    await waitUntil(() => handle.calls.some(([name, text]) => name === 'send' && text === 'More'));
  });

  it('asks for leave before a tool goes on', async () => {
    const tool: Part = {
      partId: 't',
      type: 'tool_status',
      toolCallId: 'call1',
      name: 'refund',
      label: 'Refund 20 €',
      state: 'waiting_approval',
    };
    const { root, handle } = await shown([tool]);
    button(root, 'Deny').click();
    await waitUntil(() => did(handle).length);
    expect(did(handle)).to.deep.equal([
      ['action.invoke', { messageId: 'm1', partId: 't', actionId: 'deny', value: 'call1' }],
    ]);
    expect(button(root, 'Approve').disabled).to.equal(true);
    handle.show(messageView({ message: { id: 'm1', parts: [{ ...tool, state: 'denied' }] } }));
    await waitUntil(() => root.querySelector('.tool')!.textContent.includes('Not allowed'));
    expect(button(root, 'Approve')).to.equal(undefined);
  });

  it('folds reasoning, names a place without a map, and plays nothing unasked', async () => {
    const { root, chat } = await shown([
      { partId: 'r', type: 'reasoning', text: 'First, look it up.' },
      { partId: 'l', type: 'location', latitude: 23.7809, longitude: 90.2792, label: 'Shop' },
      {
        partId: 'a',
        type: 'audio',
        name: 'note.mp3',
        mediaType: 'audio/mpeg',
        attachmentId: 'x',
        transcript: 'Hello',
      },
      {
        partId: 'v',
        type: 'video',
        name: 'film.mp4',
        mediaType: 'video/mp4',
        url: 'https://evil.invalid/film.mp4',
      },
      { partId: 'm', type: 'model3d', url: 'https://evil.invalid/chair.glb', alt: 'A chair' },
    ]);
    expect(root.querySelector('details')!.open).to.equal(false);
    expect(root.querySelector('[part=location]')!.textContent).to.contain('23.78090, 90.27920');
    expect(root.querySelector('audio')!.preload).to.equal('none');
    expect(root.querySelector('video, model-viewer')).to.equal(null);
    expect(root.querySelector('[part=model]')!.textContent)
      .to.contain('A chair')
      .and.to.contain('evil.invalid');
    await expect(chat).to.be.accessible();
  });

  it('opens a picture large, and Escape and the button close it', async () => {
    const url =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const { root } = await shown([
      {
        partId: 'i',
        type: 'image',
        name: 'lamp.png',
        mediaType: 'image/png',
        alt: 'A lamp',
        url,
        width: 40,
        height: 30,
      },
    ]);
    // As where nothing but pictures was shown when what draws them large arrives.
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== partStyles.styleSheet);
    const link = root.querySelector<HTMLElement>('[part=image]')!;
    expect(link.querySelector('img')!.getAttribute('height')).to.equal('30');
    link.click();
    await waitUntil(() => root.querySelector('dialog')?.open);
    const box = root.querySelector('dialog')!;
    expect(box.getBoundingClientRect().height).to.equal(innerHeight);
    await expect(box).to.be.accessible();
    box.querySelector<HTMLElement>('.zoom')!.click();
    expect(box.querySelector('.zoom')!.getAttribute('aria-pressed')).to.equal('true');
    box.querySelector<HTMLElement>('[aria-label=Close]')!.click();
    await waitUntil(() => !root.querySelector('dialog'));
  });

  it('turns from one picture to the next by keys and buttons, in the direction of reading', async () => {
    const url = `${location.origin}/lamp.png`;
    const pictures = ['A lamp', 'A chair', 'A table'].map((alt, index): Part => ({
      partId: `i${index}`,
      type: 'image',
      name: `${index}.png`,
      mediaType: 'image/png',
      alt,
      url,
    }));
    const { root } = await shown(pictures);
    const links = root.querySelectorAll<HTMLElement>('a.image');
    links[1]!.focus();
    links[1]!.click();
    await waitUntil(() => root.querySelector('dialog')?.open);
    const box = root.querySelector('dialog')!;
    const said = (): string => box.querySelector<HTMLElement>('[role=status]')!.innerText;
    expect(said()).to.equal('A chair 2 of 3');
    await expect(box).to.be.accessible();
    await sendKeys({ press: 'ArrowRight' });
    expect(said()).to.equal('A table 3 of 3');
    expect(box.querySelector('img')!.alt).to.equal('A table');
    box.querySelector<HTMLElement>('[aria-label="Next picture"]')!.click();
    expect(said()).to.equal('A lamp 1 of 3');
    await waitUntil(() => box.querySelector('img')!.getAttribute('src') === url);
    // A picture that is larger than the view is scrolled by the arrows.
    await sendKeys({ press: '+' });
    await sendKeys({ press: 'ArrowLeft' });
    expect(said()).to.equal('A lamp 1 of 3');
    await sendKeys({ press: '-' });
    (root.host as HTMLElement).dir = 'rtl';
    await sendKeys({ press: 'ArrowLeft' });
    expect(said()).to.equal('A chair 2 of 3');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !root.querySelector('dialog'));
    expect(root.activeElement === links[1]).to.equal(true);
  });

  it('is drawn by the host page where it is the page’s own, and as its fallback where not', async () => {
    interface OrderPart extends OtherPart {
      number: string;
    }
    registerPart<OrderPart>('x-test-order', ({ number }, { act }) => {
      const order = Object.assign(document.createElement('button'), { textContent: `Order ${number}` });
      order.onclick = () => void act('open', number);
      return order;
    });
    const order = {
      partId: 'o',
      type: 'x-test-order',
      number: '<b>7</b>',
      fallbackText: 'An order',
    } as OtherPart;
    const { root, handle } = await shown([
      order,
      { partId: 'u', type: 'x-unknown', fallbackText: 'Something new' },
    ]);
    expect(root.textContent).to.contain('Order <b>7</b>').and.to.contain('Something new');
    button(root, 'Order').click();
    await waitUntil(() => did(handle).length);
    expect(did(handle)[0]).to.deep.equal([
      'action.invoke',
      { messageId: 'm1', partId: 'o', actionId: 'open', value: '<b>7</b>' },
    ]);
    expect(() => registerPart('order' as 'x-order', () => undefined)).to.throw(TypeError, 'x-');
  });

  it('is drawn by a renderer that comes after it, once as long as the part is the same', async () => {
    const late = { partId: 'l', type: 'x-test-late', fallbackText: 'Later' } as OtherPart;
    const { root, handle } = await shown([late]);
    expect(root.textContent).to.contain('Later');
    let drawn = 0;
    registerPart('x-test-late', () => {
      drawn++;
      return document.createElement('input');
    });
    const field = (): HTMLInputElement | null => root.querySelector('.host-part input');
    await waitUntil(field);
    field()!.value = 'half written';
    handle.show(messageView({ message: { id: 'm1', parts: [late], reactions: { '👍': ['v1'] } } }));
    for (let turn = 0; turn < 4; turn++) await nextFrame();
    expect([field()?.value, drawn]).to.deep.equal(['half written', 1]);
    expect(root.textContent).not.to.contain('Later');
  });

  it('is its fallback where its renderer fails', async () => {
    registerPart('x-test-broken', () => {
      throw new Error('broken on purpose');
    });
    const told = console.error;
    const said: unknown[] = [];
    console.error = (...words: unknown[]) => void said.push(words.join(' '));
    const part = { partId: 'b', type: 'x-test-broken', fallbackText: 'In words' } as OtherPart;
    const { root } = await shown([part]);
    console.error = told;
    expect(root.querySelector('.bubble')!.textContent).to.equal('In words');
    expect(said).to.have.length(1);
  });

  it('is its fallback until the page takes its slot, through all roots', async () => {
    const seats = { partId: 's', type: 'x-seats', fallbackText: 'Seat 12A' } as OtherPart;
    const { root, chat, handle } = await shown([seats]);
    const slot = root.querySelector<HTMLSlotElement>('.host-part slot')!;
    expect(slot.assignedNodes({ flatten: true }).map(({ textContent }) => textContent?.trim())).to.include(
      'Seat 12A',
    );
    const own = Object.assign(document.createElement('p'), { textContent: 'Row 12' });
    chat.addEventListener('sahay-part', (event) => {
      const { detail } = event;
      expect(detail.part.type).to.equal('x-seats');
      own.slot = detail.slot;
      chat.append(own);
      event.preventDefault();
    });
    handle.show(messageView({ message: { id: 'm1', parts: [{ ...seats }] } }));
    await waitUntil(() => slot.assignedNodes({ flatten: true }).includes(own));
    expect(own.getBoundingClientRect().height).to.be.greaterThan(0);
    handle.show(messageView({ message: { id: 'm1', parts: [{ ...seats }] } }));
    await nextFrame();
    expect(chat.shadowRoot!.querySelectorAll('slot[name="part-m1-s"]')).to.have.length(1);
  });

  it('shows a model where the page has a viewer, and else its words and a download', async () => {
    const model: Part = { partId: 'm', type: 'model3d', url: '/lamp.glb', alt: 'A lamp' };
    const without = await shown([model]);
    expect(without.root.querySelector('.model')!.textContent).to.contain('A lamp');
    expect(without.root.querySelectorAll('.model button')).to.have.length(0);
    let asked = 0;
    useModelViewer(async () => {
      if (++asked === 1) throw new TypeError('Refused by a policy.');
      customElements.define('model-viewer', Viewer);
    });
    const { root } = await shown([model]);
    button(root, 'Show in 3D').click();
    await waitUntil(() => root.querySelector('.model')!.textContent.includes('could not be shown'));
    expect(root.querySelector<HTMLAnchorElement>('.model a')!.pathname).to.equal('/lamp.glb');
    const again = await shown([model]);
    button(again.root, 'Show in 3D').click();
    await waitUntil(() => !again.root.querySelector('.model button'));
    const viewer = again.root.querySelector('model-viewer')!;
    expect(viewer.getAttribute('alt')).to.equal('A lamp');
    expect(new URL(viewer.getAttribute('src')!).pathname).to.equal('/lamp.glb');
  });

  it('stops a streaming answer, and hears why one did not help', async () => {
    const bot = { id: 'bot', role: 'bot' as const };
    const text: Part = { partId: 'p', type: 'text', text: 'Well' };
    const { root, handle } = await shown([text], { status: 'streaming', author: bot });
    button(root, 'Stop answering').click();
    await waitUntil(() => handle.calls.some(([name, id]) => name === 'cancelMessage' && id === 'm1'));
    handle.show(
      messageView({ message: { id: 'm1', parts: [text], author: bot, feedback: { helpful: false } } }),
    );
    await waitUntil(() => button(root, 'Something is missing'));
    button(root, 'Something is missing').click();
    await waitUntil(() => handle.calls.some(([name, id]) => name === 'feedback' && id === 'm1'));
  });

  it('answers again where the backend can, and only the last one', async () => {
    const bot = { id: 'bot', role: 'bot' as const };
    const cut = (id: string) =>
      messageView({
        message: { id, parts: [{ partId: 'p', type: 'text', text: 'Well' }], author: bot, status: 'failed' },
      });
    const page = await shown([], { status: 'failed', author: bot });
    await waitUntil(() => button(page.root, 'Answer again'));
    await nextFrame();
    expect(button(page.root, 'Answer again').offsetParent, 'not where it cannot').to.equal(null);
    const client = new FakeClient();
    client.capabilities.add('regenerate');
    const handle = new FakeConversation();
    handle.show(messageView({ own: true, message: { id: 'q' } }), cut('m1'), cut('m2'));
    client.open = handle;
    const chat = await fixture<SahayChat>(html`<sahay-chat .client=${client} lang="en"></sahay-chat>`);
    const { shadowRoot } = chat.shadowRoot!.querySelector('sahay-message-list')!;
    await waitUntil(() => button(shadowRoot!, 'Answer again')?.offsetParent);
    expect(shadowRoot!.querySelectorAll('[part=regenerate]')).to.have.length(1);
    button(shadowRoot!, 'Answer again').click();
    await waitUntil(() => did(handle).length);
    expect(did(handle)).to.deep.equal([['message.regenerate', { messageId: 'm2' }]]);
    const listening = handle.listeners;
    handle.show();
    await waitUntil(() => !button(shadowRoot!, 'Answer again'));
    expect(handle.listeners, 'a line that is gone listens no more').to.be.lessThan(listening);
  });

  it('answers again what did not help, with a reason or without, as long as the bot has the conversation', async () => {
    const client = new FakeClient();
    client.capabilities.add('regenerate');
    const handle = new FakeConversation();
    const answer = (feedback: object) =>
      messageView({ text: 'Well', message: { id: 'm1', feedback: { helpful: false, ...feedback } } });
    const rest = [
      messageView({ own: true, message: { id: 'q' } }),
      answer({}),
      messageView({ text: 'Sorry' }),
    ];
    handle.show(...rest);
    client.open = handle;
    const chat = await fixture<SahayChat>(html`<sahay-chat .client=${client} lang="en"></sahay-chat>`);
    const { shadowRoot } = chat.shadowRoot!.querySelector('sahay-message-list')!;
    const again = (): HTMLElement | null => button(shadowRoot!, 'Answer again')?.offsetParent as HTMLElement;
    await waitUntil(again);
    const { conversation } = handle.getSnapshot();
    const queued = { state: 'queued' as const, since: '2026-03-02T10:42:00Z' };
    handle.set({ conversation: { ...conversation!, assignment: queued } });
    await waitUntil(() => !again());
    handle.set({ conversation });
    await waitUntil(again);
    handle.show(rest[0]!, answer({ reason: 'Something is missing' }), rest[2]!);
    await waitUntil(() => shadowRoot!.textContent.includes('Thank') && again());
    button(shadowRoot!, 'Answer again').click();
    await waitUntil(() => did(handle).length);
    expect(did(handle)).to.deep.equal([['message.regenerate', { messageId: 'm1' }]]);
  });

  it('is told to the host page first, which may take it over', async () => {
    const { root, handle, chat } = await shown([
      {
        partId: 'p',
        type: 'card',
        card: { title: 'L', actions: [{ id: 'c', label: 'Go', kind: 'action' }] },
      },
    ]);
    const told = oneEvent(chat, 'sahay-action');
    chat.addEventListener('sahay-action', (event) => event.preventDefault());
    button(root, 'Go').click();
    expect(((await told) as CustomEvent<{ actionId: string }>).detail.actionId).to.equal('c');
    expect(did(handle)).to.deep.equal([]);
  });
});
