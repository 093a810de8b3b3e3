/** Elements that text must never become. */
const forbidden =
  'script,iframe,frame,object,embed,applet,base,meta,link,style,image,picture,source,area,marquee,math,template,use,animate,set,foreignObject,feImage';
const attributes = /^(?:on|style$|srcdoc$|srcset$|formaction$|action$|ping$|background$|xlink:|is$)/i;
/** What code measured and set, such as where a menu stands: it can neither load nor cover anything that a text chose. */
const lengths = /^(?:(?:left|top|height|padding-block): [\d. -]+px(?: [\d.]+px)?;? ?)+$/;
const loading = new Set(['src', 'poster', 'data', 'ios-src', 'environment-image']);
const followed = /^(?:https?:|mailto:|tel:)/;
const picture = /^data:image\/(?:png|jpe?g|gif|webp)[;,]/;

/** Watches a page in which hostile text is shown: what runs, what is asked of other hosts, what has become more than text. */
export class Inertness {
  /** Everything that went wrong so far. */
  readonly broken: string[] = [];
  readonly #undo: (() => void)[] = [];
  readonly #observer = new PerformanceObserver((list) => this.#requests(list.getEntries()));

  constructor() {
    for (const name of ['alert', 'confirm', 'prompt', 'print'] as const) {
      const before = globalThis[name];
      globalThis[name] = (() => this.broken.push(`${name} ran`)) as never;
      this.#undo.push(() => (globalThis[name] = before as never));
    }
    const { open } = globalThis;
    globalThis.open = (url = '') => {
      if (!followed.test(new URL(url, document.baseURI).href)) this.broken.push(`opened ${String(url)}`);
      return null;
    };
    this.#undo.push(() => (globalThis.open = open));
    // Following a link would end the test; that it is followed is the browser's business.
    const stay = (event: Event): void => {
      if (event.type === 'submit' || event.composedPath().some((one) => one instanceof HTMLAnchorElement))
        event.preventDefault();
    };
    for (const type of ['click', 'auxclick', 'submit']) {
      document.addEventListener(type, stay, true);
      this.#undo.push(() => document.removeEventListener(type, stay, true));
    }
    this.#observer.observe({ type: 'resource' });
  }

  #requests(entries: readonly PerformanceEntry[]): void {
    for (const { name } of entries)
      if (/^(?:https?|wss?):/.test(name) && new URL(name).host !== location.host)
        this.broken.push(`asked ${name}`);
  }

  /** Looks at every element below a root, through all shadow roots. */
  look(root: ParentNode): void {
    for (const element of everything(root)) {
      if (element.matches(forbidden)) this.broken.push(`element ${element.localName}`);
      for (const attribute of element.attributes) this.#attribute(element, attribute);
    }
  }

  #attribute(element: Element, { name, value }: Attr): void {
    const wrong = (): unknown => this.broken.push(`${element.localName} ${name}=${value.slice(0, 200)}`);
    if (attributes.test(name) && !(name === 'style' && lengths.test(value))) wrong();
    if (loading.has(name) && !isOwn(value)) wrong();
    if (name !== 'href') return;
    const rel = element.getAttribute('rel') ?? '';
    if (!followed.test(value)) wrong();
    if (/^https?:/.test(value) && !(/\bnoopener\b/.test(rel) && /\bnoreferrer\b/.test(rel))) wrong();
  }

  /** Presses every button and link below a root, as a curious person would. */
  press(root: ParentNode): void {
    for (const element of everything(root))
      // One that a click before took out of the page would lead away unseen.
      if (
        element instanceof HTMLElement &&
        element.isConnected &&
        element.matches('button, a, summary, label')
      )
        element.click();
  }

  /** Waits for what has been asked of the network to be known, and ends watching. */
  async end(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 300));
    this.#requests(this.#observer.takeRecords());
    this.#observer.disconnect();
    for (const undo of this.#undo) undo();
  }
}

function isOwn(value: string): boolean {
  if (picture.test(value)) return true;
  return URL.canParse(value, document.baseURI) && new URL(value, document.baseURI).origin === location.origin;
}

function everything(root: ParentNode): Element[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    element,
    ...(element.shadowRoot ? everything(element.shadowRoot) : []),
  ]);
}
