import type { Inspection } from '@sahay/client';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../define/inspector.ts';
import { conversation, FakeClient, FakeConversation, messageView, textPart } from '../testing/fake-client.ts';
import type { SahayInspector } from './inspector.ts';
import { after, nothingYet } from './moment.ts';
import { Recorder } from './recorder.ts';
import { readRecording, redacted, toRecording } from './recording.ts';

const stream = 'conversation:c1:public';
const cursor = { stream, epoch: 'e1', seq: 0 };
const id = 'x'.repeat(22);

/** A client of which this test says what is seen. */
class WatchedClient extends FakeClient {
  readonly watchers = new Set<(seen: Inspection) => void>();
  override inspect = async (listener?: (seen: Inspection) => void) => {
    this.watchers.add(listener!);
    return () => void this.watchers.delete(listener!);
  };
  see(...all: Inspection[]): void {
    for (const seen of all) for (const watcher of this.watchers) watcher(seen);
  }
}

const message = (n: number, text: string) => ({
  ...messageView({ text, message: { id: `m${n}`, conversationId: 'c1', clientMessageId: `k${n}` } }).message,
});

const snapshot = (at = 1): Inspection => ({
  at,
  kind: 'frame',
  way: 'in',
  frame: {
    type: 'subscribed',
    stream,
    epoch: 'e1',
    recovered: false,
    headSeq: 1,
    snapshot: {
      kind: 'conversation',
      asOf: cursor,
      conversation: conversation(),
      messages: [message(1, 'First')],
    },
  },
});

const said = (n: number, text: string, at = n): Inspection => ({
  at,
  kind: 'frame',
  way: 'in',
  frame: {
    type: 'event',
    event: {
      id: `e${n}`,
      stream,
      epoch: 'e1',
      seq: n,
      time: '2026-03-02T10:41:00Z',
      type: 'message.created',
      data: { message: message(n, text) },
    },
  },
});

const waiting = (n: number, text: string, at = n): Inspection => ({
  at,
  kind: 'outbox',
  lane: 'c1',
  entries: [
    {
      lane: 'c1',
      position: n,
      outboxId: id,
      n,
      at,
      command: {
        type: 'message.send',
        conversationId: 'c1',
        data: { clientMessageId: `k${n}`, parts: [textPart(text)] },
      },
    },
  ],
});

const hello: Inspection = {
  at: 1,
  kind: 'frame',
  way: 'out',
  frame: { type: 'hello', versions: ['1'], token: 'secret-token', client: { name: 'x', version: '1' } },
};

const part = (inspector: SahayInspector, name: string): string =>
  inspector.shadowRoot!.querySelector<HTMLElement>(`[part=${name}]`)?.innerText ?? '';
const button = (inspector: SahayInspector, name: RegExp): HTMLButtonElement =>
  [...inspector.shadowRoot!.querySelectorAll('button')].find(
    (one) => name.test(one.innerText) || name.test(one.ariaLabel ?? ''),
  )!;

/** Until what was seen is drawn. */
async function drawn(inspector: SahayInspector): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  await inspector.updateComplete;
}

async function watching(client = new WatchedClient()) {
  const inspector = await fixture<SahayInspector>(
    html`<sahay-inspector lang="en" .client=${client}></sahay-inspector>`,
  );
  await drawn(inspector);
  return { client, inspector };
}

