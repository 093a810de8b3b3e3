import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../define/composer.ts';
import type { ComposerFilesDetail, ComposerTypingDetail, ComposerUpload, SahayComposer } from './composer.ts';
import { lateParts } from '../testing/late-parts.ts';

const field = (composer: SahayComposer): HTMLTextAreaElement =>
  composer.shadowRoot!.querySelector('textarea')!;
const button = (composer: SahayComposer, name: string): HTMLButtonElement =>
  composer.shadowRoot!.querySelector(`[part~=${name}]`)!;

async function write(composer: SahayComposer, text: string): Promise<void> {
  field(composer).value = text;
  field(composer).dispatchEvent(new InputEvent('input', { bubbles: true }));
  await composer.updateComplete;
}

function press(composer: SahayComposer, init: KeyboardEventInit & { keyCode?: number }): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, composed: true, ...init });
  field(composer).dispatchEvent(event);
  return event;
}

function listen(composer: SahayComposer): string[] {
  const sent: string[] = [];
  composer.addEventListener('sahay-compose', (event) => sent.push((event as CustomEvent).detail.text));
  return sent;
}

const drop = (composer: SahayComposer, type: string, files: File[]): DragEvent => {
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
  composer.dispatchEvent(event);
  return event;
};

const photo = (): File => new File(['x'], 'photo.png', { type: 'image/png' });

