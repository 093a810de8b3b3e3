import { expect, fixture, html } from '@open-wc/testing';
import { composedContains, deepActiveElement, focusableIn, rememberFocus, trapFocus } from './focus.ts';

/** A box with a shadow root: a button, a slot and a last link. */
class FocusBox extends HTMLElement {
  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const button = document.createElement('button');
    button.textContent = 'first';
    const link = document.createElement('a');
    link.href = '#end';
    link.textContent = 'last';
    root.append(button, document.createElement('slot'), link);
  }
}
customElements.define('focus-box', FocusBox);

const names = (elements: HTMLElement[]): string[] => elements.map((element) => element.textContent.trim());

function pressTab(shiftKey = false): boolean {
  const event = new KeyboardEvent('keydown', {
    key: 'Tab',
    shiftKey,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  (deepActiveElement() ?? document.body).dispatchEvent(event);
  return event.defaultPrevented;
}

describe('focus', () => {
  it('finds the stops of the Tab key in reading order, through slots and shadow roots', async () => {
    const box = await fixture(
      html`<div>
        <focus-box><button>slotted</button></focus-box>
        <a href="#x">outside</a>
      </div>`,
    );
    expect(names(focusableIn(box))).to.deep.equal(['first', 'slotted', 'last', 'outside']);
  });

  it('leaves out what cannot be reached', async () => {
    const box = await fixture(
      html`<div>
        <button disabled>disabled</button>
        <fieldset disabled><button>in a disabled fieldset</button></fieldset>
        <button hidden>hidden</button>
        <div inert><button>inert</button></div>
        <button tabindex="-1">not by Tab</button>
        <div tabindex="0">region</div>
      </div>`,
    );
    expect(names(focusableIn(box))).to.deep.equal(['region']);
  });

  it('knows what stands inside, through a shadow root', async () => {
    const box = await fixture(html`<focus-box></focus-box>`);
    const inner = box.shadowRoot!.querySelector('button')!;
    inner.focus();
    expect(deepActiveElement()).to.equal(inner);
    expect(composedContains(box, inner)).to.equal(true);
    expect(composedContains(inner, box)).to.equal(false);
  });

  it('gives the focus back', async () => {
    const box = await fixture(html`<div><button>opener</button><input /></div>`);
    const opener = box.querySelector('button')!;
    opener.focus();
    const giveBack = rememberFocus();
    box.querySelector('input')!.focus();
    giveBack();
    expect(document.activeElement).to.equal(opener);
  });

  it('gives the focus to the fallback when the first owner has gone', async () => {
    const box = await fixture(html`<div><button>opener</button><input /></div>`);
    const opener = box.querySelector('button')!;
    opener.focus();
    const giveBack = rememberFocus();
    opener.remove();
    giveBack(box.querySelector('input')!);
    expect(document.activeElement).to.equal(box.querySelector('input'));
  });

  it('keeps the Tab key inside a sheet until it is let go', async () => {
    const page = await fixture(
      html`<div>
        <focus-box><button>slotted</button></focus-box><button id="outside">outside</button>
      </div>`,
    );
    const box = page.querySelector<HTMLElement>('focus-box')!;
    const [first, slotted, last] = focusableIn(box);
    const release = trapFocus(box);
    last!.focus();
    expect(pressTab()).to.equal(true);
    expect(deepActiveElement()).to.equal(first);
    expect(pressTab(true)).to.equal(true);
    expect(deepActiveElement()).to.equal(last);
    slotted!.focus();
    expect(pressTab(), 'in the middle the browser moves').to.equal(false);
    page.querySelector<HTMLElement>('#outside')!.focus();
    pressTab();
    expect(deepActiveElement(), 'focus from outside comes in').to.equal(first);
    release();
    last!.focus();
    expect(pressTab()).to.equal(false);
  });
});
