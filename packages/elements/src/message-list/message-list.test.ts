import type { MessageView } from '@sahay/client';
import type { Part } from '@sahay/protocol';
import { aTimeout, expect, fixture, html, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import '../define/message-list.ts';
import { messageView, textPart } from '../testing/fake-client.ts';
import type { SahayMessageList } from './message-list.ts';
import { loadContent } from '../message/content.ts';
import { lateParts } from '../testing/late-parts.ts';

const rina = { id: 'a1', role: 'agent' as const, name: 'Rina Bose' };
const minute = (n: number): string => new Date(Date.parse('2026-03-02T10:00:00Z') + n * 60_000).toISOString();
const some = (count: number, from = 0): MessageView[] =>
  Array.from({ length: count }, (_, index) =>
    messageView({
      text: `Message ${from + index}`,
      message: { id: `m${from + index}`, createdAt: minute(from + index) },
    }),
  );
const parts = (...all: object[]): MessageView =>
  messageView({ message: { parts: all.map((part, index) => ({ partId: `p${index}`, ...part })) as Part[] } });

async function listWith(
  messages: MessageView[],
  options: Partial<SahayMessageList> = {},
): Promise<SahayMessageList> {
  const list = await fixture<SahayMessageList>(
    html`<sahay-message-list style="block-size: 400px" .messages=${messages}></sahay-message-list>`,
  );
  Object.assign(list, options);
  await list.updateComplete;
  await nextFrame();
  await nextFrame();
  return list;
}

const all = (list: SahayMessageList, selector: string): HTMLElement[] => [
  ...list.shadowRoot!.querySelectorAll<HTMLElement>(selector),
];
const one = (list: SahayMessageList, selector: string): HTMLElement => all(list, selector)[0]!;
const gap = ({ scroller }: SahayMessageList): number =>
  scroller!.scrollHeight - scroller!.scrollTop - scroller!.clientHeight;

async function scrollTo(list: SahayMessageList, top: number): Promise<void> {
  list.scroller!.scrollTop = top;
  await nextFrame();
  await nextFrame();
  await list.updateComplete;
}

describe('sahay-message-list', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  before(() => lateParts('rich'));

  describe('what it shows', () => {
    it('groups what one author says in a row, and shows a name and time once', async () => {
      const list = await listWith([
        messageView({ message: { createdAt: minute(0), author: rina } }),
        messageView({ message: { createdAt: minute(1), author: rina } }),
        messageView({ message: { createdAt: minute(20), author: rina } }),
      ]);
      expect(all(list, '.who bdi').map(({ innerText }) => innerText)).to.deep.equal([
        'Rina Bose',
        'Rina Bose',
      ]);
      expect(all(list, '.row.start')).to.have.length(2);
    });

    it('names the author of every message to screen readers', async () => {
      const list = await listWith([
        messageView({ message: { author: rina } }),
        messageView({ message: { author: rina } }),
        messageView({ own: true }),
      ]);
      expect(all(list, '.row').map(({ textContent }) => /Rina Bose|You:/.test(textContent))).to.deep.equal([
        true,
        true,
        true,
      ]);
    });

    it('heads each day', async () => {
      const today = new Date().toISOString();
      const list = await listWith([
        messageView({ message: { createdAt: '2020-03-02T10:41:00Z' } }),
        messageView({ message: { createdAt: today } }),
      ]);
      expect(all(list, '.day').map(({ innerText }) => innerText)).to.deep.equal(['March 2, 2020', 'Today']);
    });

    it('marks what became of own messages, in words too', async () => {
      const deliveries = ['pending', 'unsaved', 'sent', 'delivered', 'read'] as const;
      for (const delivery of deliveries) {
        const list = await listWith([messageView({ own: true, delivery })]);
        const words = {
          pending: 'Sending',
          unsaved: 'Not saved',
          sent: 'Sent',
          delivered: 'Delivered',
          read: 'Read',
        };
        expect(one(list, '.meta').textContent, delivery).to.contain(words[delivery]);
        expect(one(list, '.meta svg'), delivery).to.exist;
      }
    });

    it('offers to send a failed message again, or to drop it', async () => {
      const list = await listWith([messageView({ own: true, delivery: 'failed', key: 'k1' })]);
      const [again, drop] = all(list, '.failed button');
      setTimeout(() => again!.click());
      expect((await oneEvent(list, 'sahay-retry')).detail).to.deep.equal({ key: 'k1' });
      setTimeout(() => drop!.click());
      expect((await oneEvent(list, 'sahay-discard')).detail).to.deep.equal({ key: 'k1' });
    });

    it('says what happened to the conversation in its own language', async () => {
      const notice = { type: 'notice', kind: 'agent_joined', participant: rina, fallbackText: 'x' };
      const list = await listWith([
        parts(notice),
        parts({ ...notice, kind: 'handoff_failed' }),
        parts({ ...notice, kind: 'moved_to_mars', fallbackText: 'Off to Mars' }),
      ]);
      expect(all(list, '.notice').map(({ innerText }) => innerText.trim())).to.deep.equal([
        'Rina Bose joined',
        'Nobody is here at the moment. Your request waits for whoever comes.',
        'Off to Mars',
      ]);
      list.locale = 'bn';
      await waitUntil(() => one(list, '.notice').innerText.includes('যোগ দিয়েছেন'));
    });

    it('shows the fallback of a part it does not know', async () => {
      const list = await listWith([parts({ type: 'x-seat-map', fallbackText: 'Seat 14A' })]);
      expect(one(list, '.bubble').innerText).to.equal('Seat 14A');
    });

    it('shows a source as a card, and asks for it', async () => {
      const list = await listWith([parts({ type: 'citation', title: 'Refunds', articleId: 'en/refunds' })]);
      await waitUntil(() => one(list, '[part=citation]'));
      setTimeout(() => one(list, '[part=citation]').click());
      const { detail } = await oneEvent(list, 'sahay-open-citation');
      expect(detail).to.include({ title: 'Refunds', articleId: 'en/refunds' });
    });

    it('offers quick replies under the last message only', async () => {
      const options = [{ id: 'a', label: 'Yes, please', value: 'yes' }];
      const asking = parts({ type: 'text', text: 'More?' }, { type: 'quick_replies', options });
      const list = await listWith([asking]);
      setTimeout(() => one(list, '[part=reply]').click());
      const { detail } = await oneEvent(list, 'sahay-quick-reply');
      expect(detail).to.deep.equal({ id: 'a', label: 'Yes, please', value: 'yes' });
      list.messages = [asking, messageView({ own: true })];
      await list.updateComplete;
      expect(one(list, '[part=quick-replies]')).to.equal(undefined);
    });

    it('asks whether the last answer helped, when it names its source', async () => {
      const answer = parts({ type: 'text', text: '30 days' }, { type: 'citation', title: 'Refunds' });
      const list = await listWith([answer], { feedback: true });
      setTimeout(() => all(list, '.feedback button')[1]!.click());
      const { detail } = await oneEvent(list, 'sahay-feedback');
      expect(detail).to.deep.equal({ messageId: answer.message.id, helpful: false });
      list.messages = [messageView({ text: 'Hello!' })];
      await list.updateComplete;
      expect(one(list, '.feedback')).to.equal(undefined);
    });

    it('draws Markdown once its renderer has arrived, and the words before that', async () => {
      const list = await listWith([
        messageView({ message: { parts: [textPart('**30 days**', 'markdown')] } }),
      ]);
      expect(one(list, '.bubble').innerText).to.contain('30 days');
      await waitUntil(() => one(list, '.bubble strong')?.innerText === '30 days', undefined, {
        timeout: 5000,
      });
    });

    it('shows that somebody types, and who', async () => {
      const list = await listWith(some(1), { typing: [rina] });
      expect(one(list, '.dots + .hidden-visually').textContent).to.equal('Rina Bose is typing');
    });

    it('outlines what is on its way', async () => {
      const list = await listWith([], { loading: true });
      expect(one(list, '.skeleton').textContent).to.contain('Loading');
      expect(list.scroller!.getAttribute('aria-busy')).to.equal('true');
    });
  });

  describe('files', () => {
    const lamp = {
      type: 'image',
      attachmentId: 'x1',
      name: 'lamp.png',
      mediaType: 'image/png',
      width: 400,
      height: 200,
    };
    const picture = (): string => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [400, 200];
      return canvas.toDataURL();
    };

    it('keeps room for a picture before it is there', async () => {
      let give: (url: string) => void = () => undefined;
      const link = new Promise<string>((resolve) => (give = resolve));
      const list = await listWith([parts(lamp)], { resolveAttachment: () => link });
      const image = one(list, 'img') as HTMLImageElement;
      const before = image.getBoundingClientRect();
      expect(before.width / before.height).to.be.closeTo(2, 0.05);
      expect(image.getAttribute('src')).to.equal(null);
      give(picture());
      await waitUntil(() => image.complete && image.naturalWidth === 400);
      expect(image.getBoundingClientRect().height).to.equal(before.height);
    });

    it('does not load pictures from other hosts, but says where they are', async () => {
      const { attachmentId: _, ...remote } = lamp;
      const list = await listWith([parts({ ...remote, url: 'https://tracker.example/p.png' })]);
      expect(one(list, 'img')).to.equal(undefined);
      expect(one(list, '[part=file]').innerText).to.contain('tracker.example');
    });

    it('asks for another link where the one it had can be used no more', async () => {
      await lateParts('rich');
      await loadContent();
      let link = '/gone-1';
      let asked = 0;
      const recording = { type: 'audio', attachmentId: 'x3', name: 'word.mp3', mediaType: 'audio/mpeg' };
      const list = await listWith([parts(recording)], {
        resolveAttachment: async () => (asked++, link),
      });
      const audio = one(list, 'audio') as HTMLAudioElement;
      await waitUntil(() => audio.getAttribute('src') === '/gone-1');
      link = '/gone-2';
      await aTimeout(50);
      // Nothing is fetched before it is played.
      expect(audio.getAttribute('src')).to.equal('/gone-1');
      const before = asked;
      // As when it is played, which a page may only have done where somebody pressed something.
      audio.preload = 'auto';
      audio.load();
      await waitUntil(() => audio.getAttribute('src') === '/gone-2');
      // That one is no better, and there is no other.
      await waitUntil(() => asked > before + 1);
      await aTimeout(100);
      expect(asked - before).to.be.lessThan(5);
    });

    it('shows a picture whose first link had run out', async () => {
      let link = '/gone';
      const list = await listWith([parts(lamp)], { resolveAttachment: async () => link });
      link = picture();
      const image = one(list, 'img') as HTMLImageElement;
      await waitUntil(() => image.naturalWidth === 400);
    });

    it('shows a file with its name and size', async () => {
      const file = {
        type: 'file',
        attachmentId: 'x2',
        name: 'invoice.pdf',
        mediaType: 'application/pdf',
        size: 184_320,
      };
      const list = await listWith([parts(file)], { resolveAttachment: async () => '/signed' });
      await waitUntil(() => one(list, '[part=file]').getAttribute('href') === '/signed');
      expect(one(list, '[part=file]').innerText).to.match(/invoice\.pdf\s+184 kB/);
    });
  });

  describe('bad input', () => {
    const markup = '<img src=x onerror="globalThis.harmed=true"><script>globalThis.harmed=true</script>';

    it('shows markup as text in every field', async () => {
      const author = {
        id: markup,
        role: 'agent' as const,
        name: markup,
        avatarUrl: 'javascript:globalThis.harmed=true',
      };
      const list = await listWith(
        [
          messageView({ text: markup, message: { author } }),
          parts({ type: 'text', text: markup, format: 'markdown' }),
          parts({ type: 'citation', title: markup, url: 'javascript:alert(1)' }),
          parts({ type: 'file', name: markup, mediaType: markup, url: 'javascript:alert(1)' }),
          parts({
            type: 'image',
            name: markup,
            mediaType: 'image/png',
            url: 'javascript:alert(1)',
            alt: markup,
          }),
          parts({ type: 'quote', text: markup, messageId: 'm' }),
          parts({ type: 'notice', kind: markup, fallbackText: markup }),
          parts({ type: 'card', card: { title: markup } }),
          parts({ type: 'quick_replies', options: [{ id: markup, label: markup }] }),
        ],
        { typing: [author] },
      );
      await aTimeout(100);
      const roots = [list.shadowRoot!, ...all(list, '*').flatMap(({ shadowRoot }) => shadowRoot ?? [])];
      for (const root of roots) expect(root.querySelector('script, img[onerror], img[src=x]')).to.equal(null);
      const targets = roots.flatMap((root) => [...root.querySelectorAll('[href], [src]')]);
      for (const target of targets) {
        expect(target.getAttribute('href') ?? target.getAttribute('src')).not.to.match(/^\s*javascript:/i);
      }
      expect(globalThis).not.to.have.property('harmed');
    });

    it('makes links of web addresses in plain text, and of nothing else', async () => {
      const list = await listWith([
        messageView({ text: 'See https://a.example/x(y). Not javascript:alert(1)' }),
      ]);
      const links = all(list, '.bubble a') as HTMLAnchorElement[];
      expect(links.map(({ href }) => href)).to.deep.equal(['https://a.example/x(y)']);
      expect(links[0]!.rel).to.contain('noopener');
    });

    it('breaks words of any length', async () => {
      const list = await listWith([
        messageView({ text: 'x'.repeat(100_000), own: true }),
        messageView({ text: 'অ'.repeat(2000), message: { author: { ...rina, name: 'R'.repeat(500) } } }),
        parts({ type: 'citation', title: 'y'.repeat(900) }),
        parts({ type: 'file', name: `${'z'.repeat(400)}.pdf`, mediaType: 'application/pdf' }),
      ]);
      list.style.setProperty('inline-size', '320px');
      await nextFrame();
      expect(list.scroller!.scrollWidth).to.equal(320);
    });

    it('survives times that are none', async () => {
      const list = await listWith([
        messageView({ text: 'Still here', message: { createdAt: 'yesterday-ish' } }),
      ]);
      expect(one(list, '.bubble').innerText).to.equal('Still here');
    });
  });

  describe('the reading position', () => {
    before(() => lateParts('tools'));

    it('begins at the end and follows new messages', async () => {
      const list = await listWith(some(40));
      expect(gap(list)).to.be.lessThan(2);
      list.messages = some(45);
      await list.updateComplete;
      await nextFrame();
      await nextFrame();
      expect(gap(list)).to.be.lessThan(2);
    });

    it('follows a message that grows', async () => {
      const messages = some(40);
      const list = await listWith(messages);
      const longer = messageView({
        text: 'word '.repeat(400),
        message: { id: 'm39', createdAt: minute(39) },
      });
      list.messages = [...messages.slice(0, 39), longer];
      await list.updateComplete;
      await nextFrame();
      await nextFrame();
      expect(gap(list)).to.be.lessThan(2);
    });

    it('follows the message that takes the place of who was typing, though the browser moved the view between them', async () => {
      const messages = some(40);
      const list = await listWith(messages);
      list.typing = [rina];
      await list.updateComplete;
      await nextFrame();
      // The view has gone to the end, and the scroll event that tells of it is still to come.
      await aTimeout(0);
      list.typing = [];
      await list.updateComplete;
      // Asked for a size, the browser lays out the shorter transcript, and the view with it.
      expect(gap(list)).to.be.lessThan(2);
      const answer = { id: 'm40', createdAt: minute(40), author: rina };
      list.messages = [...messages, messageView({ text: 'word '.repeat(400), message: answer })];
      await list.updateComplete;
      for (let frame = 0; frame < 4; frame++) await nextFrame();
      expect(gap(list)).to.be.lessThan(2);
      expect(list.following).to.equal(true);
    });

    it('is never moved while its reader is elsewhere; a button says what is new and leads there', async () => {
      const list = await listWith(some(40));
      await scrollTo(list, 300);
      list.messages = some(42);
      await list.updateComplete;
      await nextFrame();
      expect(list.scroller!.scrollTop).to.equal(300);
      expect(one(list, '[part~=jump]').innerText.trim()).to.equal('2 new messages');
      one(list, '[part~=jump]').click();
      await waitUntil(() => gap(list) < 2);
      await waitUntil(() => !one(list, '[part~=jump]'));
    });

    it('stays when earlier messages come in above', async () => {
      const list = await listWith(some(40, 100), { hasEarlier: true });
      await scrollTo(list, 400);
      const row = all(list, '.row').find((candidate) => candidate.getBoundingClientRect().top > 100)!;
      const before = row.getBoundingClientRect().top;
      list.messages = some(80, 60);
      await list.updateComplete;
      await nextFrame();
      expect(row.getBoundingClientRect().top).to.be.closeTo(before, 1);
    });

    it('goes to the end with one’s own message', async () => {
      const list = await listWith(some(40));
      await scrollTo(list, 0);
      list.messages = [...some(40), messageView({ own: true, message: { createdAt: minute(41) } })];
      await list.updateComplete;
      await nextFrame();
      await nextFrame();
      expect(gap(list)).to.be.lessThan(2);
    });

    it('asks for earlier messages near the top, by scrolling or by a button', async () => {
      const list = await listWith(some(40), { hasEarlier: true });
      setTimeout(() => void scrollTo(list, 100));
      await oneEvent(list, 'sahay-load-earlier');
      setTimeout(() => one(list, '.earlier').click());
      await oneEvent(list, 'sahay-load-earlier');
    });

    it('tells when its end is left and reached', async () => {
      const list = await listWith(some(40));
      const told: boolean[] = [];
      list.addEventListener('sahay-end-change', (event) => told.push((event as CustomEvent).detail.atEnd));
      await scrollTo(list, 100);
      await scrollTo(list, 100_000);
      expect(told).to.deep.equal([false, true]);
    });
  });

  describe('its cost', () => {
    it('draws again only the message that changed', async () => {
      const messages = some(50);
      const list = await listWith(messages);
      const changed = new Set<Node>();
      const observer = new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement;
          const row = element?.closest('.row');
          if (row) changed.add(row);
        }
      });
      observer.observe(list.shadowRoot!, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      list.messages = messages.map((view, index) =>
        index === 20
          ? messageView({
              text: 'Changed',
              message: view.message.id ? { ...view.message, parts: [textPart('Changed')] } : {},
            })
          : view,
      );
      await list.updateComplete;
      observer.takeRecords().forEach(({ target }) => {
        const element = target instanceof Element ? target : target.parentElement;
        const row = element?.closest('.row');
        if (row) changed.add(row);
      });
      expect(changed.size).to.equal(1);
    });

    it('needs few elements a message', async () => {
      const list = await listWith(some(60));
      expect(all(list, '*').length / 60).to.be.lessThan(5);
    });
  });

  describe('access', () => {
    it('is a log with a name that the keyboard can scroll', async () => {
      const list = await listWith(some(3));
      expect(list.scroller!.getAttribute('role')).to.equal('log');
      expect(list.scroller!.getAttribute('aria-label')).to.equal('Messages');
      expect(list.scroller!.tabIndex).to.equal(0);
      // It is read aloud by the announcer, and must not be read twice.
      expect(list.scroller!.getAttribute('aria-live')).to.equal('off');
    });

    it('mirrors in Arabic', async () => {
      const list = await listWith([messageView({ own: true }), messageView({ message: { author: rina } })], {
        locale: 'ar',
      });
      await waitUntil(() => getComputedStyle(list).direction === 'rtl');
      const [own, other] = all(list, '.bubble').map((bubble) => bubble.getBoundingClientRect());
      expect(own!.left).to.be.lessThan(other!.left);
    });

    for (const scheme of ['light', 'dark'] as const) {
      it(`is accessible in ${scheme}`, async () => {
        await emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        const list = await listWith(
          [
            messageView({ message: { createdAt: minute(0), parts: [textPart('**Hi**', 'markdown')] } }),
            parts({ type: 'notice', kind: 'agent_joined', participant: rina, fallbackText: 'x' }),
            messageView({ own: true, delivery: 'read' }),
            messageView({ own: true, delivery: 'failed' }),
            messageView({ own: true, delivery: 'pending' }),
            parts({
              type: 'image',
              attachmentId: 'x',
              name: 'lamp.png',
              mediaType: 'image/png',
              alt: 'A lamp',
            }),
            parts({ type: 'text', text: '30 days' }, { type: 'citation', title: 'Refunds' }),
          ],
          { feedback: true, typing: [rina], hasEarlier: true },
        );
        list.style.colorScheme = scheme;
        await expect(list).to.be.accessible();
        await emulateMedia({ colorScheme: 'light' });
      });
    }
  });
});
