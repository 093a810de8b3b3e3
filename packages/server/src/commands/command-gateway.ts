import { laneOf, type CommandType } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { CommandGuard, CommandOptions, Commands } from '../context.ts';
import type { ExecuteOptions, NumberedCommand, Reply, Store } from '../storage/store.ts';
import { LaneWaiters } from './lane-waiters.ts';

/**
 * The one way in for commands. A guard may take its time; the outbox's later commands then wait behind it, so that
 * nothing overtakes within a lane.
 */
export class CommandGateway implements Commands {
  readonly #store: Store;
  readonly #guards = new Map<CommandType, CommandGuard[]>();
  /** The last command of each outbox that is still with its guards. */
  readonly #guarded = new Map<string, Promise<unknown>>();
  readonly #waiters = new LaneWaiters();

  constructor(store: Store) {
    this.#store = store;
  }

  guard(type: CommandType, guard: CommandGuard): void {
    this.#guards.set(type, [...(this.#guards.get(type) ?? []), guard]);
  }

  execute(actor: Actor, command: NumberedCommand, options: CommandOptions = {}): Promise<{ reply: Reply }> {
    const { malformed, patienceMs } = options;
    const run = (): Promise<{ reply: Reply }> => this.#run(actor, command, malformed);
    const lane = `${actor.role}/${actor.id}/${command.outboxId}/${laneOf(command.command)}`;
    if (patienceMs) return this.#waiters.runInTurn(lane, patienceMs, run);
    const done = run();
    if (this.#waiters.isEmpty) return done;
    return done.then((result) => this.#waiters.passed(lane, result));
  }

  #run(
    actor: Actor,
    command: NumberedCommand,
    malformed?: CommandOptions['malformed'],
  ): Promise<{ reply: Reply }> {
    const guards = malformed ? undefined : this.#guards.get(command.command.type);
    // Whose outbox it is, is known only inside: nobody may make another wait by naming hers.
    const outbox = `${actor.role}/${actor.id}/${command.outboxId}`;
    const before = this.#guarded.get(outbox);
    const given = malformed ? { refusal: malformed } : {};
    if (!guards && !before) return this.#store.execute(actor, command, given);
    const verdict = this.#ask(guards ?? [], before, actor, command);
    const settled = verdict.catch(() => undefined);
    this.#guarded.set(outbox, settled);
    // The store takes commands in the order of its calls: from here on nobody has to wait.
    const reply = verdict.then((asked) => this.#store.execute(actor, command, { ...given, ...asked }));
    void settled.then(() => {
      if (this.#guarded.get(outbox) === settled) this.#guarded.delete(outbox);
    });
    return reply;
  }

  async #ask(
    guards: readonly CommandGuard[],
    before: Promise<unknown> | undefined,
    actor: Actor,
    { command }: NumberedCommand,
  ): Promise<ExecuteOptions> {
    await before;
    const options: ExecuteOptions = {};
    for (const guard of guards) {
      const verdict = await guard(actor, command);
      if (verdict && 'facts' in verdict) options.facts = { ...options.facts, ...verdict.facts };
      else if (verdict) return { refusal: verdict };
    }
    return options;
  }
}
