import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Participant, Session } from '@sahay/protocol';
import { ProblemError } from '../http/problem-error.ts';
import type { SqlAccess } from '../storage/store.ts';
import type { AccessTokens } from './access-tokens.ts';
import { newId } from './secrets.ts';

type Row = { participantId: string; generation: number; endedAt: number | null };

/** What {@link VisitorSessions} needs. */
export interface VisitorSessionsOptions {
  sql: SqlAccess;
  tokens: AccessTokens;
  /** At least 32 random bytes, used for nothing else. */
  key: Uint8Array;
  now: () => number;
  /** Told of each session that ends. */
  onEnded: (sessionId: string) => void;
}

/**
 * Anonymous visitors' sessions. A refresh secret is the session, a generation and their signature; the database keeps
 * the generation alone. So a refresh whose answer got lost, or that two tabs asked for at once, gets the very same next
 * secret again, and a stolen database refreshes nothing.
 */
export class VisitorSessions {
  readonly #options: VisitorSessionsOptions;

  constructor(options: VisitorSessionsOptions) {
    this.#options = options;
  }

  /** Begins a session for a new anonymous visitor. */
  async create(): Promise<Session> {
    const sessionId = newId('vs');
    const visitor: Participant = { id: newId('v'), role: 'visitor' };
    const now = this.#options.now();
    await this.#options.sql.run(
      'INSERT INTO visitor_sessions (session_id, participant_id, generation, created_at, refreshed_at) VALUES (?, ?, 1, ?, ?)',
      [sessionId, visitor.id, now, now],
    );
    return this.#session(visitor, sessionId, 1);
  }

  /**
   * Goes on with a session. The secret before the latest still works until the latest is used; an older one was copied,
   * so it ends the session for everybody.
   *
   * @throws ProblemError `token_invalid`
   */
  async refresh(refreshSecret: string): Promise<Session> {
    const { sessionId, generation } = this.#read(refreshSecret);
    const row = await this.#row(sessionId);
    if (!row || row.endedAt !== null) throw ended();
    if (generation < row.generation - 1) {
      await this.#end(sessionId);
      throw ended();
    }
    // A signed generation beyond the one stored comes from before a backup was restored: it is ours, and counts.
    const next = generation >= row.generation ? generation + 1 : row.generation;
    if (next !== row.generation)
      await this.#options.sql.run(
        'UPDATE visitor_sessions SET generation = max(generation, ?), refreshed_at = ? WHERE session_id = ?',
        [next, this.#options.now(), sessionId],
      );
    return this.#session({ id: row.participantId, role: 'visitor' }, sessionId, next);
  }

  /**
   * Another session of an anonymous visitor who is there already. `undefined` for one who is known to the host's backend, or
   * became so: she signs in there.
   */
  async goOn(participantId: string): Promise<Session | undefined> {
    const { sql, now } = this.#options;
    const sessionId = newId('vs');
    const { changes } = await sql.run(
      `INSERT INTO visitor_sessions (session_id, participant_id, generation, created_at, refreshed_at) SELECT ?1, ?2, 1, ?3, ?3
         WHERE EXISTS (SELECT 1 FROM visitor_sessions WHERE participant_id = ?2)
           AND NOT EXISTS (SELECT 1 FROM visitor_links WHERE former = ?2)`,
      [sessionId, participantId, now()],
    );
    return changes > 0 ? this.#session({ id: participantId, role: 'visitor' }, sessionId, 1) : undefined;
  }

  async #row(sessionId: string): Promise<Row | undefined> {
    const [row] = await this.#options.sql.all<Row>(
      'SELECT participant_id AS participantId, generation, ended_at AS endedAt FROM visitor_sessions WHERE session_id = ?',
      [sessionId],
    );
    return row;
  }

  async #end(sessionId: string): Promise<void> {
    await this.#options.sql.run(
      'UPDATE visitor_sessions SET ended_at = ? WHERE session_id = ? AND ended_at IS NULL',
      [this.#options.now(), sessionId],
    );
    this.#options.onEnded(sessionId);
  }

  async #session(participant: Participant, sessionId: string, generation: number): Promise<Session> {
    const { accessToken, expiresAt } = await this.#options.tokens.sign(participant, sessionId);
    return { accessToken, expiresAt, refreshSecret: this.#secret(sessionId, generation), participant };
  }

  #secret(sessionId: string, generation: number): string {
    return `${sessionId}.${generation}.${this.#signature(sessionId, generation).toString('base64url')}`;
  }

  #signature(sessionId: string, generation: number): Buffer {
    return createHmac('sha256', this.#options.key).update(`${sessionId}.${generation}`).digest();
  }

  #read(secret: string): { sessionId: string; generation: number } {
    const [sessionId = '', number = '', signature = ''] = secret.split('.');
    if (!/^[1-9]\d{0,8}$/.test(number)) throw ended();
    const generation = Number(number);
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#signature(sessionId, generation);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw ended();
    return { sessionId, generation };
  }
}

/** One sentence for every reason, so that nobody learns which sessions exist. */
const ended = (): ProblemError =>
  new ProblemError('token_invalid', 'This session has ended or never was. Begin a new one.');
