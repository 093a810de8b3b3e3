import type { MessageView } from '@sahay/client';
import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import '../define/message-list.ts';
import { lateParts } from '../testing/late-parts.ts';
import { messageView } from '../testing/fake-client.ts';
import type { SahayMessageList } from './message-list.ts';

const start = Date.parse('2026-03-02T10:00:00Z');
const made = new Map<number, MessageView>();

/** Messages of very different heights, always the same object for the same number. */
function message(index: number): MessageView {
  const view =
    made.get(index) ??
    messageView({
      own: index % 3 === 0,
      text: `Message ${index}. ${'More words to read. '.repeat((index * 7) % 23)}`,
      message: { id: `m${index}`, createdAt: new Date(start + index * 60_000).toISOString() },
    });
  made.set(index, view);
  return view;
}
const some = (count: number, from = 0): MessageView[] =>
  Array.from({ length: count }, (_, index) => message(from + index));

async function listWith(messages: MessageView[]): Promise<SahayMessageList> {
  const list = await fixture<SahayMessageList>(
    html`<sahay-message-list
      style="block-size: 500px; inline-size: 380px"
      .messages=${messages}
    ></sahay-message-list>`,
  );
  await settled(list);
  return list;
}
async function settled(list: SahayMessageList): Promise<void> {
  await list.updateComplete;
  for (let frame = 0; frame < 3; frame++) await nextFrame();
}
const rows = (list: SahayMessageList): HTMLElement[] => [
  ...list.shadowRoot!.querySelectorAll<HTMLElement>('.row'),
];
const row = (list: SahayMessageList, index: number): HTMLElement =>
  rows(list).find(({ textContent }) => textContent.includes(`Message ${index}.`))!;
const gap = ({ scroller }: SahayMessageList): number =>
  scroller!.scrollHeight - scroller!.scrollTop - scroller!.clientHeight;

/** The numbers of the messages that can be seen, from the top. */
function seen(list: SahayMessageList): number[] {
  const { top, bottom } = list.scroller!.getBoundingClientRect();
  return rows(list)
    .filter((one) => one.getBoundingClientRect().bottom > top && one.getBoundingClientRect().top < bottom)
    .map(({ textContent }) => Number(/Message (\d+)\./.exec(textContent)![1]));
}
/** Whether messages fill the view, one after another, without a hole. */
function filled(list: SahayMessageList): boolean {
  const { top, bottom } = list.scroller!.getBoundingClientRect();
  const numbers = seen(list);
  const all = [...list.shadowRoot!.querySelectorAll('.rows > *')].map((one) => one.getBoundingClientRect());
  return (
    numbers.every((number, index) => index === 0 || number === numbers[index - 1]! + 1) &&
    all.some((box) => box.top <= top + 50) &&
    all.some((box) => box.bottom >= bottom - 50)
  );
}

