import puppeteer, { type Browser, type BrowserContext, type ElementHandle, type Page } from 'puppeteer-core';
import { chromiumArgs, findChromium } from '../../scripts/browser.mjs';

declare function __deepText(root: Node, everything?: boolean): string;

/** A headless Chromium; `args` are more switches for it. */
export const launchBrowser = (...args: string[]): Promise<Browser> =>
  puppeteer.launch({ ...findChromium(), args: [...chromiumArgs, ...args] });

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

  /** The element with this role and name, as assistive technology is told. */
  async find(role: string, name: string | RegExp): Promise<ElementHandle<HTMLElement>> {
    if (typeof name === 'string')
      return (await this.page.waitForSelector(`::-p-aria([role="${role}"][name="${name}"])`, {
        timeout: patience,
      })) as ElementHandle<HTMLElement>;
    const deadline = Date.now() + patience;
    for (;;) {
      for (const element of await this.page.$$(`::-p-aria([role="${role}"])`)) {
        const { name: found } = (await this.#axNode(element)) ?? {};
        if (found !== undefined && name.test(found)) return element as ElementHandle<HTMLElement>;
      }
      if (Date.now() > deadline)
        throw new Error(
          `No ${role} is named ${String(name)}. The page says:\n${(await this.text()).slice(-4000)}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #axNode(element: ElementHandle): Promise<{ name?: string } | undefined> {
    const node = await this.page.accessibility.snapshot({ root: element, interestingOnly: false });
    return node ? { name: node.name ?? '' } : undefined;
  }

  async click(role: string, name: string | RegExp): Promise<void> {
    const element = await this.find(role, name);
    await element.evaluate((node) => node.scrollIntoView({ block: 'nearest' }));
    await element.evaluate((node) => node.click());
  }

  /** Types into the field with this name and presses Enter. */
  async say(field: string | RegExp, text: string): Promise<void> {
    const box = await this.find('textbox', field);
    await box.focus();
    await box.type(text);
    await this.page.keyboard.press('Enter');
  }

  /** Gives a file to the page's file chooser. */
  async chooseFile(path: string): Promise<void> {
    const input = await this.page.waitForSelector('>>> input[type=file]', { timeout: patience });
    if (!input) throw new Error('There is no file field on the page.');
    await input.uploadFile(path);
  }

  /** Waits until a picture with this text alternative has loaded. */
  async seesImage(name: string): Promise<void> {
    await this.page.waitForSelector(`>>> img[alt*="${name}"]`, { timeout: patience });
    await this.page.waitForFunction(
      (wanted) => {
        const images = (root: ParentNode): HTMLImageElement[] => [
          ...root.querySelectorAll('img'),
          ...[...root.querySelectorAll('*')].flatMap((element) =>
            element.shadowRoot ? images(element.shadowRoot) : [],
          ),
        ];
        return images(document).some(
          (image) => image.alt.includes(wanted) && image.complete && image.naturalWidth > 0,
        );
      },
      { timeout: patience, polling: 100 },
      name,
    );
  }

  /** Waits until the words can be read on the page (or within an element); with `names`, also where only assistive technology is told. */
  async reads(words: string | RegExp, timeout = patience, names = false, within = 'body'): Promise<void> {
    const source = words instanceof RegExp ? words.source : words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    try {
      await this.page.waitForFunction(
        (pattern, everything, selector) => {
          const root = document.querySelector(selector);
          return root !== null && new RegExp(pattern).test(__deepText(root, everything));
        },
        { timeout, polling: 100 },
        source,
        names,
        within,
      );
    } catch (cause) {
      throw new Error(
        `The page does not say ${String(words)}. It says:\n${(await this.text()).slice(-4000)}`,
        { cause },
      );
    }
  }

  /** Waits until the words are gone. */
  async readsNoMore(words: string): Promise<void> {
    for (let turn = 0; (await this.count(words)) > 0; turn++) {
      if (turn === 300) throw new Error(`The page still says ${words}.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** All that can be read on the page, or in the first element that the selector finds, through shadow roots and slots. */
  text(within = 'body'): Promise<string> {
    return this.page.evaluate((selector) => {
      const root = document.querySelector(selector);
      return root ? __deepText(root) : '';
    }, within);
  }

  /** How often the words stand on the page, or within an element. */
  async count(words: string, within = 'body'): Promise<number> {
    return (await this.text(within)).split(words).length - 1;
  }
}

function deepText(root: Node, everything = false): string {
  const label = (everything && root instanceof Element && root.getAttribute('aria-label')) || '';
  if (root.nodeType === 3) return root.nodeValue ?? '';
  if (root instanceof Element) {
    if (['SCRIPT', 'STYLE', 'TEMPLATE'].includes(root.tagName)) return '';
    const style = getComputedStyle(root);
    if (style.display === 'none' || style.visibility === 'hidden') return '';
    if (
      !everything &&
      (['polite', 'assertive'].includes(root.getAttribute('aria-live') ?? '') ||
        root.classList.contains('hidden-visually'))
    )
      return '';
  }
  const children =
    root instanceof HTMLSlotElement && root.assignedNodes().length
      ? root.assignedNodes()
      : [...((root instanceof Element && root.shadowRoot) || root).childNodes];
  return [label, ...children.map((child) => deepText(child, everything))].join(' ').replace(/\s+/g, ' ');
}

/** Runs in the page: pages that forbid eval cannot be given functions as text, so it is installed before the page's own code. */
const installReader = (reader: string): string => `globalThis.__deepText = ${reader};`;
