import {
  conversationStream,
  inboxStream,
  userStream,
  type Conversation,
  type ErasureReceipt,
  type StreamName,
  type Time,
} from '@sahay/protocol';
import { eraseInConversation, type Fact } from '@sahay/protocol/core';
import type { Database } from './database.ts';
import { StoredConversation } from './stored-conversation.ts';
import type { StreamTable } from './stream-table.ts';
import { TranscriptTable } from './transcript-table.ts';

type Erased<T extends Fact['type']> = Extract<Fact, { type: T }>;

/**
 * Takes away what was said: the events of its streams keep their places and lose their contents, and of the projections
 * only that there was a conversation is left. All within the transaction of the caller. What is taken away is written over
 * in the file too, for so the database was opened.
 */
export class Eraser {
  readonly #db: Database;
  readonly #streams: StreamTable;
  readonly #transcripts: TranscriptTable;
  #receipt: Pick<ErasureReceipt, 'conversations' | 'messages' | 'attachments'> = nothing();

  constructor(db: Database, streams: StreamTable) {
    this.#db = db;
    this.#streams = streams;
    this.#transcripts = new TranscriptTable(db);
  }

  /** Begins to count for the next receipt. */
  begin(): void {
    this.#receipt = nothing();
  }

  /** Erases a conversation, and what the inbox and its visitor's list held of it. */
  conversation(id: string, { time }: Erased<'conversation.erased'>): void {
    const { conversation } = new StoredConversation(this.#db, id);
    if (conversation) this.#eraseConversation(conversation, time);
  }

  #eraseConversation(conversation: Conversation, time: Time): void {
    const { id } = conversation;
    const [publicStream, staffStream] = [conversationStream(id, 'public'), conversationStream(id, 'staff')];
    const { head } = this.#transcripts.read(publicStream);
    for (const stream of [publicStream, staffStream]) this.#transcripts.seal(stream);
    this.#transcripts.forgetSalts(id);
    this.#blank(publicStream);
    const events = this.#blank(staffStream);
    this.#blankInInbox(inboxStream(conversation.tenantId), staffStream, id);
    for (const one of this.#namesOf(conversation.visitor.id)) this.#blank(userStream(one), id);
    this.#receipt.conversations.push({ conversationId: id, events, head });
    this.#receipt.messages += this.#db.run('DELETE FROM messages WHERE conversation = ?', id);
    this.#receipt.attachments += this.#removeAttachments(id);
    this.#db.run('DELETE FROM staff_items WHERE conversation = ?', id);
    this.#forgetDeliveries(id);
    const state = eraseInConversation(conversation, time);
    this.#db.run(
      "UPDATE conversations SET visitor = ?, status = 'closed', state = ?, staff = ? WHERE id = ?",
      state.visitor.id,
      JSON.stringify(state),
      JSON.stringify({ context: {} }),
      id,
    );
  }

  /** Erases, unless one conversation was meant, all else that is a user's, and writes the receipt. */
  user(id: string, { time, data }: Erased<'data.erased'>): void {
    if (data.conversationId === undefined) {
      for (const one of this.#namesOf(id)) this.#blank(userStream(one));
      this.#db.run('DELETE FROM exports WHERE subject = ?', id);
    }
    this.#streams.rotate(userStream(id));
    const receipt: ErasureReceipt = { receiptId: data.receiptId, time, ...this.#receipt };
    this.#db.run(
      'INSERT INTO erasures (id, subject, json) VALUES (?, ?, ?)',
      data.receiptId,
      id,
      JSON.stringify(receipt),
    );
    this.begin();
  }

  /** A user's id, and those that she had before she was known: invitations may stand in their streams. */
  #namesOf(id: string): string[] {
    const formers = this.#db.all<{ former: string }>('SELECT former FROM visitor_links WHERE known = ?', id);
    return [id, ...formers.map(({ former }) => former)];
  }

  /** Blanks a stream's events, or those of them that are about one conversation; its readers begin anew. */
  #blank(name: StreamName, conversationId?: string): number {
    const stream = this.#streams.find(name);
    if (!stream) return 0;
    this.#streams.rotate(name);
    // What is said of an invitation and names no conversation goes with whichever of hers goes first: a dismissal with its reason, and
    // invitations as earlier versions stored them.
    return this.#db.run(
      `UPDATE events SET data = '{}' WHERE n IN (SELECT event FROM entries WHERE stream = ?1) AND data <> '{}'
         AND (?2 IS NULL OR ?2 IN (data ->> '$.entry.conversationId', data ->> '$.conversation.conversationId',
           data ->> '$.conversationId', data ->> '$.invitation.conversationId',
           data ->> '$.invitation.sourceConversationId')
           OR coalesce(data ->> '$.invitation.invitationId', data ->> '$.invitationId') IS NOT NULL AND coalesce(data ->> '$.conversationId',
             data ->> '$.invitation.conversationId', data ->> '$.invitation.sourceConversationId') IS NULL)`,
      stream.n,
      conversationId ?? null,
    );
  }

  /**
   * Blanks what the inbox told of a conversation. Each change stands right behind what led to it, with its time: so it is found from
   * the conversation's own events, however long the log of all of them is. Where that log was trimmed, the inbox's is looked through.
   */
  #blankInInbox(inbox: StreamName, staff: StreamName, conversationId: string): void {
    const stream = this.#streams.find(staff);
    const said = this.#db.all<{ seq: number; n: number; time: string }>(
      `SELECT seq, n, time FROM entries JOIN events ON events.n = entries.event WHERE stream = ? ORDER BY seq`,
      stream?.n ?? 0,
    );
    if (said[0]?.seq !== 1) return void this.#blank(inbox, conversationId);
    const told = new Set<number>();
    for (const [index, { n, time }] of said.entries())
      if (said[index + 1]?.n !== n + 1)
        for (const one of this.#toldBehind(n, time, conversationId)) told.add(one);
    for (const n of told) this.#db.run("UPDATE events SET data = '{}' WHERE n = ?", n);
    this.#streams.rotate(inbox);
  }

  /** The changes of a conversation's entry in the inbox that were appended behind an event, in the same moment. */
  #toldBehind(event: number, time: string, conversationId: string): number[] {
    const told: number[] = [];
    const rows = this.#db.iterate<{ n: number; time: string; about: string | null }>(
      `SELECT n, time, CASE WHEN time = ?2 AND type = 'inbox.changed' THEN data ->> '$.entry.conversationId' END AS about
       FROM events WHERE n > ?1 ORDER BY n`,
      event,
      time,
    );
    for (const row of rows) {
      if (row.time !== time) break;
      if (row.about === conversationId) told.push(row.n);
    }
    return told;
  }

  #forgetDeliveries(id: string): void {
    for (const table of ['webhook_deliveries', 'webhook_lanes', 'mail_lanes'])
      this.#db.run(`DELETE FROM ${table} WHERE conversation = ?`, id);
  }

  #removeAttachments(id: string): number {
    this.#db.run(
      `INSERT OR IGNORE INTO files_to_remove SELECT file_name FROM uploads
         WHERE attachment_id IN (SELECT id FROM attachments WHERE conversation = ?)`,
      id,
    );
    this.#db.run(
      'DELETE FROM uploads WHERE attachment_id IN (SELECT id FROM attachments WHERE conversation = ?)',
      id,
    );
    return this.#db.run('DELETE FROM attachments WHERE conversation = ?', id);
  }
}

const nothing = (): Pick<ErasureReceipt, 'conversations' | 'messages' | 'attachments'> => ({
  conversations: [],
  messages: 0,
  attachments: 0,
});
