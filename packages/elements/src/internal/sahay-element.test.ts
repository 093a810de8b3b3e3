import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { html as template } from 'lit';
import { registerLocale } from '../locales/locale-registry.ts';
import { SahayElement } from './sahay-element.ts';

class TestElement extends SahayElement {
  override render(): unknown {
    return template`<p>${this.text('send')}</p>`;
  }
}
customElements.define('sahay-test', TestElement);

class TestParent extends SahayElement {
  override render(): unknown {
    return template`<sahay-test></sahay-test><slot></slot>`;
  }
}
customElements.define('sahay-test-parent', TestParent);

const said = (element: Element): string | undefined => element.shadowRoot?.querySelector('p')?.textContent;

async function says(element: Element, text: string): Promise<void> {
  await waitUntil(() => said(element) === text, `never said "${text}" but "${said(element)}"`);
}

describe('sahay-element', () => {
  const pageLanguage = document.documentElement.lang;
  afterEach(() => {
    document.documentElement.lang = pageLanguage;
  });

  it('speaks the language of its own attribute first', async () => {
    const box = await fixture(html`<div lang="ar"><sahay-test locale="bn-BD"></sahay-test></div>`);
    const element = box.querySelector('sahay-test')!;
    await says(element, 'পাঠান');
    expect(element.getAttribute('lang')).to.equal('bn-BD');
    expect(element.getAttribute('dir')).to.equal('ltr');
  });

  it('else that of the closest ancestor, and turns to its direction', async () => {
    const box = await fixture(html`<div lang="ar"><sahay-test></sahay-test></div>`);
    const element = box.querySelector('sahay-test')!;
    await says(element, 'إرسال');
    expect(element.getAttribute('dir')).to.equal('rtl');
  });

  it('reaches the ancestors of a shadow host', async () => {
    const parent = await fixture(html`<sahay-test-parent locale="bn"></sahay-test-parent>`);
    await says(parent.shadowRoot!.querySelector('sahay-test')!, 'পাঠান');
  });

  it('follows its container when that changes language', async () => {
    const parent = await fixture<TestParent>(
      html`<sahay-test-parent locale="bn"><sahay-test></sahay-test></sahay-test-parent>`,
    );
    const slotted = parent.querySelector('sahay-test')!;
    await says(slotted, 'পাঠান');
    parent.locale = 'en';
    await says(slotted, 'Send');
    await says(parent.shadowRoot!.querySelector('sahay-test')!, 'Send');
  });

  it('follows the page when its language changes', async () => {
    document.documentElement.lang = 'bn';
    const element = await fixture(html`<sahay-test></sahay-test>`);
    await says(element, 'পাঠান');
    document.documentElement.lang = 'en-GB';
    await says(element, 'Send');
    expect(element.getAttribute('lang')).to.equal('en-GB');
  });

  it('passes over languages it does not have', async () => {
    const box = await fixture(
      html`<div lang="ar">
        <div lang="tlh"><sahay-test></sahay-test></div>
      </div>`,
    );
    await says(box.querySelector('sahay-test')!, 'إرسال');
  });

  it('leaves lang and dir alone where the page has set them', async () => {
    const element = await fixture(html`<sahay-test lang="bn" dir="rtl"></sahay-test>`);
    await says(element, 'পাঠান');
    expect(element.getAttribute('dir')).to.equal('rtl');
  });

  it('speaks a language as soon as it is registered', async () => {
    const element = await fixture(html`<sahay-test locale="eo"></sahay-test>`);
    expect(said(element)).to.equal('Send');
    registerLocale('eo', { send: 'Sendi' });
    await says(element, 'Sendi');
  });

  it('keeps the last language asked for, whichever arrives first', async () => {
    let arrive: (strings: { send: string }) => void = () => undefined;
    registerLocale('fy', () => new Promise((resolve) => (arrive = resolve)));
    const element = await fixture<TestElement>(html`<sahay-test locale="fy"></sahay-test>`);
    element.locale = 'en';
    await element.updateComplete;
    arrive({ send: 'Ferstjoere' });
    await aTimeout(0);
    expect(said(element)).to.equal('Send');
  });

  it('behaves the same when it is set up before it is in the page, and after a move', async () => {
    const element = document.createElement('sahay-test') as TestElement;
    element.locale = 'bn';
    const [one, other] = [await fixture(html`<div></div>`), await fixture(html`<div lang="ar"></div>`)];
    one.append(element);
    await says(element, 'পাঠান');
    element.locale = undefined;
    other.append(element);
    await says(element, 'إرسال');
  });

  it('reflects the colour scheme, and warns once about one it does not know', async () => {
    const warn = console.warn;
    const warnings: unknown[] = [];
    console.warn = (message: unknown) => warnings.push(message);
    try {
      const element = await fixture<TestElement>(html`<sahay-test color-scheme="dark"></sahay-test>`);
      expect(element.colorScheme).to.equal('dark');
      for (const bad of ['sepia', 'sepia']) {
        element.setAttribute('color-scheme', bad);
        await element.updateComplete;
        expect(element.colorScheme).to.equal('auto');
      }
      element.colorScheme = 'light';
      await element.updateComplete;
      expect(element.getAttribute('color-scheme')).to.equal('light');
      expect(warnings).to.deep.equal([
        '[sahay] <sahay-test color-scheme> cannot be "sepia": use "auto", "light", "dark".',
      ]);
    } finally {
      console.warn = warn;
    }
  });
});
