import {
  defaultLimits,
  laneOf,
  makeProblem,
  type Command,
  type CommandFrame,
  type Message,
  type Part,
  type Signal,
  type StreamName,
  type SubscribeFrame,
} from '@sahay/protocol';
import { messageIdOf, type Actor } from '@sahay/protocol/core';
import type { ClientLinkFrame, ConnectorHost, LogLink, ServerLinkFrame } from '../connector/log-connector.ts';
import type { TurnBackend } from '../connector/turn-connector.ts';
import { errorOf } from '../error-of.ts';
import { freshId } from '../ids.ts';
import { problemOf } from '../sahay-error.ts';
import { Answer } from './answer.ts';
import { LocalLog } from './local-log.ts';

/** A streaming message of which nothing was heard for so long, in ms, has lost its tab. */
const orphanMs = 15_000;

/** Runs a turn connector over a log in the client's own storage. */
export function openTurnLog(connector: TurnBackend, host: ConnectorHost): LogLink {
  return new TurnLog(connector, host);
}

class TurnLog implements LogLink {
  readonly #connector: TurnBackend;
  readonly #host: ConnectorHost;
  readonly #log: LocalLog;
  readonly #visitor: Actor = { id: 'visitor', role: 'visitor', tenantId: 'local' };
  readonly #bot: Actor;
  readonly #subscribed = new Set<StreamName>();
  /** The answer in progress of each conversation, and what is to be answered after it. */
  readonly #answers = new Map<string, { abort: AbortController; answer: Answer; next: Set<string> }>();
  readonly #unwatch: () => void;
  #greeting: Part[] = [];
  #cancelSweep: (() => void) | undefined;
  #closed = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(connector: TurnBackend, host: ConnectorHost) {
    this.#connector = connector;
    this.#host = host;
    const { name } = connector;
    this.#bot = { id: name.replace(/[^\w.-]/g, '-') || 'bot', role: 'bot', name, tenantId: 'local' };
    const { id, role } = this.#bot;
    this.#log = new LocalLog(host.storage, host.clock, {
      limits: defaultLimits,
      bot: { id, role, name },
      regenerates: connector.capabilities().has('regenerate'),
      greeting: () => this.#greeting,
    });
    this.#unwatch = host.storage.watch(() => this.#inTurn(() => this.#log.catchUp()));
  }

  start(): void {
    this.#inTurn(async () => {
      await this.#log.catchUp();
      this.#host.handlers.onState({ state: 'online', cause: 'welcomed' });
      this.#host.handlers.onWelcome({
        participant: { id: this.#visitor.id, role: 'visitor' },
        limits: defaultLimits,
      });
      this.#sweep();
    });
  }

  send(frame: ClientLinkFrame): void {
    this.#inTurn(() => {
      switch (frame.type) {
        case 'subscribe':
          return this.#subscribe(frame);
        case 'unsubscribe':
          return void this.#subscribed.delete(frame.stream);
        case 'command':
          return this.#command(frame);
        case 'signal':
          return; // Nobody else is there to see that the visitor types.
      }
    });
  }

  close(): void {
    this.#closed = true;
    this.#unwatch();
    this.#cancelSweep?.();
    for (const { abort } of this.#answers.values()) abort.abort();
    this.#answers.clear();
  }

  #subscribe({ stream, cursor }: SubscribeFrame): void {
    const { backend } = this.#log;
    if (!backend.mayRead(this.#visitor, stream))
      return this.#say({
        type: 'problem',
        problem: makeProblem('not_found', `There is no ${stream}.`),
        stream,
      });
    this.#subscribed.add(stream);
    const { subscribed, events } = backend.read(stream, cursor);
    this.#say(subscribed);
    for (const event of events) this.#say({ type: 'event', event });
  }

  async #command({ outboxId, n, command }: CommandFrame): Promise<void> {
    const lane = laneOf(command);
    const again = command.type === 'message.regenerate' ? command.data.messageId : undefined;
    if (again && !this.#saidIn(lane, again).some(({ author }) => author.role === 'visitor')) {
      const problem = makeProblem(
        'invalid_command',
        'This answers no question, so there is nothing to answer again.',
      );
      return this.#say({ type: 'reject', problem, outboxId, n, lane });
    }
    await this.#prepare(command);
    const { reply, fresh } = await this.#log.execute(this.#visitor, command);
    this.#deliver();
    this.#say({ ...reply, outboxId, n, lane });
    if (reply.type === 'ack' && fresh.length > 0 && (again || command.type === 'message.send'))
      this.#want(lane, again);
  }

  #problem(error: unknown): void {
    this.#say({ type: 'problem', problem: problemOf(error) });
  }

  #signal(signal: Signal): void {
    this.#say({ type: 'signal', signal });
  }

  #say(frame: ServerLinkFrame): void {
    this.#host.handlers.onFrame(frame);
  }

  /** What has to be known, or stored, before a command is decided. */
  async #prepare(command: Command): Promise<void> {
    if (command.type === 'conversation.start' && this.#connector.welcome)
      // A conversation can do without its greeting, not without its beginning.
      this.#greeting = await this.#connector.welcome(command.data.locale).then(
        ({ parts }) => parts,
        () => [],
      );
    const running = this.#answers.get(command.conversationId ?? '');
    if (command.type === 'message.cancel' && running?.answer.messageId === command.data.messageId) {
      await this.#execute({
        type: 'message.checkpoint',
        conversationId: command.conversationId,
        data: running.answer.soFar,
      });
      running.abort.abort();
    }
  }

  /** @param instead the answer that another one is wanted for; `''` for an answer to what was said last */
  #want(conversationId: string, instead = ''): void {
    const running = this.#answers.get(conversationId);
    if (running) running.next.add(instead);
    else void this.#respond(conversationId, [instead]);
  }

  async #respond(conversationId: string, [instead = '', ...later]: readonly string[]): Promise<void> {
    const { clock, locale } = this.#host;
    const abort = new AbortController();
    const answer = new Answer({
      conversationId,
      clock,
      newId: freshId,
      command: (command) => this.#asBot(command),
      delta: (delta) => this.#signal({ type: 'message.delta', data: { conversationId, ...delta } }),
    });
    const running = { abort, answer, next: new Set(later) };
    this.#answers.set(conversationId, running);
    this.#type(conversationId, true);
    const context = { conversationId, locale, ...(instead && { instead }) };
    try {
      const said = this.#saidIn(conversationId, instead);
      await answer.run(this.#connector.respond(said, abort.signal, context), abort.signal);
    } catch (error) {
      if (!this.#closed) this.#problem(error);
    }
    if (this.#closed) return;
    this.#type(conversationId, false);
    this.#answers.delete(conversationId);
    if (running.next.size > 0) void this.#respond(conversationId, [...running.next]);
  }

  #type(conversationId: string, active: boolean): void {
    this.#signal({
      type: 'typing',
      data: { conversationId, participantId: this.#bot.id, active, expiresInMs: 60_000 },
    });
  }

  /** What was said, all of it or until an answer that another one is wanted for. */
  #saidIn(conversationId: string, instead = ''): Message[] {
    const all = [...(this.#log.backend.conversation(conversationId)?.messages.values() ?? [])];
    const end = all.findIndex(({ id }) => id === instead);
    return all
      .slice(0, end < 0 ? all.length : end)
      .filter(
        ({ status, author, supersededAt }) =>
          status !== 'streaming' && status !== 'deleted' && author.role !== 'system' && !supersededAt,
      );
  }

  #asBot(command: Command): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      this.#inTurn(() => this.#execute(command).then(resolve, reject));
    });
  }

  async #execute(command: Command): Promise<string | undefined> {
    const { reply } = await this.#log.execute(this.#bot, command);
    this.#deliver();
    if (reply.type === 'reject') throw errorOf(reply.problem);
    return reply.result.messageId;
  }

  /** Ends answers whose tab is gone; looks again while there are some that may still live. */
  #sweep(): void {
    const { clock } = this.#host;
    const heard = new Map<string, { at: number; conversationId: string }>();
    for (const event of this.#log.events) {
      const id = messageIdOf(event);
      if (id !== undefined)
        heard.set(id, { at: Date.parse(event.time), conversationId: event.stream.split(':')[1]! });
    }
    let open = false;
    for (const [messageId, { at, conversationId }] of heard) {
      if (this.#log.backend.conversation(conversationId)?.message(messageId)?.status !== 'streaming')
        continue;
      if (this.#answers.get(conversationId)?.answer.messageId === messageId) continue;
      if (clock.now() - at < orphanMs) open = true;
      else
        void this.#asBot({
          type: 'message.fail',
          conversationId,
          data: { messageId, reason: 'The page was closed while the answer came in.' },
        }).catch(() => undefined);
    }
    if (open) this.#cancelSweep = clock.after(orphanMs, () => this.#inTurn(() => this.#sweep()));
  }

  #deliver(): void {
    for (const event of this.#log.take())
      if (this.#subscribed.has(event.stream)) this.#say({ type: 'event', event });
  }

  /** One thing after the other: what is read is never behind what was said before. */
  #inTurn(work: () => unknown): void {
    this.#last = this.#last.then(async () => {
      if (this.#closed) return;
      try {
        await work();
        this.#deliver();
      } catch (error) {
        this.#problem(error);
      }
    });
  }
}
