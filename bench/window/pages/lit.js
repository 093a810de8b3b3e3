/* A limit: the least that can be written with Lit: one template a message, all of them drawn, no states. */
import { LitElement, css, html } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';

const inline = (text) =>
  text
    .split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/)
    .map((piece) =>
      piece.startsWith('**')
        ? html`<strong>${piece.slice(2, -2)}</strong>`
        : piece.startsWith('*') && piece.length > 2
          ? html`<em>${piece.slice(1, -1)}</em>`
          : piece.startsWith('`')
            ? html`<code>${piece.slice(1, -1)}</code>`
            : piece,
    );

class MinimalChat extends LitElement {
  static properties = { messages: {}, answer: {} };
  static styles = css`
    :host {
      display: block;
      width: 400px;
      height: 560px;
      overflow: auto;
      font: 15px/1.4 sans-serif;
    }
    .row {
      margin: 8px;
      padding: 4px 12px;
      border-radius: 12px;
      background: #eee;
    }
    .own {
      background: #cfe8df;
    }
  `;
  constructor() {
    super();
    this.messages = [];
    this.answer = undefined;
  }
  render() {
    return html`${repeat(
      this.messages,
      ({ id }) => id,
      (message) =>
        guard([message], () => html`<div class=${message.own ? 'row own' : 'row'}>${message.text}</div>`),
    )}
    ${
      this.answer === undefined
        ? ''
        : html`<div class="row">
            ${this.answer.split('\n\n').map((block) => guard([block], () => html`<p>${inline(block)}</p>`))}
          </div>`
    }`;
  }
  updated() {
    this.scrollTop = this.scrollHeight;
  }
}
customElements.define('minimal-chat', MinimalChat);
document.body.style.setProperty('margin', '0');
const chat = document.body.appendChild(new MinimalChat());

globalThis.bench = {
  open: (messages) => (chat.messages = messages),
  push: (message) => (chat.messages = [...chat.messages, message]),
  startAnswer: () => (chat.answer = ''),
  token: (text) => (chat.answer += text),
  endAnswer() {},
  scroller: () => chat,
};
