import type { Message } from '@sahay/protocol';
import type { SqlAccess } from '../storage/store.ts';

/** A conversation in which an answer may have to be e-mailed. */
export interface MailLane {
  conversation: string;
  attempts: number;
  /** The last message that was in an e-mail. */
  mailedOrdinal: number;
  lastSentAt: number | null;
  /** The e-mail that a process which is gone was handing over; one process hands over one at a time. */
  claim: string | null;
  claimOrdinal: number | null;
}

const columns =
  'conversation, attempts, mailed_ordinal AS mailedOrdinal, last_sent_at AS lastSentAt, claim, claim_ordinal AS claimOrdinal';

/** What of e-mails is on disk. */
export class MailOutbox {
  readonly #sql: SqlAccess;

  constructor(sql: SqlAccess) {
    this.#sql = sql;
  }

  /** The lanes that have waited long enough, those that wait longest first. */
  due(now: number, delayMs: number, most: number): Promise<MailLane[]> {
    return this.#sql.all<MailLane>(
      `SELECT ${columns} FROM mail_lanes WHERE waiting_since <= ? AND not_before <= ? ORDER BY waiting_since LIMIT ?`,
      [now - delayMs, now, most],
    );
  }

  /** What agents said that the visitor has neither read, nor answered, nor been e-mailed: oldest first. */
  async unread(lane: MailLane, visitorId: string, readId: string | undefined): Promise<Unread[]> {
    const rows = await this.#sql.all<{ ordinal: number; json: string }>(
      `SELECT ordinal, json FROM messages WHERE conversation = ?1 AND ordinal > max(?2,
         coalesce((SELECT ordinal FROM messages WHERE conversation = ?1 AND id = ?3), -1),
         coalesce((SELECT max(ordinal) FROM messages WHERE conversation = ?1 AND author = ?4), -1)) ORDER BY ordinal LIMIT 50`,
      [lane.conversation, lane.mailedOrdinal, readId ?? '', visitorId],
    );
    return rows
      .map(({ ordinal, json }) => ({ ordinal, message: JSON.parse(json) as Message }))
      .filter(({ message }) => message.author.role === 'agent' && message.status === 'complete');
  }

  /** Nothing is to be sent, until an agent says something again. */
  async settle({ conversation }: MailLane): Promise<void> {
    await this.#sql.run('UPDATE mail_lanes SET waiting_since = NULL, attempts = 0 WHERE conversation = ?', [
      conversation,
    ]);
  }

  /** It is looked at again, not before a moment. */
  async postpone({ conversation }: MailLane, until: number): Promise<void> {
    await this.#sql.run('UPDATE mail_lanes SET not_before = ? WHERE conversation = ?', [until, conversation]);
  }

  /** From here on this e-mail may be on its way. */
  async claim({ conversation }: MailLane, id: string, ordinal: number): Promise<void> {
    await this.#sql.run('UPDATE mail_lanes SET claim = ?, claim_ordinal = ? WHERE conversation = ?', [
      id,
      ordinal,
      conversation,
    ]);
  }

  /** The e-mail is somebody else's to deliver. The lane is looked at once more: somebody may have said something meanwhile. */
  async sent({ conversation }: MailLane, now: number): Promise<void> {
    await this.#sql.run(
      `UPDATE mail_lanes SET mailed_ordinal = claim_ordinal, last_sent_at = ?, claim = NULL, claim_ordinal = NULL, attempts = 0
         WHERE conversation = ?`,
      [now, conversation],
    );
  }

  /** It could not be handed over. */
  async failed({ conversation, attempts }: MailLane, until: number): Promise<void> {
    await this.#sql.run(
      'UPDATE mail_lanes SET claim = NULL, claim_ordinal = NULL, attempts = ?, not_before = ? WHERE conversation = ?',
      [attempts + 1, until, conversation],
    );
  }

  async isRefused(addressDigest: string): Promise<boolean> {
    const rows = await this.#sql.all('SELECT 1 AS one FROM mail_refusals WHERE address_digest = ?', [
      addressDigest,
    ]);
    return rows.length > 0;
  }

  /** Whoever has this address wants no more e-mails. */
  async refuse(addressDigest: string, now: number): Promise<void> {
    await this.#sql.run(
      'INSERT INTO mail_refusals (address_digest, refused_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
      [addressDigest, now],
    );
  }
}

/** An answer with its place in the conversation. */
export interface Unread {
  ordinal: number;
  message: Message;
}
