import { conversationStream, type ClientFrame, type Command, type ServerFrame } from '@sahay/protocol';
import { Finding, must } from '../finding.ts';
import { referenceDriver, type ReferenceDriver } from '../reference/reference-driver.ts';
import type { ReferenceServer } from '../reference/reference-server.ts';
import type { Seams } from '../reference/seams.ts';
import type { ClientAdapter, ShownMessage } from './client-adapter.ts';

type Numbered = Extract<ClientFrame, { type: 'command' }> & { at: number };

/** Where a client is led astray: a server whose every frame can be changed, and the client's view of it. */
export class ClientStage {
  readonly server: ReferenceServer;
  readonly client: ClientAdapter;
  readonly patienceMs: number;
  /** The bot, and a hand in the log. */
  readonly driver: ReferenceDriver;

  constructor(server: ReferenceServer, client: ClientAdapter, patienceMs: number) {
    this.server = server;
    this.client = client;
    this.patienceMs = patienceMs;
    this.driver = referenceDriver(server);
  }

  /** From now on the server does this. */
  hostile(seams: Partial<Seams>): void {
    Object.assign(this.server.seams, seams);
  }

  /** The client has begun and said something; returns the conversation's id. */
  async begins(text = 'Hello.'): Promise<string> {
    await this.client.start(this.server.url);
    await this.client.send(text);
    const begun = await this.#until('a command conversation.start', () =>
      this.commands().find(({ command }) => command.type === 'conversation.start'),
    );
    await this.holds(text);
    const conversationId = begun.command.conversationId ?? '';
    await this.#until('a subscription to the conversation', () =>
      this.server.seats.find((seat) => seat.reads(conversationId)),
    );
    await this.shows([text]);
    return conversationId;
  }

  /** The bot says something whole. */
  async botSays(conversationId: string, text: string): Promise<void> {
    await this.driver.botSay({ conversationId, parts: [{ partId: 'text', type: 'text', text }] });
  }

  /** Every command that came, in the order in which it came. */
  commands(): Numbered[] {
    return this.server.received.flatMap(({ frame, at }) =>
      frame.type === 'command' ? [{ ...frame, at }] : [],
    );
  }

  /** The commands that carry these words. */
  carrying(text: string): Numbered[] {
    return this.commands().filter(({ command }) => wordsOf(command) === text);
  }

  /** Frames of a type that came, from a place on. */
  frames<T extends ClientFrame['type']>(type: T, from = 0): Extract<ClientFrame, { type: T }>[] {
    return this.server.received
      .slice(from)
      .map(({ frame }) => frame)
      .filter((frame): frame is Extract<ClientFrame, { type: T }> => frame.type === type);
  }

  /** Waits until the backend holds a message with these words. */
  async holds(text: string): Promise<void> {
    await this.#until(`the message "${text}" at the backend`, () => this.held().includes(text) || undefined);
  }

  /** The texts of visitors that the backend holds, in order. */
  held(): string[] {
    const id = this.commands().find(({ command }) => command.type === 'conversation.start')?.command
      .conversationId;
    return [...(this.server.log.backend.conversation(id ?? '')?.messages.values() ?? [])]
      .filter(({ author }) => author.role === 'visitor')
      .map(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : '')).join(''));
  }

  /** Waits until the client shows exactly these texts, in this order. */
  async shows(texts: readonly string[], withinMs = this.patienceMs): Promise<void> {
    const deadline = Date.now() + withinMs;
    let shown: readonly ShownMessage[] = [];
    do {
      shown = (await this.client.view()).messages;
      if (shown.map(({ text }) => text).join('\n') === texts.join('\n')) return;
      await this.wait(20);
    } while (Date.now() < deadline);
    throw new Finding(
      `the client to show ${JSON.stringify(texts)}`,
      shown.map(({ text }) => text),
    );
  }

  /** For a while nothing else may be shown. */
  async keepsShowing(texts: readonly string[], ms = 400): Promise<void> {
    await this.wait(ms);
    const shown = (await this.client.view()).messages.map(({ text }) => text);
    must(
      shown.join('\n') === texts.join('\n'),
      `the client to go on showing ${JSON.stringify(texts)}`,
      shown,
    );
  }

  /** Waits for something that came from the client. */
  until<T>(expected: string, find: () => T | undefined, withinMs?: number): Promise<T> {
    return this.#until(expected, find, withinMs);
  }

  async #until<T>(expected: string, find: () => T | undefined, withinMs = this.patienceMs): Promise<T> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (Date.now() > deadline) {
        const latest = this.server.received.slice(-3).map(({ frame }) => frame);
        throw new Finding(`${expected} within ${withinMs} ms`, latest);
      }
      await this.wait(10);
    }
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }
}

/** The words of a message that is sent. */
export const wordsOf = (command: Command): string | undefined =>
  command.type === 'message.send'
    ? command.data.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
    : undefined;

/** Whether a frame is an event of a conversation's public stream. */
export const isEventOf = (
  conversationId: string,
  frame: ServerFrame,
): frame is Extract<ServerFrame, { type: 'event' }> =>
  frame.type === 'event' && frame.event.stream === conversationStream(conversationId, 'public');
