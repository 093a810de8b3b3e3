import puppeteer, { type Browser, type BrowserContext, type ElementHandle, type Page } from 'puppeteer-core';
import { chromiumArgs, findChromium } from '../../scripts/browser.mjs';

declare function __deepText(root: Node): string;

/** A headless Chromium. */
export const launchBrowser = (): Promise<Browser> =>
  puppeteer.launch({ ...findChromium(), args: chromiumArgs } as Parameters<typeof puppeteer.launch>[0]);

/** How long anything a person waits for may take, in ms. */
const patience = 20_000;

/** A page, as the person in front of it sees and uses it: by names and words, through all shadow roots. */
export class Person {
  readonly page: Page;
  /** What the page complained about: errors, failed policies. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(`error: ${String(error)}`));
    page.on('console', (message) => {
      if (
        message.type() === 'error' &&
        !/WebSocket connection|net::ERR_|Failed to load resource/.test(message.text())
      )
        this.complaints.push(`console: ${message.text()}`);
    });
  }

  static async open(context: BrowserContext | Browser, url: string, locale = 'en'): Promise<Person> {
    const page = await context.newPage();
    const person = new Person(page);
    await page.setViewport({ width: 1280, height: 900 });
    await page.setExtraHTTPHeaders({ 'accept-language': locale });
    await page.evaluateOnNewDocument((language) => {
      Object.defineProperty(navigator, 'language', { get: () => language });
      Object.defineProperty(navigator, 'languages', { get: () => [language] });
    }, locale);
    await page.evaluateOnNewDocument(installReader(deepText.toString()));
    await page.goto(url, { waitUntil: 'load' });
    return person;
  }

  /** The element with this role and name. */
  find(role: string, name: string): Promise<ElementHandle> {
    return this.page
      .waitForSelector(`::-p-aria([role="${role}"][name="${name}"])`, { timeout: patience })
      .then((found) => found as ElementHandle);
  }

  async click(role: string, name: string): Promise<void> {
    const element = await this.find(role, name);
    await element.evaluate((node) => (node as HTMLElement).scrollIntoView({ block: 'nearest' }));
    await element.click();
  }

  /** Types into the field with this name and presses Enter. */
  async say(field: string, text: string): Promise<void> {
    const box = await this.find('textbox', field);
    await box.click();
    await box.type(text);
    await this.page.keyboard.press('Enter');
  }

  /** Waits until the words can be read somewhere on the page. */
  async reads(words: string | RegExp, timeout = patience): Promise<void> {
    const source = words instanceof RegExp ? words.source : words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    try {
      await this.page.waitForFunction(
        (pattern) => new RegExp(pattern).test(__deepText(document.body)),
        { timeout, polling: 100 },
        source,
      );
    } catch (cause) {
      const text = await this.text();
      throw new Error(`The page does not say ${String(words)}. It says:\n${text.slice(0, 4000)}`, { cause });
    }
  }

  /** All that can be read on the page, through shadow roots and slots. */
  text(): Promise<string> {
    return this.page.evaluate(() => __deepText(document.body));
  }

  /** How often the words stand on the page. */
  async count(words: string): Promise<number> {
    return (await this.text()).split(words).length - 1;
  }
}

function deepText(root: Node): string {
  if (root.nodeType === 3) return root.nodeValue ?? '';
  if (root instanceof Element) {
    if (['SCRIPT', 'STYLE', 'TEMPLATE'].includes(root.tagName)) return '';
    const style = getComputedStyle(root);
    if (style.display === 'none' || style.visibility === 'hidden') return '';
    if (root.getAttribute('aria-live') || root.classList.contains('hidden-visually')) return '';
  }
  const children =
    root instanceof HTMLSlotElement && root.assignedNodes().length
      ? root.assignedNodes()
      : [...((root instanceof Element && root.shadowRoot) || root).childNodes];
  return children
    .map((child) => deepText(child))
    .join(' ')
    .replace(/\s+/g, ' ');
}

/** Runs in the page: pages that forbid eval cannot be given functions as text, so it is installed before the page's own code. */
const installReader = (reader: string): string =>
  `globalThis.__deepText = ${reader.replaceAll('deepText', 'globalThis.__deepText')};`;