describe('a long transcript', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  before(() => lateParts('rich', 'long'));

  // First, for what can be done with messages arrives but once.
  it('stays at its end while what is done with messages arrives, and everything is drawn again', async () => {
    const list = await listWith(some(20_000));
    await lateParts('tools');
    await settled(list);
    expect(gap(list)).to.be.lessThan(2);
    expect(list.following).to.equal(true);
  });

  it('keeps few elements in the page, however long it is', async () => {
    const list = await listWith(some(20_000));
    expect(list.shadowRoot!.querySelectorAll('*').length).to.be.lessThan(300);
    expect(gap(list)).to.be.lessThan(2);
    expect(seen(list).at(-1)).to.equal(19_999);
  });

  it('shows its end also before what windows it has arrived', async () => {
    const list = await listWith(some(121));
    expect(seen(list).at(-1)).to.equal(120);
  });

  it('shows every message once, in order and without holes, when it is scrolled through', async () => {
    const list = await listWith(some(400));
    const met = new Set<number>();
    for (let turn = 0; turn < 400 && list.scroller!.scrollTop > 0; turn++) {
      expect(filled(list), `hole at ${list.scroller!.scrollTop}`).to.equal(true);
      for (const number of seen(list)) met.add(number);
      list.scroller!.scrollTop -= 300;
      await nextFrame();
    }
    await settled(list);
    for (const number of seen(list)) met.add(number);
    expect(met.size).to.equal(400);
    expect(seen(list)[0]).to.equal(0);
    list.scroller!.scrollTop = 1e9;
    await settled(list);
    expect(seen(list).at(-1)).to.equal(399);
  });

  it('moves what is read by exactly what was scrolled, also over messages never measured', async () => {
    const list = await listWith(some(3000));
    list.scroller!.scrollTop = list.scroller!.scrollHeight / 2;
    await settled(list);
    for (let turn = 0; turn < 40; turn++) {
      const number = seen(list).at(-1);
      const before = row(list, number!).getBoundingClientRect().bottom;
      list.scroller!.scrollTop -= 120;
      await nextFrame();
      await nextFrame();
      expect(row(list, number!).getBoundingClientRect().bottom).to.be.closeTo(before + 120, 1);
    }
  });

  it('leads to the first message with one press of Home and to the last with End, at once, whatever is guessed', async () => {
    // A browser's own way would be a movement, and end where the beginning was guessed to be.
    await emulateMedia({ reducedMotion: 'no-preference' });
    const tall = Array.from({ length: 60 }, (_, index) =>
      messageView({ text: `Message ${index}. ${'Many words. '.repeat(40)}`, message: { id: `m${index}` } }),
    );
    const short = Array.from({ length: 600 }, (_, index) =>
      messageView({ text: `Message ${index + 60}.`, message: { id: `m${index + 60}` } }),
    );
    const list = await listWith([...tall, ...short]);
    list.focus();
    const places: number[] = [];
    list.scroller!.addEventListener('scroll', () => places.push(list.scroller!.scrollTop));
    await sendKeys({ press: 'Home' });
    await waitUntil(() => places.length);
    for (let frame = 0; frame < 20; frame++) await nextFrame();
    expect(places.filter((place) => place > 0)).to.deep.equal([]);
    expect(seen(list)[0]).to.equal(0);
    expect(filled(list)).to.equal(true);
    expect(list.following).to.equal(false);
    await sendKeys({ press: 'End' });
    await waitUntil(() => list.following);
    await settled(list);
    expect(gap(list)).to.be.lessThan(2);
    expect(seen(list).at(-1)).to.equal(659);
    await emulateMedia({ reducedMotion: 'reduce' });
  });

  it('leaves Home to a field in which something is written', async () => {
    const field = document.createElement('input');
    const list = await listWith(some(600));
    list.shadowRoot!.querySelector('.rows')!.lastElementChild!.append(field);
    field.focus();
    await sendKeys({ type: 'ab' });
    await sendKeys({ press: 'Home' });
    await settled(list);
    expect(field.selectionStart).to.equal(0);
    expect(list.following).to.equal(true);
  });

  it('jumps anywhere', async () => {
    const list = await listWith(some(5000));
    for (const part of [0.1, 0.9, 0.5, 0, 0.33]) {
      list.scroller!.scrollTop = list.scroller!.scrollHeight * part;
      await settled(list);
      expect(filled(list), `at ${part}`).to.equal(true);
    }
  });

  it('keeps the reading position when earlier messages come in above, and when new ones come below', async () => {
    const list = await listWith(some(1000, 5000));
    list.scroller!.scrollTop = 3000;
    await settled(list);
    const number = seen(list).at(-1);
    const before = row(list, number!).getBoundingClientRect().bottom;
    list.messages = some(1050, 4950);
    await settled(list);
    expect(row(list, number!).getBoundingClientRect().bottom).to.be.closeTo(before, 1);
    list.messages = some(1061, 4950);
    await settled(list);
    expect(row(list, number!).getBoundingClientRect().bottom).to.be.closeTo(before, 1);
    expect(list.following).to.equal(false);
  });

  it('keeps what is read when so many earlier messages come in that it becomes a long one', async () => {
    const list = await listWith(some(100, 5000));
    list.scroller!.scrollTop = 100;
    await settled(list);
    const number = seen(list).at(-1);
    const before = row(list, number!).getBoundingClientRect().bottom;
    list.messages = some(150, 4950);
    await settled(list);
    expect(row(list, number!).getBoundingClientRect().bottom).to.be.closeTo(before, 1);
    expect(filled(list)).to.equal(true);
  });

  it('keeps what is read when something above it grows late, and when what is read grows at its end', async () => {
    const list = await listWith(some(1000));
    list.scroller!.scrollTop = list.scroller!.scrollHeight / 2;
    await settled(list);
    for (const [where, height] of [
      ['above', 300],
      ['above', 20],
      ['read', 200],
    ] as const) {
      const [first, second] = seen(list);
      const [read, above] = [row(list, second!), row(list, first! - 1)];
      const before = read.getBoundingClientRect().top;
      const picture = document.createElement('div');
      picture.style.blockSize = `${height}px`;
      (where === 'above' ? above : read).append(picture);
      await settled(list);
      expect(read.getBoundingClientRect().top).to.be.closeTo(before, 1);
      picture.style.blockSize = '0px';
      await settled(list);
      expect(read.getBoundingClientRect().top).to.be.closeTo(before, 1);
    }
    // And near the very beginning.
    list.reveal('m2');
    list.scroller!.scrollTop = row(list, 1).offsetTop + 10;
    await settled(list);
    const number = seen(list)[1]!;
    const top = row(list, number).getBoundingClientRect().top;
    const picture = document.createElement('div');
    picture.style.blockSize = '400px';
    row(list, 0).append(picture);
    await settled(list);
    expect(row(list, number).getBoundingClientRect().top).to.be.closeTo(top, 1);
  });

  it('keeps what is read when a gap in it is filled, from either side', async () => {
    /** An earlier place, and the latest messages. */
    const gapped = (island: MessageView[], end: MessageView[]): MessageView[] =>
      Object.assign([...island, ...end], { gap: end[0]!.key });
    for (const [read, side] of [
      [195, 'above'],
      [1003, 'below'],
      [1040, 'below'],
    ] as const) {
      const list = await listWith(gapped(some(100, 100), some(100, 1000)));
      list.reveal(`m${read}`);
      await settled(list);
      const before = row(list, read).getBoundingClientRect().bottom;
      expect(seen(list)).to.include(read);
      list.messages = gapped(some(150, 100), some(100, 1000));
      await settled(list);
      expect(row(list, read).getBoundingClientRect().bottom).to.be.closeTo(before, 1, `${read}, ${side}`);
      list.messages = gapped(some(150, 100), some(150, 950));
      await settled(list);
      expect(row(list, read).getBoundingClientRect().bottom).to.be.closeTo(before, 1, `${read}, ${side}`);
      expect(rows(list)[0]!.ariaSetSize).to.equal('-1');
      list.messages = some(1000, 100);
      await settled(list);
      expect(row(list, read).getBoundingClientRect().bottom).to.be.closeTo(before, 1, `${read}, ${side}`);
      expect(rows(list)[0]!.ariaSetSize).to.equal('1000');
      expect(filled(list)).to.equal(true);
      // What it took the heights to be after all that leads to where the messages are.
      for (const index of [300, 1099, 950]) {
        list.reveal(`m${index}`);
        await settled(list);
        expect(seen(list)).to.include(index);
        expect(filled(list)).to.equal(true);
      }
    }
  });

  it('follows new messages at its end, and a growing one', async () => {
    const list = await listWith(some(1000));
    list.messages = some(1010);
    await settled(list);
    expect(gap(list)).to.be.lessThan(2);
    const longer = messageView({ text: 'word '.repeat(300), message: { id: 'm1009' } });
    list.messages = [...some(1009), longer];
    await settled(list);
    expect(gap(list)).to.be.lessThan(2);
  });

  it('leads to its end with the button', async () => {
    const list = await listWith(some(1000));
    list.scroller!.scrollTop = 200;
    await settled(list);
    list.shadowRoot!.querySelector<HTMLElement>('[part~=jump]')!.click();
    await waitUntil(() => gap(list) < 2);
    expect(seen(list).at(-1)).to.equal(999);
  });

  it('shows any message that is asked for', async () => {
    const list = await listWith(some(5000));
    for (const index of [2500, 0, 4999, 17]) {
      list.reveal(`m${index}`);
      await settled(list);
      expect(seen(list)).to.include(index);
    }
  });

  it('tells screen readers which of how many each message is', async () => {
    const list = await listWith(some(1000));
    const last = rows(list).at(-1)!;
    expect(last.getAttribute('role')).to.equal('article');
    expect(last.ariaPosInSet).to.equal('1000');
    expect(last.ariaSetSize).to.equal('1000');
    list.hasEarlier = true;
    await settled(list);
    expect(rows(list).at(-1)!.ariaSetSize).to.equal('-1');
    await expect(list).to.be.accessible();
  });

  it('keeps a selection while it is scrolled', async () => {
    const list = await listWith(some(1000));
    list.scroller!.scrollTop = 4000;
    await settled(list);
    const [first] = seen(list);
    const text = row(list, first!).querySelector('.bubble')!;
    const selection = document.getSelection()!;
    selection.setBaseAndExtent(text.firstChild!, 0, text.lastChild!, 1);
    for (let turn = 0; turn < 10; turn++) {
      list.scroller!.scrollTop += 300;
      await nextFrame();
    }
    await settled(list);
    expect(text.isConnected).to.equal(true);
    selection.removeAllRanges();
    list.scroller!.scrollTop += 20_000;
    await settled(list);
    expect(text.isConnected).to.equal(false);
  });

  it('keeps the focus in the transcript when the line that had it is gone', async () => {
    const link = messageView({ text: 'See https://a.example/x', message: { id: 'link' } });
    const list = await listWith([...some(500), link, ...some(500, 600)]);
    list.reveal('link');
    await settled(list);
    const target = list.shadowRoot!.querySelector<HTMLElement>('.bubble a')!;
    target.focus({ preventScroll: true });
    list.scroller!.scrollTop -= 5000;
    await settled(list);
    expect(target.isConnected).to.equal(false);
    expect(list.shadowRoot!.activeElement).to.equal(list.scroller);
  });

  it('goes on when its width changes, and when another conversation takes its place', async () => {
    const list = await listWith(some(1000));
    list.scroller!.scrollTop = 3000;
    await settled(list);
    list.style.setProperty('inline-size', '700px');
    await settled(list);
    list.scroller!.scrollTop += 200;
    await settled(list);
    expect(filled(list)).to.equal(true);
    list.messages = some(300, 50_000);
    await settled(list);
    list.scroller!.scrollTop += 10;
    await settled(list);
    expect(filled(list)).to.equal(true);
    list.messages = some(3, 90_000);
    await settled(list);
    expect(rows(list)).to.have.length(3);
    expect(list.scroller!.scrollHeight).to.be.lessThan(700);
  });
});
