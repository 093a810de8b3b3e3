import type { Browser } from 'puppeteer-core';
import { Person } from './browser.ts';

/** A page whose traffic is written down. */
export interface WatchedPage {
  person: Person;
  /** Requests to the backend: method and path. */
  asked: string[];
  /** Frames that were sent. */
  frames: string[];
  close: () => Promise<void>;
}

/** What a page has stored, of whatever kind. */
export const stored = (person: Person): Promise<string[]> =>
  person.page.evaluate(async () => {
    const kept = [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...document.cookie.split(';'),
    ].filter(Boolean);
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name!);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(new Error('A database cannot be opened.'));
      });
      for (const store of db.objectStoreNames) {
        const keys = await new Promise<IDBValidKey[]>((resolve) => {
          const request = db.transaction(store).objectStore(store).getAllKeys();
          request.onsuccess = () => resolve(request.result);
        });
        kept.push(...keys.map(String));
      }
      db.close();
    }
    return kept;
  });

/** Opens a page whose requests and frames are watched, in a browser that asks for privacy or not. */
export async function watched(browser: Browser, url: string, privacy = false): Promise<WatchedPage> {
  const context = await browser.createBrowserContext();
  const person = await Person.open(context, 'about:blank');
  const asked: string[] = [];
  const frames: string[] = [];
  person.page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/v1') || pathname.startsWith('/.well-known'))
      asked.push(`${request.method()} ${pathname}`);
  });
  const cdp = await person.page.createCDPSession();
  await cdp.send('Network.enable');
  cdp.on('Network.webSocketFrameSent', ({ response }) => frames.push(response.payloadData));
  if (privacy)
    await person.page.evaluateOnNewDocument(() =>
      Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }),
    );
  await person.page.goto(url, { waitUntil: 'load' });
  return { person, asked, frames, close: () => context.close() };
}
