import { hash } from 'node:crypto';
import type { CommandResult, Problem } from '@sahay/protocol';
import { admit, canonical, type Actor, type Admission } from '@sahay/protocol/core';
import type { NumberedCommand } from '../store.ts';
import type { Database } from './database.ts';

/** What became of a command, as it is stored with its number. */
export type Outcome = { result: CommandResult } | { problem: Problem };

/** How many results a lane keeps for senders who ask again. */
const keptResults = 1_000;

/** Owners held in memory; beyond that they are read again. */
const mostKnownOwners = 20_000;

/** The numbered lanes of outboxes, by the rules of the protocol. */
export class LaneTable {
  readonly #db: Database;
  /** Who owns which outbox, as it stands in the file; only `pass` changes an owner. */
  readonly #owners = new Map<string, string>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Whether the outbox may be used by this actor: it is theirs from their first command on. */
  belongsTo(actor: Actor, outboxId: string): boolean {
    const known = this.#owners.get(outboxId);
    if (known !== undefined) return known === ownerOf(actor);
    const row = this.#db.get<{ owner: string }>('SELECT owner FROM outboxes WHERE id = ?', outboxId);
    if (!row) return true;
    if (this.#owners.size >= mostKnownOwners) this.#owners.clear();
    this.#owners.set(outboxId, row.owner);
    return row.owner === ownerOf(actor);
  }

  /** All outboxes of one become another's, with every number done: what ran before does not run again. */
  pass(from: Actor, to: Actor): void {
    this.#owners.clear();
    this.#db.run('UPDATE outboxes SET owner = ? WHERE owner = ?', ownerOf(to), ownerOf(from));
  }

  /** What the lane's rules say of a number with this body. */
  admit({ outboxId, n }: NumberedCommand, lane: string, digest: string): Admission<Outcome> {
    const row = this.#db.get<{ last_done: number }>(
      'SELECT last_done FROM lanes WHERE outbox = ? AND lane = ?',
      outboxId,
      lane,
    );
    return admit(
      { lastDone: row?.last_done ?? 0, recent: (number) => this.#result(outboxId, lane, number) },
      n,
      digest,
    );
  }

  #result(outbox: string, lane: string, n: number): { digest: string; result: Outcome } | undefined {
    const row = this.#db.get<{ digest: string; outcome: string }>(
      'SELECT digest, outcome FROM lane_results WHERE outbox = ? AND lane = ? AND n = ?',
      outbox,
      lane,
      n,
    );
    return row && { digest: row.digest, result: JSON.parse(row.outcome) as Outcome };
  }

  /** Consumes a number and keeps its outcome. */
  complete(
    actor: Actor,
    { outboxId, n }: NumberedCommand,
    lane: string,
    digest: string,
    outcome: Outcome,
  ): void {
    if (n === 1)
      this.#db.run(
        'INSERT INTO outboxes (id, owner) VALUES (?, ?) ON CONFLICT DO NOTHING',
        outboxId,
        ownerOf(actor),
      );
    this.#db.run(
      'INSERT INTO lanes (outbox, lane, last_done) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET last_done = excluded.last_done',
      outboxId,
      lane,
      n,
    );
    this.#db.run(
      'INSERT INTO lane_results (outbox, lane, n, digest, outcome) VALUES (?, ?, ?, ?, ?)',
      outboxId,
      lane,
      n,
      digest,
      JSON.stringify(outcome),
    );
    if (n > keptResults)
      this.#db.run(
        'DELETE FROM lane_results WHERE outbox = ? AND lane = ? AND n = ?',
        outboxId,
        lane,
        n - keptResults,
      );
  }
}

const ownerOf = ({ tenantId, role, id }: Actor): string => `${tenantId}/${role}/${id}`;

/** What two equal commands share and two different ones do not. */
export const digestOf = (command: unknown): string => hash('sha256', canonical(command), 'base64url');
