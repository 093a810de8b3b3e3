import type { SupportClient } from '@sahay/client';
import type { BeforeSendDetail, SendDetail } from '../chat/chat-events.ts';
import { chatPath, closePath } from '../icons/launcher-paths.ts';
import type { Listens } from '../internal/listens.ts';
import { surroundingLanguages } from '../internal/surrounding-languages.ts';
import { launcherStringsFor } from '../locales/launcher-strings.ts';
import type { ActionDetail } from '../parts/act.ts';
import type { FormSubmitDetail } from '../parts/form.ts';
import type { PartDetail } from '../parts/part-slot.ts';
import { bubbleStyles } from './bubble.styles.ts';
import './early.ts';
import { h, icon } from './nodes.ts';

/** An offer of help shown beside the closed bubble. */
export interface Teaser {
  text: string;
  /** Why it is shown; always said to the visitor. */
  reason?: string | undefined;
  /** Who says it. */
  author?: string | undefined;
}

/** What the events of the bubble carry. */
export interface SahayBubbleEventMap {
  'sahay-ready': CustomEvent<undefined>;
  'sahay-before-open': CustomEvent<undefined>;
  'sahay-open': CustomEvent<undefined>;
  'sahay-before-close': CustomEvent<undefined>;
  'sahay-close': CustomEvent<undefined>;
  'sahay-unread-change': CustomEvent<{ count: number }>;
  'sahay-error': CustomEvent<{ error: unknown }>;
  'sahay-before-send': CustomEvent<BeforeSendDetail>;
  'sahay-send': CustomEvent<SendDetail>;
  'sahay-part': CustomEvent<PartDetail>;
  'sahay-action': CustomEvent<ActionDetail>;
  'sahay-form-submit': CustomEvent<FormSubmitDetail>;
}

/** The window the bubble opens; it arrives only once somebody shows intent. */
type ChatWindow = HTMLElement & { client: SupportClient | undefined };

const passedOn = ['server', 'locale', 'heading', 'color-scheme'] as const;
/** Attributes that are custom properties too. */
const placed = ['offset-block', 'offset-inline', 'z-index'];

/** On a server there are no elements; the class must load there all the same. */
const Base = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);
/** Whether an open bubble left the page just now, with no pause since: the one that takes its place goes on where it stood. */
let leftOpen = false;
/** What `open` says where it was opened while the page stood, and not by the page's own markup. */
const byHand = 'now';

/**
 * The launcher: a round button that opens the chat window. A plain element without Lit; the window, the client and
 * the connection arrive on intent (hover, focus, tap). Nothing is sent or stored before that.
 *
 * @example
 * <sahay-bubble server="https://support.example.com" locale="bn"></sahay-bubble>
 *
 * @tagname sahay-bubble
 * @attr server - The backend's address. Default: where the script came from, or the page's own origin.
 * @attr locale - The language (BCP 47). Default: the page's, then the browser's.
 * @attr heading - The window's title.
 * @attr {auto|light|dark} color-scheme - Default `auto`.
 * @attr {end|start} position - The corner. Default `end`.
 * @attr offset-block - Distance from the bottom edge, any CSS length. Default `20px`.
 * @attr offset-inline - Distance from the side, any CSS length. Default `20px`.
 * @attr z-index - Where it stands above the page. Default 1000.
 * @attr avoid - A selector of what stands at the bottom of the page: the bubble rises above it while it is there.
 * @attr {auto|top} layer - `top`: above every z-index, and within reach while a modal dialog is open. Default `auto`.
 * @attr {boolean} open - Whether the window is open.
 * @attr {boolean} hidden - Hides the bubble, and the window with it.
 *
 * @fires {CustomEvent<undefined>} sahay-ready - The window has arrived.
 * @fires {CustomEvent<undefined>} sahay-before-open - About to open; cancel it to keep it closed.
 * @fires {CustomEvent<undefined>} sahay-open - The window was opened.
 * @fires {CustomEvent<undefined>} sahay-before-close - About to close; cancel it to keep it open.
 * @fires {CustomEvent<undefined>} sahay-close - The window was closed.
 * @fires {CustomEvent<{count: number}>} sahay-unread-change - The number of unread messages changed.
 * @fires {CustomEvent<{error: unknown}>} sahay-error - The window could not be loaded, or something a person asked for could not be done.
 * @fires {CustomEvent<BeforeSendDetail>} sahay-before-send - From the window: a message is about to be sent; cancel the event to keep it in the field.
 * @fires {CustomEvent<SendDetail>} sahay-send - From the window: a message was taken; it will arrive, once.
 * @fires {CustomEvent<PartDetail>} sahay-part - From the window: a part of the page's own (`x-…`) is shown, see `<sahay-chat>`.
 * @fires {CustomEvent<ActionDetail>} sahay-action - From the window: a button of a message was pressed; cancel the event to do yourself what it stands for.
 * @fires {CustomEvent<FormSubmitDetail>} sahay-form-submit - From the window: the answers of a form are about to be sent; cancel the event to send them yourself.
 *
 * @slot - A launcher of your own, shown inside the round button.
 * @csspart launcher - The round button.
 * @csspart badge - The unread count.
 * @csspart teaser - The offer beside the bubble.
 * @csspart panel - The frame of the window.
 * @csspart header, transcript, bubble, composer, send - And all other parts of the window, see `<sahay-chat>`.
 *
 * @cssprop [--sahay-accent=#0b6452] - Colour of the launcher.
 * @cssprop [--sahay-offset-block=20px] - Distance from the bottom edge.
 * @cssprop [--sahay-offset-inline=20px] - Distance from the side.
 * @cssprop [--sahay-z-index=1000] - Where it stands above the page.
 */
