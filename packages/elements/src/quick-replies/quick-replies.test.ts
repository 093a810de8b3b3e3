import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../define/leaf.ts';
import type { SahayQuickReplies } from './quick-replies.ts';

const options = [
  { id: 'a', label: 'Track an order' },
  { id: 'b', label: '<b>Talk</b> to a person', value: 'person please' },
];
const buttons = (replies: SahayQuickReplies): HTMLButtonElement[] => [
  ...replies.shadowRoot!.querySelectorAll('button'),
];

describe('sahay-quick-replies', () => {
  it('tells which was chosen, and what to send: the value, else the label', async () => {
    const replies = await fixture<SahayQuickReplies>(
      html`<sahay-quick-replies .options=${options}></sahay-quick-replies>`,
    );
    const values: string[] = [];
    replies.addEventListener('sahay-quick-reply', (event) =>
      values.push((event as CustomEvent).detail.value),
    );
    for (const button of buttons(replies)) button.click();
    expect(values).to.deep.equal(['Track an order', 'person please']);
  });

  it('shows labels as text', async () => {
    const replies = await fixture<SahayQuickReplies>(
      html`<sahay-quick-replies .options=${options}></sahay-quick-replies>`,
    );
    expect(buttons(replies)[1]!.innerText).to.equal('<b>Talk</b> to a person');
  });

  it('is reached and chosen by the keyboard', async () => {
    const replies = await fixture<SahayQuickReplies>(
      html`<sahay-quick-replies .options=${options}></sahay-quick-replies>`,
    );
    buttons(replies)[0]!.focus();
    setTimeout(() => (replies.shadowRoot!.activeElement as HTMLElement).click());
    expect((await oneEvent(replies, 'sahay-quick-reply')).detail.id).to.equal('a');
  });

  it('breaks long labels instead of the window', async () => {
    const long = [{ id: 'a', label: 'x'.repeat(300) }];
    const box = await fixture<HTMLElement>(
      html`<div style="width: 300px"><sahay-quick-replies .options=${long}></sahay-quick-replies></div>`,
    );
    expect(box.scrollWidth).to.equal(300);
  });

  it('is an accessible, named group', async () => {
    const replies = await fixture<SahayQuickReplies>(
      html`<sahay-quick-replies .options=${options}></sahay-quick-replies>`,
    );
    expect(replies.getAttribute('aria-label')).to.equal('Suggested replies');
    await expect(replies).to.be.accessible();
  });
});
