// A visitor or agent on the wire: one socket, numbered commands, no more state than a load run needs.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

const { WebSocket } = createRequire(import.meta.resolve('@sahay/server'))('ws');

/** Asks over HTTP; the body is JSON. */
export async function post(url, body = {}, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return { answer: await response.json(), response };
}

export const visitorToken = async (url) => (await post(`${url}/v1/sessions`)).answer.accessToken;

/** Signs an agent in by a one-time link. */
export async function agentToken(url, signInUrl, name) {
  const code = new URL(signInUrl).hash.replace('#sign-in=', '');
  const { response } = await post(`${url}/v1/agents/sign-in`, { code, name });
  const cookie = response.headers.getSetCookie()[0].split(';')[0];
  return (await post(`${url}/v1/agents/token`, {}, { cookie })).answer.accessToken;
}

export class Line {
  conversationId = `c_${randomUUID()}`;
  /** The place reached in each stream. */
  cursors = new Map();
  /** The latest places in the own conversation, to go back to. */
  trail = [];
  onEvent = undefined;
  #outboxId = `o_${randomUUID()}`;
  #n = 0;
  #waiting = new Map();

  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  /** Connects from one of several loopback addresses, and says hello. */
  open(localAddress) {
    const socket = (this.socket = new WebSocket(`${this.url.replace('http', 'ws')}/v1/socket`, 'sahay.v1', {
      perMessageDeflate: false,
      ...(localAddress && { localAddress }),
    }));
    socket.on('message', (data) => this.#hear(JSON.parse(data)));
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', (code) => {
        reject(new Error(`closed with ${code}`));
        this.onClosed?.(code);
      });
      socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', token: this.token })));
      this.#waiting.set('welcome', resolve);
    });
  }

  #hear(frame) {
    if (frame.type === 'event') {
      const { stream, epoch, seq, id } = frame.event;
      const held = this.cursors.get(stream);
      if (held && seq !== held.seq + 1) throw new Error(`${stream}: ${held.seq} was followed by ${seq}`);
      const cursor = { stream, epoch, seq, eventId: id };
      this.cursors.set(stream, cursor);
      if (stream === this.publicStream) this.trail.push(cursor);
      if (this.trail.length > 8) this.trail.shift();
      return this.onEvent?.(frame.event);
    }
    const key =
      frame.type === 'ack' || frame.type === 'reject'
        ? frame.n
        : frame.type === 'subscribed'
          ? frame.stream
          : frame.type;
    if (frame.type === 'reject' || frame.type === 'problem')
      throw new Error(`Refused: ${JSON.stringify(frame.problem)}`);
    const done = this.#waiting.get(key);
    this.#waiting.delete(key);
    done?.(frame);
  }

  /** Gives a command; resolves with its ack. */
  give(type, data) {
    const n = ++this.#n;
    const { conversationId } = this;
    this.socket.send(
      JSON.stringify({
        type: 'command',
        outboxId: this.#outboxId,
        n,
        command: { type, conversationId, data },
      }),
    );
    return new Promise((resolve) => this.#waiting.set(n, resolve));
  }

  says(text) {
    return this.give('message.send', {
      clientMessageId: randomUUID(),
      parts: [{ partId: 'p', type: 'text', text }],
    });
  }

  /** Begins a conversation in which no bot answers. */
  async begins() {
    await this.give('conversation.start', { locale: 'en' });
    await this.give('handoff.request', {});
  }

  async subscribe(stream) {
    const cursor = this.cursors.get(stream);
    this.socket.send(JSON.stringify({ type: 'subscribe', stream, ...(cursor && { cursor }) }));
    const subscribed = await new Promise((resolve) => this.#waiting.set(stream, resolve));
    if (subscribed.snapshot) {
      this.cursors.set(stream, subscribed.snapshot.asOf);
      if (stream === this.publicStream) this.trail = [subscribed.snapshot.asOf];
    }
    return subscribed;
  }

  get publicStream() {
    return `conversation:${this.conversationId}:public`;
  }
}
