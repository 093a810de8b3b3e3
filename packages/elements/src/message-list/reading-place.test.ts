import type { MessageView } from '@sahay/client';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import '../define/message-list.ts';
import { messageView } from '../testing/fake-client.ts';
import { lateParts } from '../testing/late-parts.ts';
import type { SahayMessageList } from './message-list.ts';

const rina = { id: 'a1', role: 'agent' as const, name: 'Rina Bose' };
const said = (index: number, text = `Message ${index}`): MessageView =>
  messageView({
    text,
    message: { id: `m${index}`, createdAt: new Date(Date.UTC(2026, 2, 2, 10, index)).toISOString() },
  });
const some = (count: number): MessageView[] => Array.from({ length: count }, (_, index) => said(index));
const words = (count: number): string => 'word '.repeat(count);

async function listWith(messages: MessageView[]): Promise<SahayMessageList> {
  const list = await fixture<SahayMessageList>(
    html`<sahay-message-list style="block-size: 400px" .messages=${messages}
      ><div slot="after" style="block-size: 200px"></div
    ></sahay-message-list>`,
  );
  await settled(list);
  return list;
}
async function settled(list: SahayMessageList): Promise<void> {
  await list.updateComplete;
  for (let frames = 0; frames < 3; frames++) await nextFrame();
}
const gap = ({ scroller }: SahayMessageList): number =>
  scroller!.scrollHeight - scroller!.scrollTop - scroller!.clientHeight;
const rowOf = (list: SahayMessageList, text: string): HTMLElement =>
  [...list.shadowRoot!.querySelectorAll<HTMLElement>('.row')].find(({ innerText }) =>
    innerText.includes(text),
  )!;
const top = (element: HTMLElement): number => element.getBoundingClientRect().top;

describe('what is read', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  before(() => lateParts('rich', 'tools'));

  it('is the end still when the dots are gone before a frame and a message is there after it', async () => {
    const list = await listWith(some(30));
    list.typing = [rina];
    await settled(list);
    list.typing = [];
    await list.updateComplete;
    // Whoever measures now has the browser take the view up with the end.
    void list.scroller!.scrollHeight;
    list.messages = [...some(30), said(30, words(60))];
    await settled(list);
    expect(gap(list)).to.be.lessThan(2);
    expect(list.following).to.equal(true);
  });

  it('is the end still when something else shrinks and grows between two frames', async () => {
    const list = await listWith(some(30));
    const after = list.querySelector<HTMLElement>('[slot=after]')!;
    after.style.blockSize = '20px';
    void list.scroller!.scrollHeight;
    after.style.blockSize = '420px';
    await settled(list);
    expect(gap(list)).to.be.lessThan(2);
    expect(list.following).to.equal(true);
  });

  it('is not taken from who scrolls up a little while an answer grows', async () => {
    const list = await listWith(some(30));
    for (let step = 1; step <= 3; step++) {
      list.scroller!.dispatchEvent(new WheelEvent('wheel', { deltaY: -12 }));
      list.scroller!.scrollTop -= 12;
      list.messages = [...some(29), said(29, words(step * 40))];
      await settled(list);
    }
    expect(list.following).to.equal(false);
    const at = list.scroller!.scrollTop;
    list.messages = [...some(29), said(29, words(400))];
    await settled(list);
    expect(list.scroller!.scrollTop).to.equal(at);
  });

  it('follows again once its reader comes near the end', async () => {
    const list = await listWith(some(30));
    list.scroller!.scrollTop -= 200;
    await settled(list);
    expect(list.following).to.equal(false);
    list.scroller!.scrollTop += 180;
    await settled(list);
    expect(list.following).to.equal(true);
    list.messages = some(33);
    await settled(list);
    expect(gap(list)).to.be.lessThan(2);
  });

  it('stays where it is when something above it grows, as a picture does that has arrived', async () => {
    const list = await listWith(some(30));
    list.scroller!.scrollTop = 500;
    await settled(list);
    const read = [...list.shadowRoot!.querySelectorAll<HTMLElement>('.row')].find((row) => top(row) > 100)!;
    const before = top(read);
    rowOf(list, 'Message 1').style.minBlockSize = '260px';
    await settled(list);
    expect(top(read)).to.be.closeTo(before, 1);
    list.messages = [said(0, words(200)), ...some(30).slice(1)];
    await settled(list);
    expect(top(read)).to.be.closeTo(before, 1);
  });

  it('stays at the beginning of an answer that grows at its end', async () => {
    const list = await listWith([...some(20), said(20, words(300))]);
    rowOf(list, 'word').scrollIntoView({ block: 'start' });
    list.scroller!.scrollTop += 30;
    await settled(list);
    const before = top(rowOf(list, 'word'));
    for (const count of [400, 500, 600]) {
      list.messages = [...some(20), said(20, words(count))];
      await settled(list);
    }
    expect(top(rowOf(list, 'word'))).to.be.closeTo(before, 1);
  });
});
