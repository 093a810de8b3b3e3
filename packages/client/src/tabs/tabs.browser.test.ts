// Several tabs of a real browser: frames with a client each, over one IndexedDB, one BroadcastChannel and the browser's locks.
import { defaultLimits } from '@sahay/protocol';
import { MemoryBackend } from '@sahay/protocol/core';
import type { ConversationHandle, SupportClient } from '@sahay/client';
import { expect, waitUntil } from '@open-wc/testing';
import { hostEnvironment } from '../environment.ts';
import type { TabGlobals } from '../testing/tab-page.ts';

const page = window as unknown as TabGlobals;
let frames: HTMLIFrameElement[] = [];
let counter = 0;

async function openTab(): Promise<{ client: SupportClient; kill: () => void }> {
  const frame = document.createElement('iframe');
  frames.push(frame);
  document.body.append(frame);
  const inner = frame.contentWindow as unknown as TabGlobals & Window;
  const script = inner.document.createElement('script');
  script.type = 'module';
  script.src = new URL('../testing/tab-page.ts', import.meta.url).href;
  const ready = new Promise((resolve) => inner.addEventListener('tab-ready', resolve, { once: true }));
  inner.document.body.append(script);
  await ready;
  await inner.client.ready;
  return { client: inner.client, kill: () => frame.remove() };
}

const texts = (conversation: ConversationHandle): string[] =>
  [...conversation.getSnapshot().messages].map(({ message }) =>
    message.parts.map((part) => ('text' in part ? part.text : '')).join(''),
  );
const stored = (id: string): string[] =>
  [...(page.backend.conversation(id)?.messages.values() ?? [])].map(({ parts }) =>
    parts.map((part) => ('text' in part ? part.text : '')).join(''),
  );
async function locks(): Promise<string[]> {
  const { held = [], pending = [] } = await navigator.locks.query();
  return [...held, ...pending].flatMap(({ name = '' }) => (name.includes(page.namespace) ? name : []));
}

describe('the tabs of a real browser', () => {
  beforeEach(() => {
    page.backend = new MemoryBackend({ tenantId: 't', policy: { limits: defaultLimits } });
    page.namespace = `tabs-${Date.now()}-${++counter}`;
    page.commands = [];
  });
  afterEach(() => {
    for (const frame of frames) frame.remove();
    frames = [];
  });

  it('deliver once and in order what three of them take, though one dies in the middle and holds the lock', async () => {
    const one = await openTab();
    const first = one.client.conversations.create();
    await first.send('0');
    await waitUntil(() => stored(first.id).length === 1);
    const two = await openTab();
    const three = await openTab();
    const handles = [first, ...[two, three].map(({ client }) => client.conversations.open(first.id))];
    const taken = ['0'];
    for (let n = 1; n <= 30; n++) {
      await handles[n % (n > 15 ? 2 : 3)]!.send(String(n));
      taken.push(String(n));
      // Gone without a word, with what it took on its way.
      if (n === 15) three.kill();
    }
    await waitUntil(() => stored(first.id).length === 31, 'all arrive', { timeout: 10_000 });
    expect(stored(first.id)).to.deep.equal(taken);
    for (const handle of handles.slice(0, 2))
      await waitUntil(() => texts(handle).join() === taken.join(), 'every tab shows them', {
        timeout: 5_000,
      });
    await waitUntil(async () => (await locks()).length === 0, 'no lock is left');
    await Promise.all([one, two].map(({ client }) => client.destroy()));
  });

  it('find what a dead one took, after a reload', async () => {
    const one = await openTab();
    const conversation = one.client.conversations.create();
    await Promise.all(['a', 'b', 'c'].map((text) => conversation.send(text)));
    one.kill();
    const again = await openTab();
    expect(again.client.conversations.current()?.id).to.equal(conversation.id);
    await waitUntil(() => stored(conversation.id).join() === 'a,b,c', 'all arrive', { timeout: 10_000 });
    await again.client.destroy();
  });

  it('make one sound between them', async () => {
    const tabs = [await openTab(), await openTab(), await openTab()];
    const answers = await Promise.all(tabs.map(({ client }) => client.maySound('m1')));
    expect(answers.filter(Boolean)).to.have.length(1);
    // The one that may sound is gone: the next sound has another.
    tabs[answers.indexOf(true)]!.kill();
    const left = tabs.filter((_tab, index) => !answers[index]);
    const next = await Promise.all(left.map(({ client }) => client.maySound('m2')));
    expect(next.filter(Boolean)).to.have.length(1);
    await Promise.all(left.map(({ client }) => client.destroy()));
  });
});

describe("the page's own events", () => {
  it('are told as waking, resting and losing the network, and no more once unwatched', () => {
    const heard: string[] = [];
    const stop = hostEnvironment.watch(
      (why) => heard.push(why),
      () => heard.push('lost'),
      () => heard.push('hidden'),
    );
    const persisted = { persisted: true };
    const fire = (): void => {
      window.dispatchEvent(new PageTransitionEvent('pagehide', persisted));
      window.dispatchEvent(new PageTransitionEvent('pageshow', persisted));
      document.dispatchEvent(new Event('freeze'));
      document.dispatchEvent(new Event('resume'));
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      window.dispatchEvent(new Event('offline'));
      window.dispatchEvent(new Event('online'));
      window.dispatchEvent(new Event('focus'));
    };
    fire();
    const all = ['hidden', 'woken', 'hidden', 'woken', 'woken', 'lost', 'network_back', 'woken'];
    expect(heard).to.deep.equal(all);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }));
    expect(heard).to.have.length(all.length, 'a page that is left dies by itself');
    stop();
    fire();
    expect(heard).to.have.length(all.length);
  });
});
