/** Answers the `zE(…)` calls that a site has already, of the messaging widget and the classic one; for a page with `loader.js` on it. Documented in docs/moving.md. */
import { ask, listen, positionOf, tell, toldOf, unknownCall } from './shim.ts';

type Call = (...args: unknown[]) => unknown;
type Facts = Record<string, unknown>;
interface ZendeskFunction extends Call {
  /** Calls that a snippet has kept. */
  q?: ArrayLike<unknown>[];
  _?: ArrayLike<unknown>[];
}

declare global {
  var zE: ZendeskFunction | undefined;
  var zESettings: { webWidget?: Facts } | undefined;
}

let isOpen = false;
listen('open', () => (isOpen = true));
listen('close', () => (isOpen = false));

const open = (): void => {
  ask('show');
  ask('open');
};
const common: Record<string, Call> = {
  open,
  close: () => ask('close'),
  show: () => ask('show'),
  hide: () => ask('hide'),
};

/** What a token's callback hears, once; Zendesk fetches one the same way. */
function loginUser(fetchToken: unknown, done?: unknown): void {
  const getToken = (): Promise<string> =>
    new Promise((resolve) => (fetchToken as (give: (token: string) => void) => void)(resolve));
  ask('identify', getToken);
  if (typeof done === 'function') (done as Call)(null);
}

const messenger: Record<string, Call> = {
  ...common,
  loginUser,
  logoutUser: () => ask('logout'),
};
const messengerSettings: Record<string, Call> = {
  locale: (locale) => ask('set', { locale: String(locale) }),
  zIndex: (index) => ask('set', { 'z-index': Number(index) }),
  conversationFields: (fields) =>
    tell(
      toldOf(
        Object.fromEntries(
          (fields as { id: string; value: unknown }[]).map(({ id, value }) => [`field_${id}`, value]),
        ),
      ),
    ),
  conversationTags: (tags) =>
    tell(toldOf(Object.fromEntries((tags as string[]).map((tag) => [`tag_${tag}`, true])))),
};

/** `{ name: { value: 'Rina', readOnly: true } }`, or plain values. */
const plain = (fields: unknown): Facts =>
  Object.fromEntries(
    Object.entries((fields ?? {}) as Facts).map(([key, field]) => [
      key,
      typeof field === 'object' && field !== null && 'value' in field ? field.value : field,
    ]),
  );

const classic: Record<string, Call> = {
  ...common,
  toggle: () => ask('toggle'),
  identify: (user) => tell(toldOf(plain(user))),
  prefill: (user) => tell(toldOf(plain(user))),
  setLocale: (locale) => ask('set', { locale: String(locale) }),
  logout: () => ask('logout'),
  reset: () => ask('close'),
  clear: () => ask('new'),
  updateSettings: (settings) => takeSettings(settings as typeof globalThis.zESettings),
  updatePath: () => undefined,
  'chat:send': (text) => ask('send', String(text)),
};

const events: Record<string, [event: string, heard: (call: Call) => (event: CustomEvent) => void]> = {
  open: ['open', (call) => () => call()],
  close: ['close', (call) => () => call()],
  unreadMessages: [
    'unread-change',
    (call) =>
      ({ detail }) =>
        call((detail as { count: number }).count),
  ],
};
events['chat:unreadMessages'] = events['unreadMessages']!;

function on(widget: string, name: unknown, heard: unknown): unknown {
  const event = Object.hasOwn(events, String(name)) ? events[String(name)] : undefined;
  if (event && typeof heard === 'function') return listen(event[0], event[1](heard as Call));
  return unknownCall(`zE('${widget}', '${String(name)}')`);
}

function get(widget: string, name: unknown): unknown {
  if (name === 'display') return isOpen ? 'chat' : 'launcher';
  return unknownCall(`zE('${widget}', '${String(name)}')`, 'It is undefined.');
}

function takeSettings(settings: typeof globalThis.zESettings): void {
  const { position, offset, zIndex } = settings?.webWidget ?? {};
  const { horizontal, vertical } = (offset ?? {}) as { horizontal?: string; vertical?: string };
  const side = (position as { horizontal?: string } | undefined)?.horizontal;
  ask('set', {
    ...(side && positionOf(side)),
    ...(horizontal && { 'offset-inline': horizontal }),
    ...(vertical && { 'offset-block': vertical }),
    ...(typeof zIndex === 'number' && { 'z-index': zIndex }),
  });
}

function call(widget: unknown, name: unknown, ...args: unknown[]): unknown {
  // The oldest form runs a function once the widget is there.
  if (typeof widget === 'function') return ask(() => (widget as Call)());
  const full = String(widget);
  if (full === 'messenger:on' || full === 'webWidget:on') return on(full, name, args[0]);
  if (full === 'webWidget:get' || full === 'messenger:get') return get(full, name);
  const tables: Record<string, Record<string, Call>> = {
    messenger,
    'messenger:set': messengerSettings,
    webWidget: classic,
  };
  const table = Object.hasOwn(tables, full) ? tables[full]! : {};
  const known = Object.hasOwn(table, String(name)) ? table[String(name)] : undefined;
  if (known) return known(...args);
  return unknownCall(`zE('${full}', '${String(name)}')`);
}

const earlier = globalThis.zE?.q ?? globalThis.zE?._ ?? [];
globalThis.zE = Object.assign(call, {
  // As they were called before commands had names.
  activate: open,
  show: () => ask('show'),
  hide: () => ask('hide'),
  setLocale: (locale: string) => ask('set', { locale }),
  identify: (user: Facts) => tell(toldOf(plain(user))),
});
if (globalThis.zESettings) takeSettings(globalThis.zESettings);
for (const waiting of Array.from(earlier)) globalThis.zE(...Array.from(waiting));