describe('sahay-inspector', () => {
  it('shows states with their causes, outbox, streams, frames, storage and the tab’s part in it', async () => {
    const { client, inspector } = await watching();
    client.see(
      { at: 1, kind: 'state', state: 'connecting', cause: 'requested' },
      { at: 2, kind: 'state', state: 'online', cause: 'welcomed' },
      { at: 2, kind: 'tab', durable: true, drains: false },
      snapshot(),
      { at: 3, kind: 'cursors', cursors: [{ ...cursor, seq: 41 }] },
      waiting(7, 'On my way'),
    );
    await drawn(inspector);
    expect(part(inspector, 'connection')).to.match(/online\s*welcomed[\s\S]*connecting\s*requested/);
    expect(part(inspector, 'outbox')).to.match(/\(1\)[\s\S]*7[\s\S]*message\.send/);
    expect(part(inspector, 'cursors')).to.match(/conversation:c1:public\s*41/);
    expect(part(inspector, 'frames')).to.match(/\(1\)[\s\S]*subscribed/);
    const facts = inspector.shadowRoot!.querySelector<HTMLElement>('.facts')!.innerText;
    expect(facts)
      .to.contain('online')
      .and.contain('Survives a reload')
      .and.contain('This tab is not sending');
  });

  it('filters, holds still while it is paused, and forgets', async () => {
    const { client, inspector } = await watching();
    client.see(snapshot(), said(2, 'Second'));
    await drawn(inspector);
    const select = inspector.shadowRoot!.querySelector('select')!;
    select.value = 'event';
    select.dispatchEvent(new Event('change'));
    await inspector.updateComplete;
    expect(part(inspector, 'frames')).to.contain('message.created 2').and.not.contain('snapshot');
    button(inspector, /Pause/).click();
    client.see(said(3, 'Third'));
    await drawn(inspector);
    expect(part(inspector, 'frames')).not.to.contain('message.created 3');
    button(inspector, /Resume/).click();
    await drawn(inspector);
    expect(part(inspector, 'frames'), 'recorded all the same').to.contain('message.created 3');
    button(inspector, /Clear/).click();
    await inspector.updateComplete;
    expect(part(inspector, 'frames')).to.contain('Nothing yet');
  });

  it('writes a frame out when it is opened', async () => {
    const { client, inspector } = await watching();
    client.see(said(2, 'Look at me'));
    await drawn(inspector);
    expect(inspector.shadowRoot!.querySelector('pre')).not.to.exist;
    inspector.shadowRoot!.querySelector<HTMLElement>('.frames summary')!.click();
    await drawn(inspector);
    expect(inspector.shadowRoot!.querySelector('pre')!.innerText).to.contain('"Look at me"');
  });

  it('saves a session as one file and replays it, with the transcript as it stood at each moment', async () => {
    const { client, inspector } = await watching();
    client.see(snapshot(), waiting(2, 'Second'), said(2, 'Second'), {
      at: 2,
      kind: 'outbox',
      lane: 'c1',
      entries: [],
    });
    let file: { name: string; blob: Promise<string> } | undefined;
    const stop = (event: Event): void => {
      const link = event.target as HTMLAnchorElement;
      event.preventDefault();
      file = { name: link.download, blob: fetch(link.href).then((answer) => answer.text()) };
    };
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      this.addEventListener('click', stop);
      this.dispatchEvent(new MouseEvent('click', { cancelable: true }));
    };
    button(inspector, /Save/).click();
    HTMLAnchorElement.prototype.click = click;
    expect(file!.name).to.match(/^sahay-.*\.json$/);

    const replayed = await fixture<SahayInspector>(html`<sahay-inspector lang="en"></sahay-inspector>`);
    await replayed.open(new Blob([await file!.blob]));
    await replayed.updateComplete;
    expect(part(replayed, 'transcript'))
      .to.match(/First[\s\S]*Second/)
      .and.not.contain('on its way');
    replayed.seek(1);
    await replayed.updateComplete;
    expect(part(replayed, 'transcript')).to.contain('First').and.not.contain('Second');
    button(replayed, /One step on/).click();
    await replayed.updateComplete;
    expect(part(replayed, 'transcript')).to.match(/Second\s*on its way/);
    const slider = replayed.shadowRoot!.querySelector<HTMLInputElement>('input[type=range]')!;
    expect(slider.getAttribute('aria-valuetext')).to.equal('Step 2 of 4');
    slider.value = '3';
    slider.dispatchEvent(new Event('input'));
    await replayed.updateComplete;
    expect(part(replayed, 'transcript')).not.to.contain('on its way');
    replayed.live();
    await replayed.updateComplete;
    expect(part(replayed, 'transcript')).to.equal('');
  });

  it('says of a file what is wrong with it', async () => {
    const { inspector } = await watching();
    const input = inspector.shadowRoot!.querySelector<HTMLInputElement>('input[type=file]')!;
    const choose = async (text: string) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'x.json'));
      input.files = transfer.files;
      setTimeout(() => input.dispatchEvent(new Event('change')));
      await oneEvent(inspector, 'sahay-error');
      await inspector.updateComplete;
      return inspector.shadowRoot!.querySelector<HTMLElement>('[role=alert]')!.innerText;
    };
    expect(await choose('{}')).to.contain('no recording of version 1');
    const damaged = {
      ...toRecording({ base: nothingYet, entries: [], dropped: 0 }, 0),
      entries: [snapshot(), { at: 1 }],
    };
    expect(await choose(JSON.stringify(damaged))).to.contain('Entry 1');
    expect(await choose('{"for')).to.contain('cannot be replayed');
  });

  it('knows what was said before it looked on', async () => {
    const client = new WatchedClient();
    client.open = new FakeConversation('c1');
    client.open.show(messageView({ text: 'Long ago' }));
    const { inspector } = await watching(client);
    client.see(said(2, 'Just now'));
    await inspector.open(inspector.recording);
    await inspector.updateComplete;
    expect(part(inspector, 'transcript')).to.match(/Long ago[\s\S]*Just now/);
  });

  it('stops watching when it leaves the page, and goes on when it is back', async () => {
    const { client, inspector } = await watching();
    expect(client.watchers.size).to.equal(1);
    const { parentNode } = inspector;
    inspector.remove();
    expect(client.watchers.size).to.equal(0);
    parentNode!.append(inspector);
    await drawn(inspector);
    expect(client.watchers.size).to.equal(1);
  });

  for (const locale of ['en', 'bn', 'ar']) {
    it(`is accessible and fits 360 px in ${locale}`, async () => {
      const client = new WatchedClient();
      const box = await fixture<HTMLElement>(
        html`<div dir=${locale === 'ar' ? 'rtl' : 'ltr'}>
          <sahay-inspector locale=${locale} .client=${client}></sahay-inspector>
        </div>`,
      );
      box.style.inlineSize = '360px';
      const inspector = box.querySelector('sahay-inspector')!;
      await drawn(inspector);
      client.see(snapshot(), said(2, 'Second'), waiting(3, 'Third'), {
        at: 4,
        kind: 'state',
        state: 'waiting',
        cause: 'heartbeat_missed',
      });
      await inspector.open(inspector.recording);
      await drawn(inspector);
      expect(inspector.localized.tag).to.equal(locale);
      expect(inspector.scrollWidth).to.be.at.most(360);
      expect(inspector.shadowRoot!.querySelector('.scroll')!.scrollWidth).to.be.at.most(360);
      await expect(inspector).to.be.accessible();
    });
  }
});

