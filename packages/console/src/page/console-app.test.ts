import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createSupportClient } from '@sahay/client';
import { createMockBackend } from '@sahay/msw';
import { http, HttpResponse } from 'msw';
import { setupWorker } from 'msw/browser';
import './app.ts';
import type { SahayDesk } from '../desk/desk.ts';
import { DeskPage, settled } from '../testing/desk-page.ts';
import type { SahayConsoleApp } from './console-app.ts';

const url = location.origin;
const mock = createMockBackend({ url, startAt: Date.now() });
/** What the server's side of signing in knows. */
const agents = { codes: new Set<string>(), isSignedIn: false, signIns: 0 };
const refused = HttpResponse.json(
  { type: 'about:blank', title: 'No session', status: 401, code: 'token_invalid', retryable: false },
  { status: 401 },
);
const worker = setupWorker(
  ...mock.handlers,
  http.post(`${url}/v1/agents/sign-in`, async ({ request }) => {
    const { code } = (await request.json()) as { code: string };
    agents.signIns++;
    if (!agents.codes.delete(code)) return refused.clone();
    agents.isSignedIn = true;
    return HttpResponse.json({ participant: { id: 'a_rina', role: 'agent', name: 'Rina' } });
  }),
  http.post(`${url}/v1/agents/token`, () =>
    agents.isSignedIn
      ? HttpResponse.json({
          accessToken: mock.agentToken('Rina'),
          expiresAt: new Date(Date.now() + 900_000).toISOString(),
          participant: { id: 'a_rina', role: 'agent', name: 'Rina' },
        })
      : refused.clone(),
  ),
  http.post(`${url}/v1/agents/sign-out`, () => {
    agents.isSignedIn = false;
    return new HttpResponse(null, { status: 204 });
  }),
);

async function opened(hash = ''): Promise<SahayConsoleApp> {
  history.replaceState(null, '', location.pathname + location.search + hash);
  return fixture<SahayConsoleApp>(html`<sahay-console-app lang="en"></sahay-console-app>`);
}

const root = (app: SahayConsoleApp): ShadowRoot => app.shadowRoot!;
const signIn = (app: SahayConsoleApp): ShadowRoot => root(app).querySelector('sahay-sign-in')!.shadowRoot!;
const options = (app: SahayConsoleApp): HTMLElement[] => [
  ...root(app).querySelector('sahay-inbox')!.shadowRoot!.querySelectorAll<HTMLElement>('[role=option]'),
];

