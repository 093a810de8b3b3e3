import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../define/survey.ts';
import type { SahayRating } from './rating.ts';

const options = (rating: SahayRating): HTMLInputElement[] => [
  ...rating.shadowRoot!.querySelectorAll('input'),
];

describe('sahay-rating', () => {
  it('offers the scores of its kind', async () => {
    const scores = async (kind: string): Promise<number[]> => {
      const rating = await fixture<SahayRating>(
        html`<sahay-rating kind=${kind} label="How was it?"></sahay-rating>`,
      );
      return options(rating).map(({ value }) => Number(value));
    };
    expect(await scores('csat')).to.deep.equal([1, 2, 3, 4, 5]);
    expect(await scores('nps')).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await scores('ces')).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
  });

  it('is chosen by the keyboard like any group of radio buttons', async () => {
    const rating = await fixture<SahayRating>(
      html`<sahay-rating label="How was it?" value="3"></sahay-rating>`,
    );
    rating.focus();
    setTimeout(() => void sendKeys({ press: 'ArrowRight' }));
    expect((await oneEvent(rating, 'sahay-rate')).detail).to.deep.equal({ score: 4 });
    expect(rating.value).to.equal(4);
  });

  it('names each choice', async () => {
    const faces = await fixture<SahayRating>(html`<sahay-rating label="How was it?"></sahay-rating>`);
    expect(options(faces).map(({ ariaLabel }) => ariaLabel)[3]).to.equal('Satisfied');
    const numbers = await fixture<SahayRating>(html`<sahay-rating kind="nps" label="Again?"></sahay-rating>`);
    expect(options(numbers)[0]!.ariaLabel).to.equal('0 of 10, Not at all likely');
    expect(options(numbers)[7]!.ariaLabel).to.equal('7 of 10');
  });

  it('fits 360 pixels with targets of 44', async () => {
    for (const kind of ['csat', 'nps', 'ces']) {
      const box = await fixture<HTMLElement>(
        html`<div style="width: 300px"><sahay-rating kind=${kind} label="x"></sahay-rating></div>`,
      );
      expect(box.scrollWidth, kind).to.equal(300);
      const labels = box.firstElementChild!.shadowRoot!.querySelectorAll('label');
      for (const { offsetWidth, offsetHeight } of labels) {
        expect(Math.min(offsetWidth, offsetHeight), kind).to.be.at.least(44);
      }
    }
  });

  for (const kind of ['csat', 'nps', 'ces']) {
    it(`is accessible as ${kind}`, async () => {
      const rating = await fixture<SahayRating>(
        html`<sahay-rating kind=${kind} label="How was it?" value="3"></sahay-rating>`,
      );
      await expect(rating).to.be.accessible();
    });
  }
});
