import type {
  AckFrame,
  Command,
  CommandDataMap,
  CommandType,
  Participant,
  Part,
  Problem,
  Signal,
} from '@sahay/protocol';
import type { Actor, MemoryBackend } from '@sahay/protocol/core';

/** A command a scripted person gave was refused; `problem` says why. */
export class ScriptError extends Error {
  /** What the backend said. */
  readonly problem: Problem;
  constructor(command: string, problem: Problem) {
    super(`The mock backend refused ${command}: ${problem.detail ?? problem.title} (${problem.code}).`);
    this.name = 'ScriptError';
    this.problem = problem;
  }
}

/** Somebody a test plays: an agent, or the bot. Each action takes effect at once. */
export class ScriptedPerson {
  /** Who it is, to the backend. */
  readonly actor: Actor;
  readonly #backend: MemoryBackend;
  readonly #signal: (signal: Signal) => void;
  readonly #lanes = new Map<string, number>();
  #messages = 0;

  constructor(actor: Actor, backend: MemoryBackend, signal: (signal: Signal) => void) {
    this.actor = actor;
    this.#backend = backend;
    this.#signal = signal;
  }

  /** Gives any command; returns its result or throws a {@link ScriptError}. */
  command<T extends CommandType>(
    type: T,
    conversationId: string,
    data: CommandDataMap[T],
  ): AckFrame['result'] {
    const n = (this.#lanes.get(conversationId) ?? 0) + 1;
    const command = { type, conversationId, data } as Command;
    const reply = this.#backend.execute(this.actor, { outboxId: `script-${this.actor.id}`, n, command });
    if (reply.type === 'ack' || !reply.problem.retryable) this.#lanes.set(conversationId, n);
    if (reply.type === 'reject') throw new ScriptError(type, reply.problem);
    return reply.result;
  }

  /** Says something; a string is plain text. Returns the message's id. */
  say(conversationId: string, what: string | Part[]): string {
    const parts: Part[] = typeof what === 'string' ? [{ partId: 'text', type: 'text', text: what }] : what;
    const clientMessageId = `${this.actor.id}-${++this.#messages}`;
    return this.command('message.send', conversationId, { clientMessageId, parts }).messageId ?? '';
  }

  /**
   * Streams Markdown piece by piece and completes it. Between pieces the test decides when to go on.
   *
   * @example
   * const answer = bot.stream('c1');
   * answer.write('Hel'); answer.write('lo'); answer.end();
   */
  stream(conversationId: string): {
    messageId: string;
    write(text: string): void;
    end(): void;
    fail(reason: string): void;
  } {
    const partId = 'text';
    const clientMessageId = `${this.actor.id}-${++this.#messages}`;
    const messageId =
      this.command('message.send', conversationId, {
        clientMessageId,
        status: 'streaming',
        parts: [{ partId, type: 'text', text: '', format: 'markdown' }],
      }).messageId ?? '';
    let text = '';
    let index = 0;
    return {
      messageId,
      write: (piece) => {
        text += piece;
        this.#signal({
          type: 'message.delta',
          data: { conversationId, messageId, partId, index: index++, text: piece },
        });
      },
      end: () =>
        void this.command('message.complete', conversationId, {
          messageId,
          parts: [{ partId, type: 'text', text, format: 'markdown' }],
        }),
      fail: (reason) => void this.command('message.fail', conversationId, { messageId, reason }),
    };
  }

  /** Shows, or stops showing, that the person types. */
  typing(conversationId: string, active = true): void {
    this.#signal({ type: 'typing', data: { conversationId, participantId: this.actor.id, active } });
  }

  /** Takes the conversation over. */
  accept(conversationId: string): void {
    this.command('assignment.accept', conversationId, {});
  }

  /** Ends the conversation. */
  close(conversationId: string): void {
    this.command('conversation.close', conversationId, {});
  }
}

/** The participant a scripted person is. */
export const scripted = (role: 'agent' | 'bot', id: string, name: string): Participant => ({
  id,
  role,
  name,
});
