import type { SahayBubble } from '../bubble/bubble.ts';
import { warnOnce } from '../internal/warn-once.ts';
import type { PageBubble } from './page-bubble.ts';
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

/** What each command does to the page's bubble. */
export const commands: {
  [K in keyof SahayCommands]: (page: PageBubble, ...args: SahayCommands[K]) => unknown;
} = {
  open: (page) => page.element.open(),
  close: (page) => page.element.close(),
  toggle: (page) => page.element.toggle(),
  show: (page) => page.element.show(),
  hide: (page) => page.element.hide(),
  set: ({ element }, given) => {
    for (const [key, value] of Object.entries(given)) set(element, key, value);
  },
  teaser: (page, teaser) => (page.element.teaser = teaser),
  send: async (page, text) => {
    page.element.open();
    await (await page.chat()).send(text);
  },
  write: async (page, text) => {
    page.element.open();
    const chat = await page.chat();
    await chat.updateComplete;
    chat.shadowRoot!.querySelector('sahay-composer')?.giveBack(text);
    chat.focus();
  },
  new: async (page) => (await page.chat()).startNew(),
  tell,
  // Before there is a window there is no client; known or not, nothing is sent for somebody who wants nothing.
  identify: async (page, token) => {
    const chat = await page.chat(false);
    await chat.currentClient?.identify(typeof token === 'string' ? () => Promise.resolve(token) : token);
  },
  logout: async (page) => {
    await (await page.chat()).currentClient?.logout({ pending: 'flush' });
  },
  on: (page, event, listener) => page.on(`sahay-${event}`, listener),
};

function set(bubble: SahayBubble, key: string, value: string | number | null | undefined): void {
  const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (!options.includes(name)) {
    warnOnce(`set ${name}`, `sahay('set'): there is no option "${key}". There are ${options.join(', ')}.`);
  } else if (value === null || value === undefined) bubble.removeAttribute(name);
  else bubble.setAttribute(name, String(value));
}

/** What was told of a visitor who has said nothing yet. */
let toTell: Told | undefined;

async function tell(page: PageBubble, facts: Told): Promise<void> {
  const isWaiting = toTell !== undefined;
  toTell = { ...toTell, ...facts, attributes: { ...toTell?.attributes, ...facts.attributes } };
  if (isWaiting) return;
  const { currentClient } = await page.chat(false);
  const now = (id: string): unknown => {
    const { attributes, name, email, phone } = toTell ?? {};
    toTell = undefined;
    const contact = Object.fromEntries(Object.entries({ name, email, phone }).filter(([, fact]) => fact));
    return currentClient?.command(
      'context.update',
      {
        ...(attributes && Object.keys(attributes).length && { attributes }),
        ...(Object.keys(contact).length && { contact }),
      },
      id,
    );
  };
  await currentClient?.ready;
  const current = currentClient?.conversations.current();
  if (current) await now(current.id);
  else {
    const stop = page.on('sahay-send', ({ detail }: CustomEvent<{ conversationId: string }>) => {
      stop();
      void now(detail.conversationId);
    });
  }
}
