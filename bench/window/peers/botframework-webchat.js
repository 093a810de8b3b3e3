/* Web Chat as its documentation sets it up, over a Direct Line of the page's own: an observable of activities and one of the connection. An answer streams as its "livestreaming" page says: interim activities with all the text so far. */
// The script that its documentation puts on a page, React included.
import './node_modules/botframework-webchat/dist/webchat.js';

/** An observable that says everything again to who comes later. */
function createLine() {
  const said = [];
  const observers = new Set();
  return {
    say(value) {
      said.push(value);
      for (const observer of observers) observer.next?.(value);
    },
    subscribe(first, ...others) {
      const observer = typeof first === 'function' ? { next: first, error: others[0] } : first;
      observers.add(observer);
      for (const value of said) observer.next?.(value);
      return { unsubscribe: () => observers.delete(observer) };
    },
  };
}

const activities = createLine();
const connection = createLine();
const [uninitialized, connecting, online] = [0, 1, 2];
const directLine = {
  activity$: activities,
  connectionStatus$: connection,
  postActivity: () => createLine(),
  end() {},
};

const root = document.body.appendChild(document.createElement('div'));
root.style.setProperty('width', '400px');
root.style.setProperty('height', '560px');
document.body.style.setProperty('margin', '0');

const from = (own) => (own ? { id: 'visitor', role: 'user' } : { id: 'bot', name: 'Bot', role: 'bot' });
const say = ({ id, own, text, at }, more = {}) =>
  activities.say({
    type: 'message',
    id,
    from: from(own),
    text,
    textFormat: 'markdown',
    timestamp: new Date(at).toISOString(),
    conversation: { id: 'bench' },
    ...more,
  });

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const answer = { id: 'answer', own: false, text: '', at: Date.now() };
let sequence = 0;

globalThis.bench = {
  async open(messages) {
    globalThis.WebChat.renderWebChat({ directLine, userID: 'visitor' }, root);
    for (const status of [uninitialized, connecting, online]) connection.say(status);
    for (const message of messages) say(message);
    const last = messages.at(-1).text;
    while (!root.textContent.includes(last)) await frame();
  },
  push: (message) => say(message),
  startAnswer: () =>
    say(answer, { type: 'typing', channelData: { streamType: 'streaming', streamSequence: ++sequence } }),
  token(text) {
    answer.text += text;
    const channelData = { streamId: 'answer', streamType: 'streaming', streamSequence: ++sequence };
    say({ ...answer, id: `answer-${sequence}` }, { type: 'typing', channelData });
  },
  endAnswer: () =>
    say({ ...answer, id: 'answer-end' }, { channelData: { streamId: 'answer', streamType: 'final' } }),
};
