/* stream-chat-react as its documentation sets it up, with its windowed list. Its client speaks to Stream's service; here what stands in for the service is in the page: a socket that its events come through, and answers to its requests. */
import 'stream-chat-react/dist/css/index.css';
import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';

const me = { id: 'visitor', name: 'Visitor', role: 'user' };
const bot = { id: 'bot', name: 'Bot', role: 'user' };
const channelId = 'bench';
const cid = `messaging:${channelId}`;
const isoOf = (at) => new Date(at).toISOString();

/** The service's socket: it welcomes, and says what the page lets it say. */
class LocalSocket extends EventTarget {
  static latest;
  readyState = 1;
  constructor() {
    super();
    LocalSocket.latest = this;
    setTimeout(() => {
      this.onopen?.({});
      this.say({ type: 'health.check', connection_id: 'bench', me: { ...me, mutes: [], channel_mutes: [] } });
    });
  }
  say(event) {
    this.onmessage?.({ data: JSON.stringify({ created_at: isoOf(Date.now()), ...event }) });
  }
  send() {}
  close() {}
}
// Its client takes the socket of the page when it is loaded.
globalThis.WebSocket = LocalSocket;
const { StreamChat } = await import('stream-chat');
const { Channel, ChannelHeader, Chat, MessageComposer, VirtualizedMessageList, Window } =
  await import('stream-chat-react');

const messageOf = ({ id, own, text, at }) => ({
  id,
  cid,
  type: 'regular',
  text,
  user: own ? me : bot,
  created_at: isoOf(at),
  updated_at: isoOf(at),
  attachments: [],
  latest_reactions: [],
  own_reactions: [],
  mentioned_users: [],
});
const channelOf = (messages) => ({
  channel: {
    id: channelId,
    type: 'messaging',
    cid,
    created_at: isoOf(0),
    updated_at: isoOf(0),
    own_capabilities: ['send-message', 'read-events', 'typing-events'],
    config: { name: 'messaging', commands: [], read_events: true, typing_events: true },
  },
  messages: messages.map(messageOf),
  members: [],
  watchers: [],
  read: [],
});

const client = new StreamChat('bench');
let history = [];
client.axiosInstance.defaults.adapter = async (config) => ({
  data: config.url.endsWith('/query') ? channelOf(history) : { duration: '0ms' },
  status: 200,
  statusText: 'OK',
  headers: {},
  config,
});

const root = document.body.appendChild(document.createElement('div'));
root.style.setProperty('width', '400px');
root.style.setProperty('height', '560px');
document.body.style.setProperty('margin', '0');

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const answer = { id: 'answer', own: false, text: '', at: Date.now() };
const say = (type, message) =>
  LocalSocket.latest.say({
    type,
    cid,
    channel_type: 'messaging',
    channel_id: channelId,
    user: message.own ? me : bot,
    message: messageOf(message),
  });

globalThis.bench = {
  async open(messages) {
    history = messages;
    await client.connectUser(me, client.devToken(me.id));
    const channel = client.channel('messaging', channelId);
    await channel.watch();
    createRoot(root).render(
      h(
        Chat,
        { client },
        h(
          Channel,
          { channel },
          h(Window, null, h(ChannelHeader), h(VirtualizedMessageList), h(MessageComposer)),
        ),
      ),
    );
    const last = messages.at(-1).text;
    while (!root.textContent.includes(last)) await frame();
  },
  push: (message) => say('message.new', message),
  startAnswer: () => say('message.new', answer),
  token(text) {
    answer.text += text;
    say('message.updated', answer);
  },
  endAnswer: () => globalThis.bench.settle(),
  // It draws at most twice a second: what is left then is part of the work.
  settle: () => new Promise((resolve) => setTimeout(resolve, 600)),
};
