import { randomUUID } from 'node:crypto';
import type {
  ClientFrame,
  Command,
  Cursor,
  LogEvent,
  Message,
  Part,
  ServerFrame,
  Session,
  Signal,
} from '@sahay/protocol';
import { closeCodes, subprotocol } from '@sahay/protocol';
import { validateServerFrame } from '@sahay/protocol/validate-ajv';
import { WebSocket } from 'ws';
import type { ClientAdapter, ClientView } from '../client/client-adapter.ts';

type Entry = { n: number; command: Command; text: string };
type Shown = { id: string; clientMessageId?: string | undefined; text: string; isOwn: boolean; next: number };

const textOf = (parts: readonly Part[], isBlind: boolean): string =>
  parts.map((part) => (part.type === 'text' ? part.text : isBlind ? '' : (part.fallbackText ?? ''))).join('');

/** A whole client, small: one conversation, in memory, one command at a time. With a flaw it breaks one rule. */
export class SmallClient implements ClientAdapter {
  /** The id of the check that must notice; none for a sound client. */
  readonly #flaw: string | undefined;
  #url = '';
  #session: Session | undefined;
  #socket: WebSocket | undefined;
  #isStopped = false;
  #outboxId = `o-${randomUUID()}`;
  #n = 0;
  readonly #conversationId = `c-${randomUUID()}`;
  #queue: Entry[] = [];
  #inFlight: Entry | undefined;
  #isBegun = false;
  #log: Shown[] = [];
  #cursor: Cursor | undefined;
  #isResyncing = false;
  #timers = new Set<NodeJS.Timeout>();

  constructor(flaw?: string) {
    this.#flaw = flaw;
  }

