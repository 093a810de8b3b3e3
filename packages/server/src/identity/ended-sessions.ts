import type { SqlAccess } from '../storage/store.ts';
import { accessTokenLifetimeMs } from './access-tokens.ts';

/**
 * The sessions that ended so recently that their access tokens would still be good. Kept in memory, so that checking a
 * token costs no query; one process owns the database.
 */
export class EndedSessions {
  readonly #endedAt = new Map<string, number>();
  readonly #now: () => number;

  private constructor(now: () => number) {
    this.#now = now;
  }

  /** Reads what ended shortly before the last stop. */
  static async load(sql: SqlAccess, now: () => number): Promise<EndedSessions> {
    const sessions = new EndedSessions(now);
    const since = now() - accessTokenLifetimeMs;
    for (const table of ['visitor_sessions', 'agent_sessions']) {
      const rows = await sql.all<{ id: string; endedAt: number }>(
        `SELECT session_id AS id, ended_at AS endedAt FROM ${table} WHERE ended_at > ?`,
        [since],
      );
      for (const { id, endedAt } of rows) sessions.#endedAt.set(id, endedAt);
    }
    return sessions;
  }

  has(sessionId: string): boolean {
    return this.#endedAt.has(sessionId);
  }

  add(sessionId: string): void {
    const now = this.#now();
    for (const [id, endedAt] of this.#endedAt)
      if (endedAt < now - accessTokenLifetimeMs) this.#endedAt.delete(id);
    this.#endedAt.set(sessionId, now);
  }
}
