import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Command, Part, Session } from '@sahay/protocol';
import { TestSocket } from '../../packages/server/src/testing/test-socket.ts';
import type { DemoServer } from './demo-server.ts';

/** What one must know of a server to speak to it. */
export type Reachable = Pick<DemoServer, 'url' | 'signInUrl'>;

/** Somebody who speaks the protocol herself, over a real socket and real requests. */
export class Wire {
  readonly server: Reachable;
  readonly token: string;
  readonly socket: TestSocket;
  readonly conversationId = `c_${randomUUID()}`;
  readonly #outboxId = `o_${randomUUID()}`;

  private constructor(server: Reachable, token: string, socket: TestSocket) {
    this.server = server;
    this.token = token;
    this.socket = socket;
  }

  static async withToken(server: Reachable, token: string): Promise<Wire> {
    return new Wire(server, token, await TestSocket.hello(socketUrl(server), token));
  }

  /** An anonymous visitor. */
  static async visitor(server: Reachable): Promise<Wire> {
    const response = await postJson(`${server.url}/v1/sessions`, {});
    assert.equal(response.status, 201);
    return Wire.withToken(server, ((await response.json()) as Session).accessToken);
  }

  /** An agent, signed in with the link that the server printed; it is used up. */
  static async agent(server: Reachable, name: string): Promise<Wire> {
    const code = new URL(server.signInUrl).hash.replace('#sign-in=', '');
    const signedIn = await postJson(`${server.url}/v1/agents/sign-in`, { code, name });
    assert.equal(signedIn.status, 200, await signedIn.clone().text());
    const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]!);
    const response = await postJson(`${server.url}/v1/agents/token`, {}, { cookie: cookie.join('; ') });
    return Wire.withToken(server, ((await response.json()) as Session).accessToken);
  }

  /** For an agent: a one-time link for a colleague to sign in with. */
  async invites(name: string): Promise<string> {
    const answer = await this.fetch('/v1/agents', { method: 'POST', body: JSON.stringify({ name }) });
    return ((await answer.json()) as { signInUrl: string }).signInUrl;
  }

  /** A command under the next number of its lane, and what became of it. */
  give(type: Command['type'], data: object, lane: string = this.conversationId) {
    return this.socket.command(
      { type, data, ...(lane !== 'user' && { conversationId: lane }) } as Command,
      this.#outboxId,
    );
  }

  /** Begins the conversation, and says something in it. */
  async begins(text: string, start: object = {}): Promise<void> {
    const begun = await this.give('conversation.start', { locale: 'en', ...start });
    assert.equal(begun.type, 'ack', JSON.stringify(begun));
    const reply = await this.says(text);
    assert.equal(reply.type, 'ack', JSON.stringify(reply));
  }

  says(text: string, conversationId?: string) {
    const parts: Part[] = [{ partId: 'p', type: 'text', text }];
    return this.give('message.send', { clientMessageId: randomUUID(), parts }, conversationId);
  }

  /** A request with this person's token. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      'content-type': 'application/json',
      ...init.headers,
      authorization: `Bearer ${this.token}`,
    };
    return fetch(new URL(path, this.server.url), { ...init, headers });
  }

  /** The texts of all messages of her conversation so far, in order, each after the role of its author. */
  async transcript(conversationId = this.conversationId): Promise<string[]> {
    const { snapshot } = await this.socket.subscribe(`conversation:${conversationId}:public`);
    assert.equal(snapshot?.kind, 'conversation');
    return snapshot.messages.map(
      ({ author, parts }) =>
        `${author.role}: ${parts.map((part) => ('text' in part ? part.text : part.type)).join(' ')}`,
    );
  }

  /** For an agent: all that was said in any conversation, as lines of its transcript, that has these words in it. */
  async linesWith(words: string): Promise<string[]> {
    const { snapshot } = await this.socket.subscribe('inbox:default');
    assert.equal(snapshot?.kind, 'inbox');
    const lines: string[] = [];
    for (const { conversationId } of snapshot.entries) lines.push(...(await this.transcript(conversationId)));
    return lines.filter((line) => line.includes(words));
  }
}

export const socketUrl = (server: Reachable): string => `${server.url.replace('http', 'ws')}/v1/socket`;

export const postJson = (
  url: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

/** Whatever somebody did before: the process is alive, and somebody else is heard and answered. */
export async function servesOthers(server: DemoServer): Promise<void> {
  assert.ok(server.isRunning, `The server stopped:\n${server.output}`);
  const other = await Wire.visitor(server);
  await other.begins('How do I change the colours of the chat?');
  const { snapshot } = await other.socket.subscribe(`conversation:${other.conversationId}:public`);
  assert.equal(snapshot?.kind, 'conversation');
  // The greeting, the question, and then the bot's answer.
  if (snapshot.messages.length < 3)
    await other.socket.next('event', ({ event }) => event.type === 'message.created');
  other.socket.close();
}
