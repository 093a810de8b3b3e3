import type { Command, CommandResult, Problem } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { Store } from '../storage/store.ts';

/** What became of a command. */
export type Outcome = { result: CommandResult } | { problem: Problem };

/**
 * One piece of the bot's work as an outbox of its own. Its id comes from the question and the attempt, so that work done
 * twice by mistake has its effect once.
 */
export class NumberedOutbox {
  readonly #store: Store;
  readonly #actor: Actor;
  readonly #outboxId: string;
  #n = 0;

  constructor(store: Store, actor: Actor, outboxId: string) {
    this.#store = store;
    this.#actor = actor;
    this.#outboxId = outboxId;
  }

  async execute(command: Command): Promise<Outcome> {
    const n = ++this.#n;
    const { reply } = await this.#store.execute(this.#actor, { outboxId: this.#outboxId, n, command });
    return reply.type === 'ack' ? { result: reply.result } : { problem: reply.problem };
  }
}
