import type { Conversation, Participant } from '@sahay/protocol';
import type { Actor, FormerVisitor } from '@sahay/protocol/core';
import type { Database } from './database.ts';
import type { LaneTable } from './lane-table.ts';
import { userStateOf } from './user-state.ts';

/** Anonymous visitors who became known ones, and what moves with them beside the log. */
export class VisitorLinks {
  readonly #db: Database;
  readonly #lanes: LaneTable;
  /** Who became somebody else since this process began; the tokens of those before have run out or are remembered. */
  readonly #left = new Set<string>();

  constructor(db: Database, lanes: LaneTable) {
    this.#db = db;
    this.#lanes = lanes;
  }

  /** Whether somebody who gives a command became somebody else a moment ago: nothing more may become hers. */
  hasLeft({ id }: Actor): boolean {
    return this.#left.has(id);
  }

  /** An anonymous visitor and all that is hers, as the core sees it. */
  former(visitor: Participant): FormerVisitor {
    const link = this.#db.get<{ known: string }>(
      'SELECT known FROM visitor_links WHERE former = ?',
      visitor.id,
    );
    const { consents, invitations } = userStateOf(this.#db, visitor.id);
    return {
      visitor,
      linkedTo: link?.known,
      conversations: this.conversationsOf(visitor.id),
      consents,
      invitations,
    };
  }

  /** The conversations of a visitor, oldest first. */
  conversationsOf(visitorId: string): Conversation[] {
    return this.#db
      .all<{ state: string }>(
        'SELECT state FROM conversations WHERE visitor = ? ORDER BY started_at',
        visitorId,
      )
      .map(({ state }) => JSON.parse(state) as Conversation);
  }

  /** Lets outboxes, lanes and sessions follow the events that made a visitor a known one, in their transaction. */
  link(from: string, to: Actor, time: string): void {
    const now = Date.parse(time);
    this.#db.run('INSERT INTO visitor_links (former, known, linked_at) VALUES (?, ?, ?)', from, to.id, now);
    this.#db.run('DELETE FROM users WHERE id = ?', from);
    this.#db.run(
      'UPDATE visitor_sessions SET ended_at = ? WHERE participant_id = ? AND ended_at IS NULL',
      now,
      from,
    );
    this.#lanes.pass({ ...to, id: from }, to);
    this.#left.add(from);
  }
}
