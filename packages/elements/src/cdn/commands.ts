import type { SahayBubble } from '../bubble/bubble.ts';
import type { SahayChat } from '../chat/chat.ts';
import { warnOnce } from '../internal/warn-once.ts';
import type { SahayCommands, Told } from './sahay-function.ts';

/** What a page may set: the bubble's attributes. */
export const options = [
  'server',
  'locale',
  'heading',
  'color-scheme',
  'position',
  'offset-block',
  'offset-inline',
  'z-index',
  'avoid',
  'layer',
];

/** What each command does to a bubble that is there. */
export const commands: {
  [K in keyof SahayCommands]: (bubble: SahayBubble, ...args: SahayCommands[K]) => unknown;
} = {
  open: (bubble) => bubble.open(),
  close: (bubble) => bubble.close(),
  toggle: (bubble) => bubble.toggle(),
  show: (bubble) => bubble.show(),
  hide: (bubble) => bubble.hide(),
  set: (bubble, given) => {
    for (const [key, value] of Object.entries(given)) set(bubble, key, value);
  },
  teaser: (bubble, teaser) => (bubble.teaser = teaser),
  send: async (bubble, text) => {
    bubble.open();
    await (await chatOf(bubble)).send(text);
  },
  write: async (bubble, text) => {
    bubble.open();
    const chat = await chatOf(bubble);
    await chat.updateComplete;
    chat.shadowRoot!.querySelector('sahay-composer')?.giveBack(text);
    chat.focus();
  },
  new: async (bubble) => (await chatOf(bubble)).startNew(),
  tell,
  // Before there is a window there is no client; known or not, nothing is sent for somebody who wants nothing.
  identify: async (bubble, token) => {
    const chat = await chatOf(bubble, false);
    await chat.currentClient?.identify(typeof token === 'string' ? () => Promise.resolve(token) : token);
  },
  logout: async (bubble) => {
    await bubble.load();
    await (await chatOf(bubble)).currentClient?.logout({ pending: 'flush' });
  },
  on: (bubble, event, listener) =>
    bubble.addEventListener(`sahay-${event}`, listener as unknown as EventListener),
};

function set(bubble: SahayBubble, key: string, value: string | number | null | undefined): void {
  const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (!options.includes(name)) {
    warnOnce(`set ${name}`, `sahay('set'): there is no option "${key}". There are ${options.join(', ')}.`);
  } else if (value === null || value === undefined) bubble.removeAttribute(name);
  else bubble.setAttribute(name, String(value));
}

/** The window, once it is drawn. */
async function chatOf(bubble: SahayBubble, wanted = true): Promise<SahayChat> {
  if (wanted) await bubble.load();
  await bubble.ready;
  return bubble.shadowRoot!.querySelector('sahay-chat')!;
}

/** What was told of a visitor who has said nothing yet. */
const toTell = new WeakMap<SahayBubble, Told>();

async function tell(bubble: SahayBubble, facts: Told): Promise<void> {
  const waiting = toTell.get(bubble);
  toTell.set(bubble, {
    ...waiting,
    ...facts,
    attributes: { ...waiting?.attributes, ...facts.attributes },
  });
  if (waiting) return;
  const chat = await chatOf(bubble, false);
  const now = (id: string): unknown => {
    const { attributes, name, email, phone } = toTell.get(bubble) ?? {};
    toTell.delete(bubble);
    const contact = Object.fromEntries(Object.entries({ name, email, phone }).filter(([, fact]) => fact));
    return chat.currentClient?.command(
      'context.update',
      {
        ...(attributes && Object.keys(attributes).length && { attributes }),
        ...(Object.keys(contact).length && { contact }),
      },
      id,
    );
  };
  const { currentClient } = chat;
  await currentClient?.ready;
  const current = currentClient?.conversations.current();
  if (current) await now(current.id);
  else
    bubble.addEventListener(
      'sahay-send',
      (event) => void now((event as CustomEvent<{ conversationId: string }>).detail.conversationId),
      { once: true },
    );
}
