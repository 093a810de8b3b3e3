import { expect, fixture, html } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import '../define/leaf.ts';
import type { SahayTypingIndicator } from './typing-indicator.ts';

const words = (indicator: SahayTypingIndicator): string =>
  indicator.shadowRoot!.querySelector('.hidden-visually')!.textContent;
const dots = (indicator: SahayTypingIndicator): number => indicator.shadowRoot!.querySelectorAll('i').length;

describe('sahay-typing-indicator', () => {
  it('says who types', async () => {
    const of = async (name: string, count: number): Promise<string> =>
      words(
        await fixture(html`<sahay-typing-indicator name=${name} count=${count}></sahay-typing-indicator>`),
      );
    expect(await of('Rina', 1)).to.equal('Rina is typing');
    expect(await of('', 1)).to.equal('Someone is typing');
    expect(await of('Rina', 2)).to.equal('Several people are typing');
  });

  it('holds still where motion is reduced', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const indicator = await fixture<SahayTypingIndicator>(
      html`<sahay-typing-indicator></sahay-typing-indicator>`,
    );
    expect(dots(indicator)).to.equal(3);
    expect(indicator.shadowRoot!.getAnimations()).to.have.length(0);
    await emulateMedia({ reducedMotion: 'no-preference' });
    expect(indicator.shadowRoot!.getAnimations()).to.have.length(3);
  });

  it('is accessible', async () => {
    await expect(
      await fixture(html`<sahay-typing-indicator name="Rina"></sahay-typing-indicator>`),
    ).to.be.accessible();
  });
});
