import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../define/leaf.ts';
import type { SahayHeader } from './header.ts';
import { lateParts } from '../testing/late-parts.ts';

const actions = [
  { id: 'handoff', label: 'Talk to a person' },
  { id: 'end', label: 'End' },
];
const inside = (header: SahayHeader, selector: string): HTMLElement | null =>
  header.shadowRoot!.querySelector(selector);
const active = (header: SahayHeader): string | undefined =>
  header.shadowRoot!.activeElement?.textContent?.trim();

describe('sahay-header', () => {
  before(() => lateParts('menu', 'rich'));
  it('says whose window it is and who answers', async () => {
    const header = await fixture<SahayHeader>(
      html`<sahay-header heading="Lantern and Co." status="You are talking to a bot"></sahay-header>`,
    );
    expect(inside(header, 'h2')!.innerText).to.equal('Lantern and Co.');
    expect(inside(header, '[part=status]')!.innerText).to.equal('You are talking to a bot');
  });

  it('shows markup in names as text', async () => {
    const heading = '<img src=x onerror=alert(1)>';
    const header = await fixture<SahayHeader>(
      html`<sahay-header .heading=${heading} .status=${heading}></sahay-header>`,
    );
    expect(inside(header, 'img')).to.equal(null);
    expect(inside(header, 'h2')!.innerText).to.equal(heading);
  });

  it('has a menu that the keyboard can walk, and that gives the focus back', async () => {
    const header = await fixture<SahayHeader>(html`<sahay-header .actions=${actions}></sahay-header>`);
    inside(header, '#more')!.click();
    await header.updateComplete;
    await header.updateComplete;
    expect(active(header)).to.equal('Talk to a person');
    await sendKeys({ press: 'ArrowDown' });
    expect(active(header)).to.equal('End');
    await sendKeys({ press: 'ArrowDown' });
    expect(active(header)).to.equal('Talk to a person');
    await sendKeys({ press: 'ArrowUp' });
    expect(active(header)).to.equal('End');
    await sendKeys({ press: 'Escape' });
    await header.updateComplete;
    expect(inside(header, '[role=menu]')).to.equal(null);
    expect(header.shadowRoot!.activeElement!.id).to.equal('more');
  });

  it('keeps the Escape that closes its menu from closing the window', async () => {
    const header = await fixture<SahayHeader>(html`<sahay-header .actions=${actions}></sahay-header>`);
    let reached = 0;
    header.parentElement!.addEventListener('keydown', () => reached++);
    inside(header, '#more')!.click();
    await header.updateComplete;
    await header.updateComplete;
    await sendKeys({ press: 'Escape' });
    expect(reached).to.equal(0);
    await sendKeys({ press: 'Escape' });
    expect(reached).to.equal(1);
  });

  it('tells what was chosen', async () => {
    const header = await fixture<SahayHeader>(html`<sahay-header .actions=${actions}></sahay-header>`);
    inside(header, '#more')!.click();
    await header.updateComplete;
    setTimeout(() => inside(header, '[role=menuitem]')!.click());
    expect((await oneEvent(header, 'sahay-action')).detail).to.deep.equal({ id: 'handoff' });
  });

  it('asks for the window to be closed', async () => {
    const header = await fixture<SahayHeader>(html`<sahay-header closable></sahay-header>`);
    setTimeout(() => inside(header, '[part=minimize]')!.click());
    await oneEvent(header, 'sahay-minimize');
  });

  it('is accessible, with its menu open', async () => {
    const header = await fixture<SahayHeader>(
      html`<sahay-header heading="Support" status="Here" online closable .actions=${actions}></sahay-header>`,
    );
    inside(header, '#more')!.click();
    await header.updateComplete;
    await expect(header).to.be.accessible();
  });
});