describe('a recording', () => {
  it('keeps a bounded part, and begins where the rest had led to', () => {
    const recorder = new Recorder(nothingYet, { entries: 100 });
    recorder.add(snapshot());
    for (let n = 2; n <= 1_000; n++) recorder.add(said(n, `Number ${n}`));
    expect(recorder.entries.length).to.be.within(80, 100);
    expect(recorder.dropped + recorder.entries.length).to.equal(1_000);
    const replay = readRecording(JSON.stringify(toRecording(recorder, 0)));
    const end = replay.entries.reduce(after, replay.base);
    expect(end.talks.get(stream)!.messages.at(-1)!.id).to.equal('m1000');
    expect(end.talks.get(stream)!.messages.length).to.equal(500);
    expect(end).to.deep.equal(recorder.now);
  });

  it('keeps no more characters than it may', () => {
    const recorder = new Recorder(nothingYet, { characters: 100_000 });
    for (let n = 1; n <= 50; n++) recorder.add(said(n, 'x'.repeat(10_000)));
    expect(JSON.stringify(recorder.entries).length).to.be.below(110_000);
  });

  it('has no token in it', () => {
    const token = `eyJhbGciOiJIUzI1NiJ9.${btoa('{"sub":"v1"}').replace(/=/g, '')}.c2lnbmF0dXJl`;
    const recorder = new Recorder();
    recorder.add(hello);
    recorder.add(said(2, `My token is ${token}.`));
    const text = JSON.stringify(toRecording(recorder, 0));
    expect(text).not.to.contain('secret-token').and.not.to.contain('c2lnbmF0dXJl');
    expect(redacted({ refreshSecret: 'a', list: [{ accessToken: 'b' }], text: 'c' })).to.deep.equal({
      refreshSecret: '…',
      list: [{ accessToken: '…' }],
      text: 'c',
    });
  });

  it('takes a key of its own for what it is', () => {
    const hostile = `{"format":"sahay-recording","version":1,"entries":[],"base":{"at":0,"cursors":[],"outbox":[],"talks":[["__proto__",{"messages":[]}]]}}`;
    const { base } = readRecording(hostile);
    expect([...base.talks.keys()]).to.deep.equal(['__proto__']);
    expect({}).not.to.have.property('messages');
  });
});