export class SahayBubble extends Base {
  static readonly observedAttributes = [
    ...passedOn,
    ...placed,
    'open',
    'hidden',
    'position',
    'avoid',
    'layer',
  ];

  declare addEventListener: Listens<SahayBubbleEventMap>;
  declare removeEventListener: Listens<SahayBubbleEventMap>;

  /** Resolves once the window has arrived and is drawn; does not fetch it. */
  readonly ready = new Promise<void>((done) => this.addEventListener('sahay-ready', () => done()));

  #client: SupportClient | undefined;
  #chat: ChatWindow | undefined;
  #loading: Promise<void> | undefined;
  #unread = 0;
  #teaser: Teaser | undefined;
  /** Where the focus was when somebody opened it. */
  #opener: HTMLElement | undefined;
  #openedHere = false;
  #furnishing: Promise<void> | undefined;
  #arrange: (() => void) | undefined;
  readonly #styles = new CSSStyleSheet();

  /** A server may have drawn it: then its nodes are taken over as they are. */
  readonly #root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
  readonly #panel = this.#part('div', { class: 'panel', part: 'panel', role: 'dialog', hidden: '' });
  readonly #launcher = this.#part('button', {
    class: 'launcher',
    part: 'launcher',
    type: 'button',
    'aria-haspopup': 'dialog',
  });
  readonly #slot = h('slot');
  readonly #icon = h('span');

  constructor() {
    super();
    this.#styles.replaceSync(bubbleStyles);
    this.#root.adoptedStyleSheets = [this.#styles];
    this.#launcher.replaceChildren(this.#slot, this.#icon);
    this.#slot.addEventListener('slotchange', () => this.#draw());
    this.#launcher.addEventListener('click', () => this.toggle());
    // A finger enters, too, when it touches.
    for (const intent of ['pointerenter', 'focus'] as const)
      this.#launcher.addEventListener(intent, () => void this.load());
    const hear = (type: string, act: (event: Event) => void): void => this.#panel.addEventListener(type, act);
    hear('sahay-close', (event) => {
      event.stopPropagation();
      this.close();
    });
    hear('sahay-unread-change', (event) => {
      event.stopPropagation();
      this.#count((event as SahayBubbleEventMap['sahay-unread-change']).detail.count);
    });
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.isOpen || event.defaultPrevented) return;
      event.preventDefault();
      this.close();
    });
  }

  /** The client to talk through; without one, the window makes one for `server`. Several elements may share it. */
  get client(): SupportClient | undefined {
    return this.#client;
  }
  set client(client: SupportClient | undefined) {
    this.#client = client;
    if (this.#chat && client) this.#chat.client = client;
    this.#draw();
  }

  /** The language (BCP 47): the attribute, else the page's, else the browser's. */
  get locale(): string {
    return this.#languages.find((tag) => tag) ?? 'en';
  }
  set locale(locale: string) {
    this.setAttribute('locale', locale);
  }

  /** How many messages have not been read. */
  get unreadCount(): number {
    return this.#unread;
  }

  /** An offer shown beside the closed bubble; `undefined` takes it away. */
  get teaser(): Teaser | undefined {
    return this.#teaser;
  }
  set teaser(teaser: Teaser | undefined) {
    this.#teaser = teaser;
    this.#draw();
  }

  /** Whether the window is open. */
  get isOpen(): boolean {
    return this.hasAttribute('open');
  }

  /** Shows the bubble. */
  show(): void {
    this.hidden = false;
  }

  /** Hides the bubble, and the window with it; the conversation goes on. */
  hide(): void {
    this.hidden = true;
  }

  /** Opens the window; before it has loaded, a placeholder stands in its place at once. */
  open(): void {
    if (this.isOpen || !this.#announce('sahay-before-open')) return;
    this.#opener = (document.activeElement ?? this) as HTMLElement;
    this.#open();
  }

  /** Closes the window and gives focus back to the bubble. */
  close(): void {
    if (!this.isOpen || !this.#announce('sahay-before-close')) return;
    this.removeAttribute('open');
  }

  /** Opens or closes the window. */
  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  /** Fetches the window without opening it, once; a failed attempt is shown, and repeated while the window is open. */
  load(): Promise<void> {
    return (this.#loading ??= this.#fetchWindow());
  }

  connectedCallback(): void {
    this.#upgrade('client');
    this.#upgrade('teaser');
    this.#draw();
    // A framework may put the new one in before it takes the old one out.
    const goOn = (): void => void (leftOpen && this.isConnected && this.#open());
    goOn();
    queueMicrotask(goOn);
    // The link of an e-mail leads back into its conversation.
    if (remembered() || location.hash.includes('sahay-'))
      setTimeout(() => this.isConnected && void this.load(), 1000);
  }

  disconnectedCallback(): void {
    this.#arrange?.();
    leftOpen = this.isOpen;
    queueMicrotask(() => (leftOpen = false));
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after) return;
    if (name === 'open') this.#toggled(after ?? before!, after !== null);
    else if (placed.includes(name))
      (this.#styles.cssRules[0] as CSSStyleRule).style.setProperty('--sahay-' + name, after);
    else if (this.#chat) this.#passOn(this.#chat);
    this.#draw();
  }

  #part<K extends 'div' | 'button'>(tag: K, attributes: Record<string, string>): HTMLElementTagNameMap[K] {
    return (
      this.#root.querySelector<HTMLElementTagNameMap[K]>('.' + attributes['class']) ??
      this.#root.appendChild(h(tag, attributes))
    );
  }

  /** A property set before the element was defined must not hide the accessor. */
  #upgrade(name: 'client' | 'teaser'): void {
    if (!Object.hasOwn(this, name)) return;
    const value: unknown = this[name];
    const own = this as Record<typeof name, unknown>;
    delete (own as Partial<typeof own>)[name];
    own[name] = value;
  }

  /** The wanted languages, the best first. */
  get #languages(): (string | null)[] {
    return [this.getAttribute('locale'), ...surroundingLanguages(this)];
  }

  /** Whether nobody cancelled it; of what has happened already nobody asks. */
  #announce(type: keyof SahayBubbleEventMap, detail?: unknown): boolean {
    return this.dispatchEvent(
      new CustomEvent(type, { bubbles: true, composed: true, cancelable: true, detail }),
    );
  }

  #open(): void {
    this.#openedHere = true;
    this.setAttribute('open', byHand);
  }

  #toggled(how: string, open: boolean): void {
    // A copy of one that somebody had opened, out of a cache of pages: she may have closed it since, and the one that leaves tells.
    if (how === byHand && !this.#openedHere) return this.removeAttribute('open');
    // Whoever is busy elsewhere on the page is not called back.
    const isFree = this.#root.activeElement ?? document.activeElement === document.body;
    this.#panel.hidden = !open;
    if (open) {
      const opener = this.#opener;
      const free = [opener, opener && document.body];
      void this.load().then(
        () => this.isOpen && free.includes(document.activeElement as HTMLElement) && this.#chat?.focus(),
      );
    } else if (isFree) {
      this.#launcher.focus();
      // Where the launcher was what opened it, this does nothing.
      this.#opener?.focus({ preventScroll: true });
      this.#opener = undefined;
    }
    this.#announce(open ? 'sahay-open' : 'sahay-close');
  }

  async #fetchWindow(): Promise<void> {
    const served = this.#panel.querySelector<ChatWindow>('sahay-chat');
    if (!this.#panel.firstChild) this.#hold({ 'aria-busy': 'true' }, h('i'), h('i'), h('i'));
    // Set before it is defined, it is what the window begins with.
    if (served && this.#client) served.client = this.#client;
    try {
      const { createChat } = await import('./window.ts');
      const chat = served ?? createChat();
      this.#passOn(chat);
      chat.toggleAttribute('closable', true);
      if (this.#client) chat.client = this.#client;
      this.#chat = chat;
      if (!served) this.#panel.replaceChildren(chat);
      this.#draw();
    } catch (error) {
      this.#loading = undefined;
      this.#showFailure();
      this.#announce('sahay-error', { error });
    }
  }

  /** What few pages and visits need arrives when it is needed: see `furnish`. */
  #furnish(): void {
    this.#furnishing ??= import('./furnish.ts').then(
      ({ furnish }) => {
        this.#arrange = furnish(this, this.#panel, this.#launcher, this.#styles);
        this.#draw();
      },
      (error: unknown) => {
        this.#furnishing = undefined;
        this.#announce('sahay-error', { error });
      },
    );
  }

  #passOn(chat: HTMLElement): void {
    for (const name of passedOn) {
      const value = name === 'locale' ? this.locale : this.getAttribute(name);
      if (value === null) chat.removeAttribute(name);
      else chat.setAttribute(name, value);
    }
  }

  /** Puts something in the window's place. */
  #hold(attributes: Record<string, string>, ...content: HTMLElement[]): void {
    const place = h('div', { class: 'wait', ...attributes });
    place.append(...content);
    this.#panel.replaceChildren(place);
  }

  /** Says once that the window could not be fetched, and tries again as long as somebody waits for it. */
  #showFailure(): void {
    setTimeout(() => void (this.isOpen && this.load()), 3000);
    if (this.#panel.querySelector('[role=alert]')) return;
    const again = h('button', { type: 'button' });
    again.append('↻ ', launcherStringsFor(this.#languages).strings.loadFailed);
    again.addEventListener('click', () => void this.load());
    this.#hold({ role: 'alert' }, again);
  }

  #draw(): void {
    const { tag, strings } = launcherStringsFor(this.#languages);
    const open = this.isOpen;
    this.#launcher.hidden = false;
    this.#launcher.lang = tag;
    this.#launcher.setAttribute('aria-expanded', String(open));
    this.#launcher.setAttribute('aria-label', open ? strings.closeChat : strings.openChat);
    this.#panel.setAttribute('aria-label', this.getAttribute('heading') || strings.chat);
    this.#icon.replaceChildren(icon(open ? closePath : chatPath));
    // A launcher of the page's own; space is none, nor is a shadow root that was not read as one, nor what goes into the window.
    this.#icon.hidden = (this.#slot.assignedNodes() as Partial<Text & Element>[]).some(
      (node) => node.data?.trim() ?? node.localName !== 'template',
    );
    if (this.#arrange) this.#arrange();
    else if (this.#client || this.#teaser || this.#chat || this.matches('[open],[avoid],[layer]'))
      this.#furnish();
  }

  #count(count: number): void {
    if (count === this.#unread) return;
    this.#unread = count;
    this.#draw();
    this.#announce('sahay-unread-change', { count });
  }
}

/** Storage may be forbidden; then unread messages are counted once the window was opened. */
function remembered(): boolean {
  try {
    return 'sahay-conversation' in localStorage;
  } catch {
    return false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-bubble': SahayBubble;
  }
}
