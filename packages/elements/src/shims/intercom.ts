/** Answers the `Intercom(…)` calls that a site has already; for a page with `loader.js` on it. Documented in docs/moving.md. */
import { ask, listen, positionOf, showLauncher, tell, toldOf, unknownCall } from './shim.ts';

type Call = (...args: unknown[]) => unknown;
interface IntercomFunction extends Call {
  q?: ArrayLike<unknown>[];
}

declare global {
  var Intercom: IntercomFunction | undefined;
  var intercomSettings: Record<string, unknown> | undefined;
}

/** Settings that are no facts about a person. */
const settings = [
  'app_id',
  'api_base',
  'user_hash',
  'intercom_user_jwt',
  'session_duration',
  'alignment',
  'horizontal_padding',
  'vertical_padding',
  'hide_default_launcher',
  'custom_launcher_selector',
  'language_override',
  'action_color',
  'background_color',
  'z_index',
];

const px = (value: unknown): string | null => (value === undefined ? null : `${Number(value)}px`);
const given = (
  options: Record<string, string | number | null | undefined>,
): Record<string, string | number | null> =>
  Object.fromEntries(
    Object.entries(options).filter((entry): entry is [string, string | number] => entry[1] != null),
  );

/** Takes over what `boot` and `update` say. */
function take(user: unknown): void {
  const said = { ...globalThis.intercomSettings, ...(user as Record<string, unknown> | undefined) };
  const { alignment, custom_launcher_selector: selector, action_color: color } = said;
  ask(
    'set',
    given({
      'offset-inline': px(said['horizontal_padding']),
      'offset-block': px(said['vertical_padding']),
      'z-index': said['z_index'] as number | undefined,
      locale: said['language_override'] as string | undefined,
      ...(alignment ? positionOf(alignment as string) : {}),
    }),
  );
  if (said['hide_default_launcher'] !== undefined) showLauncher(!said['hide_default_launcher']);
  if (selector) opensFrom(selector as string);
  if (color) unknownCall("Intercom's action_color", 'Set the custom property --sahay-accent.');
  if (said['user_hash'] ?? said['intercom_user_jwt'])
    unknownCall(
      "Intercom's user_hash and intercom_user_jwt",
      "A known visitor needs a token that the Sahay server can verify: sahay('identify', getToken).",
    );
  const company = said['company'] as Record<string, unknown> | undefined;
  tell(
    toldOf(
      {
        ...said,
        ...(company && { company: company['name'] ?? company['id'] ?? company['company_id'] }),
      },
      settings,
    ),
  );
}

const launchers = new Set<string>();
function opensFrom(selector: string): void {
  if (launchers.has(selector)) return;
  launchers.add(selector);
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest(selector)) open();
  });
}

const open: Call = () => {
  ask('show');
  ask('open');
};
const calls: Record<string, Call> = {
  boot: take,
  update: take,
  shutdown: () => ask('logout'),
  show: open,
  showMessages: open,
  showSpace: open,
  showNewMessage: (text) => (text ? ask('write', text as string) : open()),
  startConversation: (text) => (text ? ask('write', text as string) : open()),
  hide: () => ask('close'),
  hideNotifications: (hidden) => hidden !== false && ask('teaser'),
  onShow: (heard) => listen('open', () => (heard as Call)()),
  onHide: (heard) => listen('close', () => (heard as Call)()),
  onUnreadCountChange: (heard) => {
    ask((bubble) => (heard as Call)(bubble.unreadCount));
    return listen('unread-change', ({ detail }) => (heard as Call)((detail as { count: number }).count));
  },
  ready: (heard) => ask(() => (heard as Call)()),
  reattach_activator: () => undefined,
};

const earlier = globalThis.Intercom?.q ?? [];
globalThis.Intercom = (name, ...args) => {
  const call = Object.hasOwn(calls, String(name)) ? calls[String(name)] : undefined;
  if (call) return call(...args);
  return unknownCall(`Intercom('${String(name)}')`);
};
if (globalThis.intercomSettings?.['app_id']) take({});
for (const call of Array.from(earlier)) globalThis.Intercom(...Array.from(call));
