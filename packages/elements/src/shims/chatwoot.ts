/** Answers the `chatwootSDK` and `$chatwoot` calls that a site has already; for a page with `loader.js` on it. Documented in docs/moving.md. */
import { ask, listen, positionOf, showLauncher, tell, toldOf, unknownCall } from './shim.ts';

interface ChatwootSettings {
  hideMessageBubble?: boolean;
  position?: 'left' | 'right';
  locale?: string;
  darkMode?: 'light' | 'dark' | 'auto';
  [other: string]: unknown;
}

type Facts = Record<string, string | number | boolean | null>;

declare global {
  var chatwootSettings: ChatwootSettings | undefined;
  var chatwootSDK: { run(options?: object): void } | undefined;
  var $chatwoot: object | undefined;
}

/** Of a user: what is no fact about her. */
const noFacts = ['avatar_url', 'identifier_hash'];
const schemes: Record<string, string> = { light: 'light', dark: 'dark', auto: 'auto' };

/** The widget as the page sees it. */
const widget = {
  hasLoaded: false,
  isOpen: false,
  hideMessageBubble: false,
  toggle: (state?: string) => ask(state === 'open' ? 'open' : state === 'close' ? 'close' : 'toggle'),
  toggleBubbleVisibility: (visibility: string) => {
    widget.hideMessageBubble = visibility === 'hide';
    showLauncher(!widget.hideMessageBubble);
  },
  setUser: (identifier: string, user: Record<string, unknown> = {}) => {
    const { phone_number: phone, custom_attributes: custom, ...rest } = user;
    tell(toldOf({ identifier, phone, ...rest, ...(custom as Record<string, unknown> | undefined) }, noFacts));
    if (user['identifier_hash'])
      unknownCall(
        'identifier_hash of $chatwoot.setUser',
        "A known visitor needs a token that the Sahay server can verify: sahay('identify', getToken).",
      );
  },
  setCustomAttributes: (attributes: Facts) => tell(toldOf({ ...attributes })),
  setConversationCustomAttributes: (attributes: Facts) => tell(toldOf({ ...attributes })),
  deleteCustomAttribute: (name: string) => ask('tell', { attributes: { [name]: null } }),
  deleteConversationCustomAttribute: (name: string) => ask('tell', { attributes: { [name]: null } }),
  setLabel: (label: string) => ask('tell', { attributes: { [`label_${label}`]: true } }),
  removeLabel: (label: string) => ask('tell', { attributes: { [`label_${label}`]: null } }),
  setLocale: (locale: string) => ask('set', { locale: locale.replace('_', '-') }),
  setColorScheme: (scheme: string) => ask('set', { 'color-scheme': schemes[scheme] ?? null }),
  reset: () => ask('logout'),
};

function says(name: string, detail?: unknown): void {
  dispatchEvent(new CustomEvent(`chatwoot:${name}`, { detail }));
}

function run(): void {
  if (globalThis.$chatwoot) return;
  globalThis.$chatwoot = new Proxy(widget, {
    get(target, name): unknown {
      if (name in target || typeof name === 'symbol') return Reflect.get(target, name);
      return () => unknownCall(`$chatwoot.${name}()`);
    },
  });
  const { hideMessageBubble, position, locale, darkMode, useBrowserLanguage } =
    globalThis.chatwootSettings ?? {};
  if (position) ask('set', positionOf(position));
  if (locale && !useBrowserLanguage) widget.setLocale(locale);
  if (darkMode) widget.setColorScheme(darkMode);
  if (hideMessageBubble) widget.toggleBubbleVisibility('hide');
  listen('open', () => {
    widget.isOpen = true;
    says('opened');
  });
  listen('close', () => {
    widget.isOpen = false;
    says('closed');
  });
  listen('unread-change', ({ detail }) => (detail as { count: number }).count && says('on-message', detail));
  listen('error', ({ detail }) => says('error', detail));
  ask(() => {
    widget.hasLoaded = true;
    says('ready');
  });
}

globalThis.chatwootSDK = { run };
// A page that loads this file by a tag of its own has nothing to call when it is there.
if ((document.currentScript as HTMLScriptElement | null)?.dataset['run'] !== undefined) run();