  #has(flaw: string): boolean {
    return this.#flaw === flaw;
  }

  async start(url: string): Promise<void> {
    this.#url = url;
  }

  async send(text: string): Promise<void> {
    if (this.#n === 0) {
      this.#put(
        { type: 'conversation.start', conversationId: this.#conversationId, data: { locale: 'en' } },
        '',
      );
      void this.#connect();
    }
    const parts: Part[] = [{ partId: 'text', type: 'text', text }];
    const data = { clientMessageId: randomUUID(), parts };
    this.#put({ type: 'message.send', conversationId: this.#conversationId, data }, text);
    this.#drain();
  }

  view(): ClientView {
    const known = new Set(this.#log.map(({ clientMessageId }) => clientMessageId));
    const pending = this.#queue.filter(
      ({ command, text }) =>
        text !== '' && command.type === 'message.send' && !known.has(command.data.clientMessageId),
    );
    return { messages: [...this.#log, ...pending.map(({ text }) => ({ text, isOwn: true }))] };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#socket?.terminate();
  }

  #after(ms: number, act: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#isStopped) act();
    }, ms);
    this.#timers.add(timer);
    return timer;
  }

  #put(command: Command, text: string): void {
    this.#n += this.#has('client-numbers-dense') && this.#n >= 2 ? 2 : 1;
    this.#queue.push({ n: this.#n, command, text });
  }

  async #connect(): Promise<void> {
    if (this.#isStopped) return;
    try {
      this.#session ??= await this.#fetchSession('/v1/sessions', {});
    } catch {
      this.#after(100, () => void this.#connect());
      return;
    }
    const query = this.#has('client-hello-first') ? `?token=${this.#session.accessToken}` : '';
    const socket = new WebSocket(`${this.#url.replace('http', 'ws')}/v1/socket${query}`, [subprotocol]);
    this.#socket = socket;
    if (this.#has('client-slow-head'))
      this.#after(500, () => socket.readyState === WebSocket.CONNECTING && void this.stop());
    socket.on('error', () => {});
    socket.on('open', () => this.#say({ type: 'hello', token: this.#session?.accessToken ?? '' }));
    socket.on('message', (data: Buffer) => this.#hear(data.toString()));
    socket.on('close', (code) => void this.#closed(code));
  }

  async #fetchSession(path: string, body: object): Promise<Session> {
    const answer = await fetch(`${this.#url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    return (await answer.json()) as Session;
  }

  async #closed(code: number): Promise<void> {
    const lost = this.#inFlight;
    this.#inFlight = undefined;
    this.#isResyncing = false;
    if (lost && this.#has('client-out-of-order')) this.#settle(lost);
    if (lost && this.#has('client-ack-lost') && lost.command.type === 'message.send')
      lost.command = { ...lost.command, data: { ...lost.command.data, clientMessageId: randomUUID() } };
    if (code === 1009 && lost && !this.#has('client-frame-too-large'))
      lost.command = { type: 'command.void', conversationId: this.#conversationId, data: {} };
    const known = Object.hasOwn(closeCodes, code) ? closeCodes[code as keyof typeof closeCodes] : undefined;
    if (this.#has('client-reconnects') && code === 1012) return;
    if (known?.reaction === 'stop' && !this.#has('client-stops')) return;
    if (known?.reaction === 'refresh') {
      if (this.#has('client-token-expiry')) return;
      const { refreshSecret } = this.#session ?? { refreshSecret: '' };
      this.#session = await this.#fetchSession('/v1/sessions/refresh', { refreshSecret });
    }
    this.#after(50, () => void this.#connect());
  }

  #say(frame: ClientFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #hear(text: string): void {
    let frame: ServerFrame;
    try {
      const value = JSON.parse(text) as { type?: string } | null;
      const isKnown = validateServerFrame(value).valid;
      if (!isKnown && this.#has('client-unknown-fields') && value?.type === 'weather')
        return void this.stop();
      // An event of an unknown type is no valid frame of this version, and still takes its place in the log.
      if (!isKnown && value?.type !== 'event') return;
      frame = value as ServerFrame;
    } catch {
      if (this.#has('client-bad-frame')) void this.stop();
      return;
    }
    switch (frame.type) {
      case 'welcome':
        return this.#welcomed(frame.heartbeatMs);
      case 'subscribed':
        return this.#subscribed(frame);
      case 'event':
        return this.#event(frame.event);
      case 'ack':
      case 'reject':
        return this.#answered(frame);
      case 'signal':
        return this.#signal(frame.signal);
      case 'pong':
      case 'problem':
    }
  }

  #welcomed(heartbeatMs: number): void {
    if (!this.#has('client-dead-server')) this.#watch(heartbeatMs);
    if (this.#isBegun) this.#subscribe();
    this.#drain();
  }

  /** Pings while nothing is heard; two heartbeats of silence are the end. */
  #watch(heartbeatMs: number): void {
    const socket = this.#socket;
    let silent = 0;
    socket?.on('message', () => (silent = 0));
    const beat = (): void => {
      if (socket !== this.#socket) return;
      if (silent++ >= 2) return socket?.terminate();
      this.#say({ type: 'ping' });
      this.#after(heartbeatMs, beat);
    };
    this.#after(heartbeatMs, beat);
  }

  #subscribe(): void {
    const stream = `conversation:${this.#conversationId}:public`;
    this.#say({ type: 'subscribe', stream, ...(this.#cursor && { cursor: this.#cursor }) });
  }

  #drain(): void {
    const next = this.#queue[0];
    if (!next || this.#inFlight || this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#inFlight = next;
    this.#say({ type: 'command', outboxId: this.#outboxId, n: next.n, command: next.command });
  }

  #settle(entry: Entry): void {
    this.#queue = this.#queue.filter((one) => one !== entry);
  }

  #answered(frame: Extract<ServerFrame, { type: 'ack' | 'reject' }>): void {
    const entry = this.#inFlight;
    if (!entry || frame.n !== entry.n || frame.outboxId !== this.#outboxId) return;
    this.#inFlight = undefined;
    if (frame.type === 'reject') return this.#refused(entry, frame.problem);
    this.#settle(entry);
    if (entry.command.type === 'conversation.start') {
      this.#isBegun = true;
      this.#subscribe();
    }
    if (this.#has('client-ack-and-event') && entry.text !== '')
      this.#log.push({ id: randomUUID(), text: entry.text, isOwn: true, next: 0 });
    this.#drain();
  }

  #refused(
    entry: Entry,
    {
      code,
      retryable,
      retryAfterMs = 50,
    }: { code: string; retryable: boolean; retryAfterMs?: number | undefined },
  ): void {
    if (code === 'payload_mismatch' && !this.#has('client-payload-mismatch')) {
      this.#outboxId = `o-${randomUUID()}`;
      this.#queue.forEach((one, place) => (one.n = place + 1));
      this.#n = this.#queue.length;
      return this.#drain();
    }
    if (retryable || this.#has('client-refused-continues')) {
      const wait = this.#has('client-retry-after') ? 10 : retryAfterMs;
      this.#after(wait, () => this.#drain());
      return;
    }
    this.#settle(entry);
    this.#drain();
  }

  #subscribed({ recovered, snapshot }: Extract<ServerFrame, { type: 'subscribed' }>): void {
    this.#isResyncing = false;
    if (recovered || snapshot?.kind !== 'conversation') return;
    if (this.#has('client-wrong-epoch') && this.#cursor) return;
    this.#cursor = snapshot.asOf;
    this.#log = snapshot.messages.map((message) => this.#shown(message));
  }

  #shown({ id, clientMessageId, parts, author, nextIndexes }: Message): Shown {
    const next = Object.values(nextIndexes ?? {})[0] ?? 0;
    const text = textOf(parts, this.#has('client-unknown-part'));
    return { id, clientMessageId, text, isOwn: author.role === 'visitor', next };
  }

  #event(event: LogEvent): void {
    if (typeof event?.seq !== 'number') return;
    const last = this.#cursor?.seq ?? 0;
    const isBlind = this.#has('client-reordered-events');
    if (event.seq <= last && !isBlind && !this.#has('client-duplicate-events')) return;
    if (this.#isResyncing) return;
    if (event.seq > last + 1 && !isBlind && !this.#has('client-gap-resync')) {
      this.#isResyncing = true;
      return this.#subscribe();
    }
    const isKnown = event.type.startsWith('message.') ? event.type in appliers : true;
    if (isKnown || !this.#has('client-unknown-event')) {
      const { stream, epoch, seq, id } = event;
      this.#cursor = { stream, epoch, seq, eventId: id };
    }
    if (event.type === 'message.created') this.#log.push(this.#shown(event.data.message));
    if (event.type === 'message.completed')
      this.#change(event.data.messageId, textOf(event.data.parts, false));
  }

  #change(id: string, text: string): void {
    const message = this.#log.find((one) => one.id === id);
    if (message) message.text = text;
  }

  #signal(signal: Signal): void {
    if (signal.type !== 'message.delta') return;
    const { messageId, index, text } = signal.data;
    const message = this.#log.find((one) => one.id === messageId);
    if (!message || (index !== message.next && !this.#has('client-delta-gap'))) return;
    message.text += text;
    message.next = index + 1;
  }
}

/** Events about messages that this client knows. */
const appliers: Record<string, true> = { 'message.created': true, 'message.completed': true };