describe('sahay-composer', () => {
  before(() => lateParts('extras'));
  it('sends what was written, without the white space around it, and empties the field', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer></sahay-composer>`);
    const sent = listen(composer);
    await write(composer, '  Hello\nthere  ');
    expect(press(composer, { key: 'Enter' }).defaultPrevented).to.equal(true);
    expect(sent).to.deep.equal(['Hello\nthere']);
    await composer.updateComplete;
    expect(field(composer).value).to.equal('');
  });

  it('keeps the text when the event is cancelled', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer></sahay-composer>`);
    composer.addEventListener('sahay-compose', (event) => event.preventDefault());
    await write(composer, 'Hello');
    button(composer, 'send').click();
    expect(composer.value).to.equal('Hello');
  });

  it('leaves Shift+Enter, and Enter with other modifiers, to the field', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer></sahay-composer>`);
    const sent = listen(composer);
    await write(composer, 'Hello');
    for (const modifier of ['shiftKey', 'ctrlKey', 'altKey', 'metaKey']) {
      expect(press(composer, { key: 'Enter', [modifier]: true }).defaultPrevented, modifier).to.equal(false);
    }
    expect(sent).to.deep.equal([]);
  });

  it('does not take the Enter that ends a composition for sending', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer></sahay-composer>`);
    const sent = listen(composer);
    await write(composer, 'かんじ');
    press(composer, { key: 'Enter', isComposing: true });
    press(composer, { key: 'Enter', keyCode: 229 });
    expect(sent).to.deep.equal([]);
    press(composer, { key: 'Enter', keyCode: 13 });
    expect(sent).to.deep.equal(['かんじ']);
  });

  it('sends nothing when there is nothing, and says why', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer></sahay-composer>`);
    const sent = listen(composer);
    for (const text of ['', '  \n ', '\u200b\u2060']) {
      await write(composer, text);
      press(composer, { key: 'Enter' });
      expect(sent).to.deep.equal([]);
      expect(button(composer, 'send').disabled).to.equal(true);
      expect(button(composer, 'send').title).to.equal('Write something first');
    }
  });

  it('says how much room is left once it matters, and refuses what is too long', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer max-length="30"></sahay-composer>`);
    const sent = listen(composer);
    const hint = button(composer, 'hint');
    await write(composer, 'short');
    expect(hint.hidden).to.equal(true);
    await write(composer, 'x'.repeat(29));
    expect(hint.innerText).to.equal('1 character left');
    await write(composer, 'x'.repeat(32));
    expect(hint.innerText).to.equal('2 characters too many');
    press(composer, { key: 'Enter' });
    expect(sent).to.deep.equal([]);
    expect(composer.value).to.have.length(32);
  });

  it('is heard when room becomes little or the writer pauses, not at every letter', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer max-length="1000"></sahay-composer>`);
    const region = (): HTMLElement | null => composer.shadowRoot!.querySelector('[role=status]');
    const heard: string[] = [];
    await write(composer, 'x'.repeat(905));
    new MutationObserver(() => {
      const words = region()?.innerText.trim();
      if (words && words !== heard.at(-1)) heard.push(words);
    }).observe(composer.shadowRoot!, { subtree: true, childList: true, characterData: true });
    for (let length = 906; length <= 912; length++) await write(composer, 'x'.repeat(length));
    expect(heard).to.deep.equal([]);
    await waitUntil(() => heard.length, 'nothing is said', { timeout: 4000 });
    expect(heard).to.deep.equal(['88 characters left']);
    for (let length = 978; length <= 981; length++) {
      await write(composer, 'x'.repeat(length));
      if (length === 980) await waitUntil(() => heard.length === 2);
    }
    expect(heard[1]).to.equal('20 characters left');
    await write(composer, 'x'.repeat(1001));
    await waitUntil(() => heard.at(-1) === '1 character too many');
    expect(button(composer, 'hint').role).to.equal(null);
    await expect(composer).to.be.accessible();
  });

  it('takes 100,000 characters without losing one, and says that they are too many', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer></sahay-composer>`);
    await write(composer, 'ab '.repeat(33_333));
    expect(button(composer, 'hint').innerText).to.equal('83,998 characters too many');
    expect(composer.value).to.have.length(99_999);
    expect(composer.getBoundingClientRect().height).to.be.lessThan(420);
  });

  it('grows with its text', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer></sahay-composer>`);
    const before = field(composer).offsetHeight;
    await write(composer, 'one\ntwo\nthree');
    expect(field(composer).offsetHeight).to.be.greaterThan(before + 30);
    await write(composer, '');
    expect(field(composer).offsetHeight).to.equal(before);
  });

  it('is written in at 16 px at least, so that phones do not zoom', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer></sahay-composer>`);
    expect(parseFloat(getComputedStyle(field(composer)).fontSize)).to.be.at.least(16);
  });

  it('says once that somebody types, and that she stopped', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer></sahay-composer>`);
    const told: boolean[] = [];
    composer.addEventListener('sahay-typing', (event) =>
      told.push((event as CustomEvent<ComposerTypingDetail>).detail.active),
    );
    for (const text of ['H', 'He', 'Hel']) await write(composer, text);
    expect(told).to.deep.equal([true]);
    press(composer, { key: 'Enter' });
    expect(told).to.deep.equal([true, false]);
  });

  it('offers pasted and dropped files, and shows where they may be dropped', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer attachments></sahay-composer>`);
    const offered: string[] = [];
    composer.addEventListener('sahay-files', (event) =>
      offered.push(...(event as CustomEvent<ComposerFilesDetail>).detail.files.map(({ name }) => name)),
    );
    drop(composer, 'dragover', [photo()]);
    expect(composer.matches(':state(drop)')).to.equal(true);
    expect(drop(composer, 'drop', [photo()]).defaultPrevented).to.equal(true);
    expect(composer.matches(':state(drop)')).to.equal(false);
    const clipboardData = new DataTransfer();
    clipboardData.items.add(photo());
    field(composer).dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
    expect(offered).to.deep.equal(['photo.png', 'photo.png']);
  });

  it('leaves files alone where none can be sent', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer></sahay-composer>`);
    expect(drop(composer, 'drop', [photo()]).defaultPrevented).to.equal(false);
    expect(button(composer, 'attach')).to.equal(null);
  });

  it('shows an upload and stops it', async () => {
    const uploads = [{ id: 'u1', name: 'photo.png', progress: 0.42 }];
    const composer = await fixture<SahayComposer>(
      html`<sahay-composer .uploads=${uploads}></sahay-composer>`,
    );
    const item = composer.shadowRoot!.querySelector('li')!;
    expect(item.innerText).to.contain('Uploading photo.png: 42%');
    expect(item.querySelector('progress')!.value).to.equal(0.42);
    setTimeout(() => item.querySelector('button')!.click());
    expect((await oneEvent(composer, 'sahay-cancel-upload')).detail).to.deep.equal({ id: 'u1' });
  });

  it('keeps the focus where a file is sent again, given up, or arrives', async () => {
    const failed = (id: string): ComposerUpload => ({ id, name: id, progress: 0, problem: 'Not sent' });
    const composer = await fixture<SahayComposer>(
      html`<sahay-composer .uploads=${[failed('a'), failed('b')]}></sahay-composer>`,
    );
    const root = composer.shadowRoot!;
    const focused = (): string | null => root.activeElement && root.activeElement.getAttribute('aria-label');
    const show = (...uploads: ComposerUpload[]): Promise<boolean> => {
      composer.uploads = uploads;
      return composer.updateComplete;
    };
    await waitUntil(() => root.querySelector('.uploads'));
    const press = async (label: string): Promise<void> => {
      root.querySelector<HTMLElement>(`[aria-label="${label}"]`)!.focus();
      await sendKeys({ press: 'Enter' });
    };
    composer.addEventListener('sahay-retry-upload', () => {
      composer.uploads = [failed('a'), { id: 'b', name: 'b', progress: 0.2 }];
    });
    await press('Send again: b');
    await composer.updateComplete;
    expect(focused()).to.equal('Remove b');
    await show(failed('a'));
    expect(root.activeElement, 'it has arrived').to.equal(field(composer));

    await show(failed('a'), failed('b'));
    composer.addEventListener('sahay-cancel-upload', () => (composer.uploads = [failed('b')]));
    await press('Remove a');
    await composer.updateComplete;
    expect(root.activeElement, 'not the button of the next file').to.equal(field(composer));
    field(composer).blur();
    await show();
    expect(root.activeElement, 'nobody had it').to.equal(null);
  });

  it('says in words why nothing can be written', async () => {
    const composer = await fixture<SahayComposer>(
      html`<sahay-composer disabled-reason="This conversation is closed"></sahay-composer>`,
    );
    expect(composer.shadowRoot!.querySelector('textarea')).to.equal(null);
    expect(composer.shadowRoot!.textContent).to.contain('This conversation is closed');
  });

  it('puts the cursor into the field when it is focused', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer attachments></sahay-composer>`);
    composer.focus();
    expect(composer.shadowRoot!.activeElement).to.equal(field(composer));
  });

  it('speaks another language when told to', async () => {
    const composer = await fixture<SahayComposer>(html`<sahay-composer locale="ar"></sahay-composer>`);
    await waitUntil(() => field(composer).placeholder === 'اكتب رسالة');
    expect(getComputedStyle(composer).direction).to.equal('rtl');
    expect(button(composer, 'send').getBoundingClientRect().left).to.be.lessThan(
      field(composer).getBoundingClientRect().left,
    );
  });

  it('is accessible, also when full and busy', async () => {
    const uploads = [{ id: 'u1', name: 'photo.png', progress: 0.42 }];
    const composer = await fixture<SahayComposer>(
      html`<sahay-composer attachments max-length="5" value="too long" .uploads=${uploads}></sahay-composer>`,
    );
    await expect(composer).to.be.accessible();
  });
});