describe('the console', () => {
  before(async () => {
    await worker.start({
      quiet: true,
      onUnhandledFrame: 'bypass',
      serviceWorker: { url: '/mockServiceWorker.js' },
    });
  });
  after(() => worker.stop());
  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
    Object.assign(agents, { codes: new Set(['good']), isSignedIn: false, signIns: 0 });
  });

  it('says how to get a link when nobody is signed in', async () => {
    const app = await opened();
    await waitUntil(() => root(app).querySelector('sahay-sign-in'));
    await settled();
    expect(signIn(app).textContent).to.contain('prints a fresh sign-in link each time it starts');
    await expect(app).to.be.accessible();
  });

  it('uses a link up by the click alone, and says so when it does not work any more', async () => {
    const app = await opened('#sign-in=old');
    await waitUntil(() => signIn(app).querySelector('form'));
    expect(location.hash).to.equal('');
    expect(agents.signIns, 'looking consumes nothing').to.equal(0);
    await expect(app).to.be.accessible();
    signIn(app).querySelector('form')!.requestSubmit();
    await waitUntil(() => signIn(app).textContent.includes('does not work any more'));
    history.pushState(null, '', '#sign-in=good');
    dispatchEvent(new HashChangeEvent('hashchange'));
    await waitUntil(() => signIn(app).querySelector('form'), 'a fresh link in the same tab');
  });

  it('gives large text the layout of a narrow screen, also when the text grows later', async () => {
    agents.isSignedIn = true;
    const app = await opened();
    app.style.inlineSize = '1280px';
    await waitUntil(() => root(app).querySelector('sahay-inbox'));
    const columns = (): number => {
      const shown = ['sahay-inbox', 'sahay-desk'].map((name) => root(app).querySelector<HTMLElement>(name)!);
      return shown.filter((one) => one.checkVisibility()).length;
    };
    const sideways = (): boolean => app.scrollWidth > app.clientWidth;
    await waitUntil(() => columns() === 2, 'list and desk');
    try {
      document.documentElement.style.fontSize = '200%';
      await waitUntil(() => columns() === 1, 'one thing at a time');
      expect(sideways()).to.be.false;
      app.style.inlineSize = '360px';
      await settled();
      expect(sideways()).to.be.false;
      const tabs = root(app).querySelector('sahay-inbox')!.shadowRoot!.querySelector('[role=tablist]')!;
      expect(tabs.scrollWidth, 'all sections are in sight').to.be.at.most(tabs.clientWidth);
    } finally {
      document.documentElement.style.fontSize = '';
    }
    app.style.inlineSize = '1280px';
    await waitUntil(() => columns() === 2, 'list and desk again');
  });

  it('leads from a link to an answer: sign in, see who waits, take over, write', async () => {
    const app = await opened('#sign-in=good');
    await waitUntil(() => signIn(app).querySelector('form'));
    signIn(app).querySelector('form')!.requestSubmit();
    await waitUntil(() => root(app).querySelector('sahay-inbox'));

    const visitor = createSupportClient({ url, storage: 'memory', locale: 'en' });
    const theirs = visitor.conversations.create();
    await (
      await theirs.send('My lamp is broken')
    ).acknowledged;
    await theirs.requestHandoff();
    await waitUntil(() => options(app).length === 1, 'the conversation waits', { timeout: 5000 });
    expect(options(app)[0]!.textContent).to.contain('My lamp is broken').and.contain('Asked for a person');
    await waitUntil(() => document.title.startsWith('(1) Inbox'));
    await expect(app).to.be.accessible();

    options(app)[0]!.click();
    await waitUntil(() => location.hash === `#/inbox/${theirs.id}`);
    await settled();
    const page = new DeskPage(root(app).querySelector<SahayDesk>('sahay-desk')!);
    await waitUntil(() => page.transcript.some((line) => line.includes('My lamp is broken')));
    await page.press('Take over');
    await waitUntil(() => page.field, 'taken over');
    await page.write('A new one leaves today.');
    await page.key(page.field!, 'Enter');
    const last = () => theirs.getSnapshot().messages.at(-1)?.message;
    await waitUntil(() => last()?.author.role === 'agent', 'the visitor has the answer', { timeout: 5000 });
    expect(last()).to.deep.include({ status: 'complete' });
    expect(last()!.parts[0]).to.include({ text: 'A new one leaves today.' });

    await page.mode('note');
    await page.write('She is right.');
    await page.key(page.field!, 'Enter');
    await waitUntil(() =>
      page.transcript.some((line) => line.includes('She is right.') && !line.includes('Saving')),
    );
    const seen = JSON.stringify([...theirs.getSnapshot().messages]);
    expect(seen, 'the visitor never sees a note').to.not.contain('She is right');
    await expect(app).to.be.accessible();

    const signOut = root(app).querySelector<HTMLElement>('nav [title="Sign out"]')!;
    worker.use(http.post(`${url}/v1/agents/sign-out`, () => HttpResponse.error(), { once: true }));
    signOut.click();
    await waitUntil(() => root(app).textContent.includes('you are still signed in'));
    signOut.click();
    await waitUntil(() => root(app).querySelector('sahay-sign-in'));
    await settled();
    expect(signIn(app).textContent).to.contain('You are signed out');
    await waitUntil(() => !agents.isSignedIn);
    await visitor.destroy();
  });
});
