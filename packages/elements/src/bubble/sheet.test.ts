import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import '../define/bubble.ts';
import { FakeClient } from '../testing/fake-client.ts';
import type { SahayBubble } from './bubble.ts';

const panelOf = (bubble: SahayBubble): HTMLElement =>
  bubble.shadowRoot!.querySelector<HTMLElement>('[part=panel]')!;
const make = (): Promise<SahayBubble> =>
  fixture<SahayBubble>(html`<sahay-bubble lang="en" locale="en" .client=${new FakeClient()}></sahay-bubble>`);
const isCovering = (bubble: SahayBubble): boolean => panelOf(bubble).getAttribute('aria-modal') === 'true';

async function open(bubble: SahayBubble): Promise<void> {
  bubble.open();
  await bubble.ready;
  await waitUntil(() => isCovering(bubble), 'it never became a sheet');
  for (const animation of panelOf(bubble).getAnimations()) animation.finish();
}
async function goBack(steps = 1): Promise<void> {
  const before = JSON.stringify(history.state);
  history.go(-steps);
  await waitUntil(() => JSON.stringify(history.state) !== before);
  await aTimeout(20);
}

describe('the sheet on a small screen', () => {
  beforeEach(async () => {
    await setViewport({ width: 360, height: 740 });
    await aTimeout(0);
  });
  after(() => setViewport({ width: 800, height: 600 }));

  it('covers the screen, is a modal dialog, and leaves the page its styles', async () => {
    const attributes = [document.documentElement, document.body].map(
      ({ outerHTML }) => outerHTML.split('>')[0],
    );
    const bubble = await make();
    await open(bubble);
    const { top, left, width, height } = panelOf(bubble).getBoundingClientRect();
    expect([top, left, width, height]).to.deep.equal([0, 0, innerWidth, innerHeight]);
    expect(
      [document.documentElement, document.body].map(({ outerHTML }) => outerHTML.split('>')[0]),
    ).to.deep.equal(attributes);
    bubble.close();
    expect(isCovering(bubble)).to.be.false;
  });

  it('has no field of less than 16 pixels, which phones would zoom into', async () => {
    const bubble = await make();
    await open(bubble);
    const chat = panelOf(bubble).querySelector('sahay-chat')!;
    const input = chat.shadowRoot!.querySelector('sahay-composer')!.shadowRoot!.querySelector('textarea')!;
    expect(parseFloat(getComputedStyle(input).fontSize)).to.be.at.least(16);
  });

  it('leaves room for the keyboard, and keeps its size when somebody zooms in', async () => {
    const real = globalThis.visualViewport;
    const view = Object.assign(new EventTarget(), { height: 740, offsetTop: 0, scale: 1 });
    Object.defineProperty(globalThis, 'visualViewport', { value: view, configurable: true });
    try {
      const bubble = await make();
      await open(bubble);
      Object.assign(view, { height: 400, offsetTop: 90 });
      view.dispatchEvent(new Event('resize'));
      const chat = panelOf(bubble).querySelector('sahay-chat')!;
      const composer = chat.shadowRoot!.querySelector('sahay-composer')!.getBoundingClientRect();
      expect(panelOf(bubble).getBoundingClientRect().top).to.equal(90);
      expect(composer.bottom).to.equal(490);
      Object.assign(view, { height: 200, offsetTop: 20, scale: 2 });
      view.dispatchEvent(new Event('resize'));
      expect(panelOf(bubble).getBoundingClientRect().height).to.equal(400);
    } finally {
      Object.defineProperty(globalThis, 'visualViewport', { value: real, configurable: true });
    }
  });

  it('is a panel again when the screen grows', async () => {
    const bubble = await make();
    await open(bubble);
    await setViewport({ width: 900, height: 740 });
    await waitUntil(() => !isCovering(bubble));
    expect(bubble.isOpen).to.be.true;
    expect(panelOf(bubble).getBoundingClientRect().width).to.equal(400);
  });
});

describe('the back button', () => {
  /** What a router hears: where a pop led to. */
  let heard: unknown[];
  const router = ({ state }: PopStateEvent): void => void heard.push(state);
  before(() => addEventListener('popstate', router));
  after(async () => {
    removeEventListener('popstate', router);
    await setViewport({ width: 800, height: 600 });
  });
  beforeEach(async () => {
    await setViewport({ width: 360, height: 740 });
    history.pushState({ key: 'a', idx: 3 }, '', '?a');
    heard = [];
    await aTimeout(0);
  });

  it('closes the sheet and stays on the page; the router hears nothing', async () => {
    const bubble = await make();
    await open(bubble);
    expect(location.search).to.equal('?a');
    expect(history.state, "the router's own state is there").to.include({ key: 'a', idx: 3 });
    await goBack();
    expect(bubble.isOpen).to.be.false;
    expect(history.state).to.deep.equal({ key: 'a', idx: 3 });
    expect(heard).to.deep.equal([]);
  });

  it('leads to the page before, when the sheet was closed by its own button', async () => {
    const bubble = await make();
    history.pushState({ key: 'b' }, '', '?b');
    await open(bubble);
    bubble.close();
    await waitUntil(() => !('sahaySheet' in (history.state as object)));
    await aTimeout(20);
    expect(heard).to.deep.equal([]);
    await goBack();
    expect(location.search).to.equal('?a');
    expect(heard).to.deep.equal([{ key: 'a', idx: 3 }]);
  });

  it('leaves a page that a router has moved to alone', async () => {
    const bubble = await make();
    await open(bubble);
    history.pushState({ key: 'c' }, '', '?c');
    bubble.close();
    await aTimeout(60);
    expect(location.search).to.equal('?c');
    await open(bubble);
    await goBack();
    expect([location.search, bubble.isOpen]).to.deep.equal(['?c', false]);
  });

  it('tells the router of a pop that leads over its own entries', async () => {
    const bubble = await make();
    await open(bubble);
    history.pushState({ key: 'c' }, '', '?c');
    await aTimeout(20);
    await goBack(2);
    expect(location.search).to.equal('?a');
    expect(heard).to.deep.equal([{ key: 'a', idx: 3 }]);
    expect(bubble.isOpen).to.be.false;
  });

  it('closes a sheet that was opened again while the first was leaving', async () => {
    const bubble = await make();
    await open(bubble);
    bubble.close();
    await aTimeout(0);
    bubble.open();
    await waitUntil(() => isCovering(bubble));
    await aTimeout(100);
    expect(history.state).to.have.property('sahaySheet');
    await goBack();
    expect(bubble.isOpen).to.be.false;
    expect(location.search).to.equal('?a');
  });

  it('closes the sheet of the bubble that took its place', async () => {
    const bubble = await make();
    await open(bubble);
    const length = history.length;
    const next = document.createElement('sahay-bubble');
    next.client = new FakeClient();
    bubble.replaceWith(next);
    await waitUntil(() => isCovering(next));
    expect(history.length, 'one entry for both').to.equal(length);
    await goBack();
    expect(next.isOpen).to.be.false;
    expect(location.search).to.equal('?a');
    next.remove();
  });

  it('may be kept from closing', async () => {
    const bubble = await make();
    await open(bubble);
    bubble.addEventListener('sahay-before-close', (event) => event.preventDefault(), { once: true });
    await goBack();
    expect(bubble.isOpen).to.be.true;
    bubble.close();
  });
});
