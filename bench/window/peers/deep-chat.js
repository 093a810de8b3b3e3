/* deep-chat as its documentation sets it up: history by property, messages by method, an answer by its stream handler. */
import 'deep-chat';

const chat = document.createElement('deep-chat');
chat.style.setProperty('width', '400px');
chat.style.setProperty('height', '560px');
document.body.style.setProperty('margin', '0');

let signals;
chat.connect = {
  stream: true,
  handler: (_body, given) => {
    signals = given;
    given.onOpen();
  },
};
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const as = ({ own, text }) => ({ role: own ? 'user' : 'ai', text });

globalThis.bench = {
  async open(messages) {
    chat.history = messages.map(as);
    document.body.append(chat);
    const last = messages.at(-1).text;
    while (!chat.shadowRoot?.textContent.includes(last)) await frame();
  },
  push: (message) => chat.addMessage(as(message)),
  async startAnswer() {
    chat.submitUserMessage({ text: 'Where is it?' });
    while (!signals) await frame();
  },
  token: (text) => signals.onResponse({ text }),
  endAnswer: () => signals.onClose(),
  scroller: () => chat.shadowRoot.querySelector('#messages'),
};
