/* Ours: the window as a visitor gets it, over the real client and a backend in the page that speaks the protocol. */
import { createSupportClient } from '@sahay/client';
import '@sahay/elements/define/chat';

const me = { id: 'visitor', role: 'visitor' };
const bot = { id: 'bot', role: 'bot', name: 'Bot' };
const stream = 'conversation:c1:public';
const started = '2026-01-01T00:00:00.000Z';
const assignment = { state: 'bot', since: started };
const conversation = {
  id: 'c1',
  tenantId: 't1',
  status: 'open',
  visitor: me,
  participants: [me, bot],
  startedAt: started,
  assignment,
  receipts: {},
};
/** A message of the protocol; one that is whole already stays as it is. */
const messageOf = ({ id, own, text, at, ...whole }) => ({
  id,
  conversationId: 'c1',
  author: own ? me : bot,
  status: 'complete',
  parts: [{ partId: 'p', type: 'text', text }],
  createdAt: new Date(at ?? Date.now()).toISOString(),
  ...whole,
});

let handlers;
let history = [];
let seq = 0;
const asOf = (name) => ({ stream: name, epoch: 'e', seq });
const snapshots = (name) =>
  name === stream
    ? { kind: 'conversation', asOf: asOf(name), conversation, messages: history }
    : {
        kind: 'user',
        asOf: asOf(name),
        conversations: [{ conversationId: 'c1', status: 'open', startedAt: started }],
        consents: [],
        invitations: [],
      };

const connector = {
  kind: 'log',
  name: 'bench',
  delivery: 'effectively-once',
  capabilities: () => new Set(['streaming', 'typing', 'receipts', 'feedback']),
  open: (host) => {
    handlers = host.handlers;
    return {
      start() {
        handlers.onState({ state: 'online', cause: 'welcomed' });
        handlers.onWelcome({ participant: me });
      },
      send(frame) {
        if (frame.type !== 'subscribe') return;
        const { stream: name } = frame;
        const snapshot = snapshots(name);
        queueMicrotask(() =>
          handlers.onFrame({
            type: 'subscribed',
            stream: name,
            epoch: 'e',
            headSeq: seq,
            recovered: false,
            snapshot,
          }),
        );
      },
      close() {},
    };
  },
};
const event = (type, data) =>
  handlers.onFrame({
    type: 'event',
    event: { id: `e${++seq}`, type, stream, epoch: 'e', seq, time: new Date().toISOString(), data },
  });

document.body.style.setProperty('margin', '0');
const chat = document.createElement('sahay-chat');
chat.style.setProperty('width', '400px');
chat.style.setProperty('height', '720px');
let answer = '';
let index = 0;
let online;
const list = () => chat.shadowRoot?.querySelector('sahay-message-list');
/** What is looked for, as soon as it stands in the tree: one that looks in frames would count a frame too many. */
const appears = (root, find) =>
  new Promise((resolve) => {
    const observer = new MutationObserver(look);
    function look() {
      const found = find();
      if (!found) return;
      observer.disconnect();
      resolve(found);
    }
    observer.observe(root, { childList: true, subtree: true, characterData: true });
    look();
  });

globalThis.bench = {
  /** What a server would have: it is no work of the window's. */
  prepare: (messages) => messages.map(messageOf),
  async open(messages) {
    // As they come from a server: the page holds no second copy of them.
    history = messages[0].parts ? messages : messages.map(messageOf);
    const client = createSupportClient({ connector, namespace: `bench-${Math.random()}` });
    chat.client = client;
    document.body.append(chat);
    // What is seen counts, and not when the client calls itself online.
    online = client.connect();
    const number = messages.at(-1).id.slice(1);
    const { shadowRoot } = await appears(chat.shadowRoot, list);
    await appears(shadowRoot, () => {
      const row = shadowRoot.querySelector('.rows')?.lastElementChild;
      return row?.textContent.includes(`${number}: `) ? row : undefined;
    });
  },
  online: () => online,
  push: (message) => event('message.created', { message: messageOf(message) }),
  startAnswer: () =>
    event('message.created', {
      message: {
        ...messageOf({ id: 'answer', own: false, text: '', at: Date.now() }),
        status: 'streaming',
        parts: [{ partId: 'p', type: 'text', format: 'markdown', text: '' }],
      },
    }),
  token(text) {
    answer += text;
    handlers.onFrame({
      type: 'signal',
      signal: {
        type: 'message.delta',
        data: { conversationId: 'c1', messageId: 'answer', partId: 'p', index: index++, text },
      },
    });
  },
  endAnswer: () =>
    event('message.completed', {
      messageId: 'answer',
      parts: [{ partId: 'p', type: 'text', format: 'markdown', text: answer }],
    }),
  scroller: () => list().shadowRoot.querySelector('.scroller'),
  shows: (text) => list().shadowRoot.querySelector('.rows').textContent.includes(text),
};
