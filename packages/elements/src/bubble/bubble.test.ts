import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../define/bubble.ts';
import type { SahayBubble } from './bubble.ts';

const part = (bubble: SahayBubble, name: string): HTMLElement =>
  bubble.shadowRoot!.querySelector<HTMLElement>(`[part=${name}]`)!;
const launcher = (bubble: SahayBubble): HTMLElement => part(bubble, 'launcher');
const make = (): Promise<SahayBubble> =>
  fixture<SahayBubble>(
    html`<sahay-bubble lang="en" locale="en" server="http://support.test"></sahay-bubble>`,
  );

describe('sahay-bubble', () => {
  // The last test's bubble goes and the next one comes in one step, which is what a router's swap looks like.
  beforeEach(() => aTimeout(0));

  it('stands in its corner without moving the page', async () => {
    const before = document.documentElement.scrollHeight;
    const bubble = await make();
    expect(getComputedStyle(bubble).position).to.equal('fixed');
    expect(document.documentElement.scrollHeight).to.equal(before);
    const box = launcher(bubble).getBoundingClientRect();
    expect(innerWidth - box.right).to.equal(20);
    bubble.setAttribute('position', 'start');
    expect(launcher(bubble).getBoundingClientRect().left).to.equal(20);
  });

  it('stands where attributes say, or custom properties of the page, and the attributes win over what is inherited', async () => {
    const page = await fixture<HTMLElement>(html`<div><sahay-bubble></sahay-bubble></div>`);
    const bubble = page.querySelector('sahay-bubble')!;
    const box = (): number[] => {
      const { right, bottom } = launcher(bubble).getBoundingClientRect();
      return [innerWidth - right, innerHeight - bottom, Number(getComputedStyle(bubble).zIndex)];
    };
    expect(box()).to.deep.equal([20, 20, 1000]);
    for (const [name, value] of Object.entries({
      'offset-inline': '8px',
      'offset-block': '9px',
      'z-index': '7',
    }))
      page.style.setProperty(`--sahay-${name}`, value);
    expect(box()).to.deep.equal([8, 9, 7]);
    bubble.setAttribute('offset-block', 'calc(1px + 39px)');
    bubble.setAttribute('offset-inline', '30px');
    bubble.setAttribute('z-index', '50');
    expect(box()).to.deep.equal([30, 40, 50]);
    bubble.removeAttribute('z-index');
    expect(box()).to.deep.equal([30, 40, 7]);
    expect(bubble.hasAttribute('style'), 'the page owns its style').to.be.false;
  });

  it('says when it is ready, without fetching anything for that', async () => {
    const bubble = await make();
    let ready = false;
    void bubble.ready.then(() => (ready = true));
    await aTimeout(50);
    expect(ready).to.be.false;
    bubble.open();
    await bubble.ready;
    expect(part(bubble, 'panel').querySelector('sahay-chat')).to.exist;
  });

  it('hides and comes back, and the window with it', async () => {
    const bubble = await make();
    bubble.open();
    bubble.hide();
    expect(launcher(bubble).checkVisibility()).to.be.false;
    expect(part(bubble, 'panel').checkVisibility()).to.be.false;
    bubble.show();
    expect(part(bubble, 'panel').checkVisibility()).to.be.true;
    bubble.toggle();
    expect(bubble.isOpen).to.be.false;
  });

  it('shows the window at once and says so to assistive technology', async () => {
    const bubble = await make();
    expect(launcher(bubble).getAttribute('aria-expanded')).to.equal('false');
    launcher(bubble).click();
    expect(part(bubble, 'panel').hidden).to.be.false;
    expect(launcher(bubble).getAttribute('aria-expanded')).to.equal('true');
    expect(launcher(bubble).getAttribute('aria-label')).to.equal('Close chat');
    await oneEvent(bubble, 'sahay-ready');
    expect(part(bubble, 'panel').querySelector('sahay-chat')).to.exist;
  });

  it('closes on Escape and gives focus back', async () => {
    const bubble = await make();
    bubble.open();
    await oneEvent(bubble, 'sahay-ready');
    bubble.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    expect(bubble.isOpen).to.be.false;
    expect(bubble.shadowRoot!.activeElement).to.equal(launcher(bubble));
  });

  it('gives focus back to the button of the page that opened it', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <button>Ask us</button><sahay-bubble lang="en" server="http://support.test"></sahay-bubble>
      </div>`,
    );
    const bubble = page.querySelector('sahay-bubble')!;
    const button = page.querySelector('button')!;
    button.addEventListener('click', () => bubble.open());
    button.focus();
    button.click();
    await bubble.ready;
    await waitUntil(() => document.activeElement === bubble, 'the window has the focus');
    bubble.close();
    expect(document.activeElement?.localName).to.equal('button');
  });

  it('leaves the focus to whoever went on elsewhere on the page', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <input aria-label="Search" /><sahay-bubble server="http://support.test"></sahay-bubble>
      </div>`,
    );
    const bubble = page.querySelector('sahay-bubble')!;
    launcher(bubble).focus();
    launcher(bubble).click();
    await bubble.ready;
    await waitUntil(() => bubble.shadowRoot!.activeElement?.localName === 'sahay-chat');
    page.querySelector('input')!.focus();
    bubble.close();
    expect(document.activeElement?.localName).to.equal('input');
  });

  it('is not open in a copy that a cache of pages made of it while it was', async () => {
    const bubble = await make();
    bubble.open();
    await bubble.ready;
    const copy = bubble.cloneNode(true) as SahayBubble;
    bubble.close();
    const heard: string[] = [];
    for (const type of ['sahay-open', 'sahay-close'])
      document.addEventListener(type, () => heard.push(type), { once: true });
    bubble.replaceWith(copy);
    await aTimeout(0);
    expect(copy.isOpen).to.be.false;
    expect(part(copy, 'panel').hidden).to.be.true;
    expect(heard).to.deep.equal([]);
    copy.remove();
  });

  it('has its icon, unless the page puts a launcher of its own in its place, also later', async () => {
    const hasIcon = (bubble: SahayBubble): boolean =>
      launcher(bubble).querySelector('svg')!.checkVisibility();
    for (const inside of [
      '',
      '\n  ',
      '<template shadowrootmode="open"><b>Not read as a shadow root</b></template>',
    ]) {
      const page = await fixture<HTMLElement>(html`<div></div>`);
      const read = new DOMParser().parseFromString(`<sahay-bubble>${inside}</sahay-bubble>`, 'text/html');
      page.append(...read.body.childNodes);
      expect(hasIcon(page.querySelector('sahay-bubble')!), inside).to.be.true;
    }
    const bubble = await make();
    expect(hasIcon(bubble)).to.be.true;
    const own = document.createElement('img');
    bubble.append(own);
    await aTimeout(0);
    expect(hasIcon(bubble)).to.be.false;
    own.replaceWith('Help');
    await aTimeout(0);
    expect(hasIcon(bubble)).to.be.false;
    const part = Object.assign(document.createElement('p'), { slot: 'part-1', textContent: 'Seats' });
    bubble.replaceChildren(part);
    await aTimeout(0);
    bubble.setAttribute('heading', 'Drawn again');
    expect(hasIcon(bubble), 'what a page puts into the window is no launcher').to.be.true;
    bubble.textContent = '';
    await aTimeout(0);
    expect(hasIcon(bubble)).to.be.true;
  });

  it('keeps the conversation window when it is closed and opened again', async () => {
    const bubble = await make();
    bubble.open();
    await oneEvent(bubble, 'sahay-ready');
    const chat = part(bubble, 'panel').firstElementChild;
    bubble.close();
    bubble.open();
    expect(part(bubble, 'panel').firstElementChild).to.equal(chat);
  });

  it('can be kept from opening and closing', async () => {
    const bubble = await make();
    const refuse = (event: Event): void => event.preventDefault();
    bubble.addEventListener('sahay-before-open', refuse, { once: true });
    bubble.open();
    expect(bubble.isOpen).to.be.false;
    bubble.open();
    bubble.addEventListener('sahay-before-close', refuse, { once: true });
    bubble.close();
    expect(bubble.isOpen).to.be.true;
  });

  it('counts unread messages in the badge and in its name', async () => {
    const bubble = await make();
    await bubble.load();
    const changed = oneEvent(bubble, 'sahay-unread-change');
    part(bubble, 'panel').dispatchEvent(new CustomEvent('sahay-unread-change', { detail: { count: 3 } }));
    expect(((await changed) as CustomEvent<{ count: number }>).detail.count).to.equal(3);
    await waitUntil(() => part(bubble, 'badge') && !part(bubble, 'badge').hidden);
    expect(part(bubble, 'badge').textContent).to.equal('3');
    expect(getComputedStyle(part(bubble, 'badge')).position).to.equal('absolute');
    expect(launcher(bubble).getAttribute('aria-label')).to.equal('Open chat, 3 unread');
    bubble.setAttribute('locale', 'bn');
    expect(part(bubble, 'badge').textContent).to.equal('৩');
    expect(launcher(bubble).getAttribute('aria-label')).to.equal('চ্যাট খুলুন, না-পড়া ৩টি');
    bubble.open();
    expect(launcher(bubble).getAttribute('aria-label')).to.equal('চ্যাট বন্ধ করুন');
    bubble.close();
    expect(launcher(bubble).getAttribute('aria-label')).to.equal('চ্যাট খুলুন, না-পড়া ৩টি');
  });

  it('stands on the left of a page that is read from right to left, and speaks Arabic there', async () => {
    const page = await fixture<HTMLElement>(
      html`<div lang="ar" dir="rtl"><sahay-bubble server="http://support.test"></sahay-bubble></div>`,
    );
    const bubble = page.querySelector('sahay-bubble')!;
    expect(launcher(bubble).getBoundingClientRect().left).to.equal(20);
    expect(launcher(bubble).getAttribute('aria-label')).to.equal('افتح المحادثة');
  });

  it('shows an offer as text, with its reason, and lets it be dismissed', async () => {
    const bubble = await make();
    bubble.teaser = { text: '<i>Need help?</i>', reason: 'You have been on this page for a while.' };
    await waitUntil(() => part(bubble, 'teaser'));
    const box = part(bubble, 'teaser');
    expect(box.hidden).to.be.false;
    expect(box.textContent).to.contain('<i>Need help?</i>').and.to.contain('for a while');
    expect(box.querySelector('i')).to.be.null;
    box.querySelector<HTMLElement>('[aria-label=Dismiss]')!.click();
    expect(bubble.teaser).to.be.undefined;
    expect(box.hidden).to.be.true;
  });

  it('takes properties that were set before the tag was known', () => {
    const early = document.createElement('div');
    const late = document.createElement('sahay-bubble');
    Object.defineProperty(late, 'teaser', {
      value: { text: 'Hello' },
      configurable: true,
      writable: true,
      enumerable: true,
    });
    early.append(late);
    document.body.append(early);
    expect(Object.hasOwn(late, 'teaser')).to.be.false;
    expect(late.teaser).to.deep.equal({ text: 'Hello' });
    early.remove();
  });

  it('survives being moved in the page', async () => {
    const bubble = await make();
    bubble.open();
    await oneEvent(bubble, 'sahay-ready');
    const other = document.createElement('div');
    document.body.append(other);
    other.append(bubble);
    expect(bubble.isOpen).to.be.true;
    bubble.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    expect(bubble.isOpen).to.be.false;
    other.remove();
  });

  it('hands over to the bubble that takes its place, which goes on where it stood and takes no focus', async () => {
    const bubble = await make();
    bubble.open();
    await oneEvent(bubble, 'sahay-ready');
    const next = document.createElement('sahay-bubble');
    next.setAttribute('server', 'http://support.test');
    const elsewhere = await fixture<HTMLElement>(html`<button>Elsewhere</button>`);
    bubble.replaceWith(next);
    elsewhere.focus();
    await oneEvent(next, 'sahay-ready');
    expect(next.isOpen).to.be.true;
    await aTimeout(50);
    expect(document.activeElement?.localName).to.equal('button');
    next.remove();
    await aTimeout(0);
    const later = await make();
    await aTimeout(0);
    expect(later.isOpen, 'after a pause it is another page').to.be.false;
  });

  it('is accessible, closed and open', async () => {
    const bubble = await make();
    await expect(bubble).to.be.accessible();
    bubble.open();
    await expect(bubble).to.be.accessible();
  });
});
