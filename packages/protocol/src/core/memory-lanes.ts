import type { CommandResult, Participant, Problem } from '../generated/types.ts';
import { makeProblem } from '../problem.ts';
import { admit, recentResults } from './lane.ts';
import type { Actor } from './types.ts';

/** What a command came to, as its lane remembers it. */
export type Outcome = { result: CommandResult } | { problem: Problem };

type LaneRecord = { lastDone: number; done: Map<number, { digest: string; result: Outcome }> };

/** A numbered command's place: whose it is, in which outbox and lane, under which number, saying what. */
export interface Place {
  actor: Actor;
  outboxId: string;
  lane: string;
  n: number;
  digest: string;
}

const ownerOf = ({ role, id }: Participant): string => `${role}/${id}`;

/** The lanes of a backend in memory, and whose outboxes they belong to. */
export class MemoryLanes {
  readonly #lanes = new Map<string, LaneRecord>();
  readonly #owners = new Map<string, string>();
  /** Whose an outbox is for the next command alone. */
  readonly #lent = new Map<string, string>();

  /** What is known of this number already: its outcome, or why it cannot run. Nothing, when it is the next to run. */
  settled({ actor, outboxId, lane, n, digest }: Place): Outcome | undefined {
    const owner = this.#owners.get(outboxId);
    const lentTo = this.#lent.get(outboxId);
    this.#lent.delete(outboxId);
    if (owner !== undefined && owner !== ownerOf(actor) && lentTo !== ownerOf(actor))
      return {
        problem: makeProblem('outbox_conflict', 'This outbox belongs to somebody else. Mint a new one.'),
      };
    const record = this.#lanes.get(`${outboxId}/${lane}`);
    const admission = admit<Outcome>(
      { lastDone: record?.lastDone ?? 0, recent: (number) => record?.done.get(number) },
      n,
      digest,
    );
    switch (admission.kind) {
      case 'run':
        return undefined;
      case 'replay':
        return admission.result;
      case 'hole': {
        const { expected } = admission;
        return { problem: makeProblem('out_of_order', `Number ${expected} is missing.`, { expected }) };
      }
      case 'mismatch':
      case 'forgotten':
        return {
          problem: makeProblem(
            'payload_mismatch',
            `Number ${n} was used with another command. Mint a new outbox.`,
          ),
        };
    }
  }

  /** Lets the one whom a visitor is about to become use that visitor's outbox, for the command that says so. */
  lend(outboxId: string, from: Participant, to: Actor): void {
    if (this.#owners.get(outboxId) === ownerOf(from)) this.#lent.set(outboxId, ownerOf(to));
  }

  /** All outboxes of one become another's, with every number done. */
  pass(from: Participant, to: Actor): void {
    for (const [outboxId, owner] of this.#owners)
      if (owner === ownerOf(from)) this.#owners.set(outboxId, ownerOf(to));
  }

  /** Remembers what the next number of a lane came to. */
  settle({ actor, outboxId, lane, n, digest }: Place, result: Outcome): void {
    const key = `${outboxId}/${lane}`;
    const record = this.#lanes.get(key) ?? { lastDone: 0, done: new Map() };
    record.lastDone = n;
    record.done.set(n, { digest, result });
    record.done.delete(n - recentResults);
    this.#lanes.set(key, record);
    if (!this.#owners.has(outboxId)) this.#owners.set(outboxId, ownerOf(actor));
  }
}
