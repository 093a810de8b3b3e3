import type { Participant } from '@sahay/protocol';
import { ProblemError } from '../http/problem-error.ts';
import type { SqlAccess } from '../storage/store.ts';
import type { AccessTokens } from './access-tokens.ts';
import { cleanName } from './clean-name.ts';
import { digestOf, newId, newSecret } from './secrets.ts';

/** How long a one-time sign-in link works, in ms. */
export const signInLifetimeMs = 24 * 3_600_000;
/** How long an agent's cookie works after its last use, in ms. */
export const agentSessionLifetimeMs = 30 * 24 * 3_600_000;
/** Visitors see the name; the owner gives a better one when signing in. */
const unnamedOwner = 'Support';

type AgentRow = { agentId: string; name: string };
type SessionRow = AgentRow & { sessionId: string; usedAt: number };

/** What {@link Agents} needs. */
export interface AgentsOptions {
  sql: SqlAccess;
  tokens: AccessTokens;
  now: () => number;
  /** Told of each session that ends. */
  onEnded: (sessionId: string) => void;
}

/** The people who answer: their accounts, one-time links and cookie sessions. There is no password to guess. */
export class Agents {
  readonly #options: AgentsOptions;

  constructor(options: AgentsOptions) {
    this.#options = options;
  }

  /** A fresh code for the owner, who is made at the first start. Codes of earlier starts stop working. */
  async startCode(): Promise<string> {
    const { sql, now } = this.#options;
    await sql.run(
      'INSERT INTO agents (agent_id, name, is_owner, created_at) SELECT ?, ?, 1, ? WHERE NOT EXISTS (SELECT 1 FROM agents WHERE is_owner = 1)',
      [newId('a'), unnamedOwner, now()],
    );
    const [owner] = await sql.all<AgentRow>(
      'SELECT agent_id AS agentId, name FROM agents WHERE is_owner = 1',
    );
    if (!owner)
      throw new Error(
        'The owner could not be stored. Look into the database: the table "agents" is not as it should be.',
      );
    await sql.run("DELETE FROM sign_in_codes WHERE kind = 'start' OR expires_at <= ?", [now()]);
    return this.#newCode(owner.agentId, 'start');
  }

  /** Makes another agent, who signs in with the code. */
  async create(name: string): Promise<{ agent: Participant; code: string }> {
    const agentId = newId('a');
    const clean = agentName(name);
    await this.#options.sql.run(
      'INSERT INTO agents (agent_id, name, is_owner, created_at) VALUES (?, ?, 0, ?)',
      [agentId, clean, this.#options.now()],
    );
    return {
      agent: { id: agentId, role: 'agent', name: clean },
      code: await this.#newCode(agentId, 'invitation'),
    };
  }

  /**
   * Consumes a one-time code and begins a session. Of two requests with the same code one wins.
   *
   * @throws ProblemError `token_invalid` when the code was used, has run out or never was
   */
  async signIn(code: string, name?: string): Promise<{ participant: Participant; sessionSecret: string }> {
    const { sql, now } = this.#options;
    const clean = name === undefined ? undefined : agentName(name);
    const [digest, sessionSecret, time] = [digestOf(code), newSecret(), now()];
    const [begun] = await sql.transaction([
      {
        sql: `INSERT INTO agent_sessions (session_id, digest, agent_id, created_at, used_at)
          SELECT ?, ?, agent_id, ?, ? FROM sign_in_codes WHERE digest = ? AND expires_at > ?`,
        params: [newId('as'), digestOf(sessionSecret), time, time, digest, time],
      },
      {
        sql: `UPDATE agents SET name = coalesce(?, name)
          WHERE agent_id = (SELECT agent_id FROM sign_in_codes WHERE digest = ? AND expires_at > ?)`,
        params: [clean ?? null, digest, time],
      },
      { sql: 'DELETE FROM sign_in_codes WHERE digest = ?', params: [digest] },
    ]);
    const session = begun?.changes === 1 ? await this.#session(sessionSecret) : undefined;
    if (!session)
      throw new ProblemError(
        'token_invalid',
        'This sign-in link was used already or has run out. Restart the server for a fresh one, or ask a colleague for one.',
      );
    return { participant: participantOf(session), sessionSecret };
  }

  /**
   * An access token for the holder of a session's cookie.
   *
   * @throws ProblemError `unauthenticated` when the session has ended
   */
  async token(
    sessionSecret: string | undefined,
  ): Promise<{ accessToken: string; expiresAt: string; participant: Participant }> {
    const session = sessionSecret ? await this.#session(sessionSecret) : undefined;
    if (!session)
      throw new ProblemError('unauthenticated', 'Nobody is signed in here. Open a sign-in link first.');
    const { sql, now } = this.#options;
    // Once an hour is exact enough for a month, and spares a write a token.
    if (now() - session.usedAt > 3_600_000)
      await sql.run('UPDATE agent_sessions SET used_at = ? WHERE session_id = ?', [now(), session.sessionId]);
    const participant = participantOf(session);
    return { ...(await this.#options.tokens.sign(participant, session.sessionId)), participant };
  }

  /** Ends a session; one that has ended already is no error. */
  async signOut(sessionSecret: string | undefined): Promise<void> {
    const session = sessionSecret ? await this.#session(sessionSecret) : undefined;
    if (!session) return;
    await this.#options.sql.run('UPDATE agent_sessions SET ended_at = ? WHERE session_id = ?', [
      this.#options.now(),
      session.sessionId,
    ]);
    this.#options.onEnded(session.sessionId);
  }

  async #session(secret: string): Promise<SessionRow | undefined> {
    const [row] = await this.#options.sql.all<SessionRow>(
      `SELECT session_id AS sessionId, used_at AS usedAt, agents.agent_id AS agentId, name
        FROM agent_sessions JOIN agents USING (agent_id) WHERE digest = ? AND ended_at IS NULL AND used_at > ?`,
      [digestOf(secret), this.#options.now() - agentSessionLifetimeMs],
    );
    return row;
  }

  async #newCode(agentId: string, kind: 'start' | 'invitation'): Promise<string> {
    const code = newSecret();
    await this.#options.sql.run(
      'INSERT INTO sign_in_codes (digest, agent_id, kind, expires_at) VALUES (?, ?, ?, ?)',
      [digestOf(code), agentId, kind, this.#options.now() + signInLifetimeMs],
    );
    return code;
  }
}

const participantOf = ({ agentId, name }: AgentRow): Participant => ({ id: agentId, role: 'agent', name });

function agentName(name: string): string {
  const clean = cleanName(name, 80);
  if (!clean)
    throw new ProblemError('invalid_command', 'The name is empty. Give the name that visitors shall see.');
  return clean;
}
