import { expect, fixture, html } from '@open-wc/testing';
import { Announcer, type AnnouncerTimers } from './announcer.ts';

/** Timers that run when told to. */
class ManualTimers {
  #now = 0;
  #id = 0;
  readonly #due = new Map<number, { at: number; run: () => void }>();

  readonly timers = {
    setTimeout: (run: () => void, delay = 0) => {
      this.#due.set(++this.#id, { at: this.#now + delay, run });
      return this.#id;
    },
    clearTimeout: (id: number) => this.#due.delete(id),
  } as unknown as AnnouncerTimers;

  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#due].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at);
      if (!next) break;
      this.#due.delete(next[0]);
      this.#now = next[1].at;
      next[1].run();
    }
    this.#now = end;
  }
}

describe('announcer', () => {
  let box: HTMLElement;
  let time: ManualTimers;
  let announcer: Announcer;
  const spoken: string[] = [];

  beforeEach(async () => {
    box = await fixture<HTMLElement>(html`<div></div>`);
    time = new ManualTimers();
    announcer = new Announcer(box, time.timers);
    spoken.length = 0;
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        for (const node of addedNodes) {
          spoken.push(`${(target as Element).getAttribute('aria-live')}: ${node.textContent}`);
        }
      }
    }).observe(box, { childList: true, subtree: true });
  });

  /** Mutation records arrive in a microtask. */
  async function heard(): Promise<string[]> {
    await Promise.resolve();
    return spoken;
  }

  it('has empty live regions in the page from the start', () => {
    expect(box).lightDom.to.equal(
      '<div class="hidden-visually" aria-live="polite" aria-relevant="additions"></div>' +
        '<div class="hidden-visually" aria-live="assertive" aria-relevant="additions"></div>',
    );
  });

  it('speaks one after the other, in order', async () => {
    announcer.announce('One');
    announcer.announce('Two');
    time.advance(0);
    expect(await heard()).to.deep.equal(['polite: One']);
    time.advance(250);
    expect(await heard()).to.deep.equal(['polite: One', 'polite: Two']);
  });

  it('lets an error go first, in the assertive region', async () => {
    announcer.announce('Later');
    announcer.announce('Not sent', { assertive: true });
    time.advance(1000);
    expect(await heard()).to.deep.equal(['assertive: Not sent', 'polite: Later']);
  });

  it('never speaks the same id twice, however late', async () => {
    announcer.announce('Mina: Hello', { id: 'm1' });
    time.advance(60_000);
    announcer.announce('Mina: Hello', { id: 'm1' });
    announcer.announce('Mina: Hello', { id: 'm2' });
    time.advance(60_000);
    expect(await heard()).to.deep.equal(['polite: Mina: Hello', 'polite: Mina: Hello']);
  });

  it('does not speak ids it was told to skip', async () => {
    announcer.skip(['m1']);
    announcer.announce('Old', { id: 'm1' });
    time.advance(1000);
    expect(await heard()).to.deep.equal([]);
  });

  it('does not repeat a text while it is still there, but does later', async () => {
    announcer.announce('Mina is typing');
    announcer.announce('Mina is typing');
    time.advance(1000);
    announcer.announce('Mina is typing');
    time.advance(10_000);
    announcer.announce('Mina is typing');
    time.advance(1000);
    expect(await heard()).to.have.lengthOf(2);
  });

  it('ignores empty text', async () => {
    announcer.announce('  ');
    time.advance(1000);
    expect(await heard()).to.deep.equal([]);
  });

  it('empties the regions after a while', () => {
    announcer.announce('One');
    time.advance(0);
    expect(box.textContent).to.equal('One');
    time.advance(4000);
    expect(box.textContent).to.equal('');
  });

  it('clears what waits and what stands', async () => {
    announcer.announce('One');
    announcer.announce('Two');
    time.advance(0);
    announcer.clear();
    time.advance(10_000);
    expect(await heard()).to.deep.equal(['polite: One']);
    expect(box.textContent).to.equal('');
    announcer.announce('One');
    time.advance(0);
    expect(await heard()).to.have.lengthOf(2);
  });

  it('takes its regions away', () => {
    announcer.remove();
    expect(box.children).to.have.lengthOf(0);
  });
});
