import type {
  Attachment,
  Conversation,
  EventDataMap,
  Invitation,
  Message,
  StaffState,
} from '@sahay/protocol';
import {
  applyToConversation,
  applyToMessage,
  applyToStaff,
  bounds,
  emptyStaffState,
  hasConsent,
  identifyInConversation,
  identifyInMessage,
  messageIdOf,
  type ConversationView,
  type Fact,
} from '@sahay/protocol/core';
import type { Database } from './database.ts';
import { userStateOf } from './user-state.ts';

type Row = { state: string; staff: string };
type MessageRow = { ordinal: number; json: string };
type StaffSummary = Pick<StaffState, 'context' | 'handoffContext'>;

const parse = <T>(json: string): T => JSON.parse(json) as T;

/**
 * One conversation in the database, as the core sees it: everything is looked up by id when it is asked for, so that a
 * command costs the same however long the conversation is. Notes and answer traces have rows of their own for the same
 * reason.
 */
export class StoredConversation implements ConversationView {
  readonly #db: Database;
  readonly #id: string;
  #state: Conversation | undefined;
  #summary: StaffSummary = { context: {} };
  #loaded = false;
  /** The message said last, once something was said while this view was held. */
  #latest: Message | undefined;

  constructor(db: Database, id: string) {
    this.#db = db;
    this.#id = id;
  }

  #load(): void {
    if (this.#loaded) return;
    this.#loaded = true;
    const row = this.#db.get<Row>('SELECT state, staff FROM conversations WHERE id = ?', this.#id);
    if (!row) return;
    this.#state = parse(row.state);
    this.#summary = parse(row.staff);
  }

  get conversation(): Conversation | undefined {
    this.#load();
    return this.#state;
  }

  get staff(): StaffState {
    this.#load();
    const items = <T>(kind: string, most: number): T[] => this.#staffItems<T>(kind, most);
    return {
      ...this.#summary,
      get notes() {
        return items<StaffState['notes'][number]>('note', bounds.notes);
      },
      get traces() {
        return items<StaffState['traces'][number]>('trace', bounds.traces);
      },
    };
  }

  /** The latest notes or traces, oldest first. */
  #staffItems<T>(kind: string, most: number): T[] {
    const rows = this.#db.all<{ json: string }>(
      'SELECT json FROM staff_items WHERE conversation = ? AND kind = ? ORDER BY ordinal DESC LIMIT ?',
      this.#id,
      kind,
      most,
    );
    return rows.reverse().map((row) => parse<T>(row.json));
  }

  #messageRow(id: string): MessageRow | undefined {
    return this.#db.get<MessageRow>(
      'SELECT ordinal, json FROM messages WHERE id = ? AND conversation = ?',
      id,
      this.#id,
    );
  }

  message(id: string): Message | undefined {
    const row = this.#messageRow(id);
    return row && parse<Message>(row.json);
  }

  order(messageId: string): number | undefined {
    return this.#messageRow(messageId)?.ordinal;
  }

  /** Ids of attachments are unique in the tenant, so another conversation's is found too: the core tells them apart. */
  attachment(id: string): Attachment | undefined {
    const row = this.#db.get<{ json: string }>('SELECT json FROM attachments WHERE id = ?', id);
    return row && parse<Attachment>(row.json);
  }

  consents(visitorId: string, purpose: string, policyVersion?: string): boolean {
    return hasConsent(userStateOf(this.#db, visitorId).consents, purpose, policyVersion);
  }

  hasSpoken(visitorId: string): boolean {
    const found = this.#db.get<{ spoken: number }>(
      `SELECT EXISTS (SELECT 1 FROM conversations JOIN messages ON messages.conversation = conversations.id
         WHERE conversations.visitor = ?1 AND messages.author = ?1) AS spoken`,
      visitorId,
    );
    return found?.spoken === 1;
  }

  contactOf(visitorId: string): StaffState['context']['contact'] {
    const row = this.#db.get<{ contact: string }>(
      `SELECT staff -> '$.context.contact' AS contact FROM conversations
         WHERE visitor = ? AND staff ->> '$.context.contact' IS NOT NULL ORDER BY started_at DESC LIMIT 1`,
      visitorId,
    );
    return row && parse(row.contact);
  }

  invitations(visitorId: string): readonly Invitation[] {
    return userStateOf(this.#db, visitorId).invitations;
  }

  sentMessage(authorId: string, clientMessageId: string): string | undefined {
    // Left to itself, SQLite reads the whole conversation, which it believes to be short.
    return this.#db.get<{ id: string }>(
      'SELECT id FROM messages INDEXED BY messages_by_client WHERE client_message = ? AND conversation = ? AND author = ?',
      clientMessageId,
      this.#id,
      authorId,
    )?.id;
  }

  /** The latest message that a participant said, for the inbox. */
  get lastMessage(): Message | undefined {
    if (this.#latest) return this.#latest;
    const row = this.#db.get<{ json: string }>(
      "SELECT json FROM messages WHERE conversation = ? AND role <> 'system' ORDER BY ordinal DESC LIMIT 1",
      this.#id,
    );
    return row && parse<Message>(row.json);
  }

  /** Folds an event into the stored state, by the protocol's own reducers. */
  apply(event: Fact): void {
    if (event.type === 'visitor.identified') return this.#identify(event.data);
    this.#applyToState(event);
    this.#applyToStaff(event);
    this.#applyToMessages(event);
    if (event.type === 'attachment.created' || event.type === 'attachment.completed') {
      const { attachment } = event.data;
      this.#db.run(
        'INSERT INTO attachments (id, conversation, json) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json',
        attachment.attachmentId,
        this.#id,
        JSON.stringify(attachment),
      );
    }
    this.#applyToFigures(event);
  }

  #identify(data: EventDataMap['visitor.identified']): void {
    const { from, visitor } = data;
    const { conversation } = this;
    if (!conversation) return;
    this.#state = identifyInConversation(conversation, data);
    this.#db.run(
      'UPDATE conversations SET visitor = ?, state = ? WHERE id = ?',
      visitor.id,
      JSON.stringify(this.#state),
      this.#id,
    );
    const rows = this.#db.all<MessageRow>(
      'SELECT ordinal, json FROM messages WHERE conversation = ? AND instr(json, ?) > 0',
      this.#id,
      from,
    );
    for (const { ordinal, json } of rows) {
      const message = identifyInMessage(parse<Message>(json), data);
      this.#db.run(
        'UPDATE messages SET author = ?, json = ? WHERE conversation = ? AND ordinal = ?',
        message.author.id,
        JSON.stringify(message),
        this.#id,
        ordinal,
      );
    }
    this.#db.run(
      "UPDATE attachments SET json = json_set(json, '$.ownerId', ?) WHERE conversation = ? AND json ->> 'ownerId' = ?",
      visitor.id,
      this.#id,
      from,
    );
  }

  #applyToState(event: Fact): void {
    const before = this.conversation;
    const after = applyToConversation(before, event);
    if (after === before || !after) return;
    this.#state = after;
    const json = JSON.stringify(after);
    if (before)
      this.#db.run(
        'UPDATE conversations SET status = ?, state = ? WHERE id = ?',
        after.status,
        json,
        this.#id,
      );
    else
      this.#db.run(
        'INSERT INTO conversations (id, tenant, visitor, status, started_at, state, staff) VALUES (?, ?, ?, ?, ?, ?, ?)',
        this.#id,
        after.tenantId,
        after.visitor.id,
        after.status,
        after.startedAt,
        json,
        JSON.stringify(this.#summary),
      );
  }

  #applyToStaff(event: Fact): void {
    if (event.type === 'note.added') return this.#addStaffItem('note', event.time, null, event.data.note);
    if (event.type === 'answer.traced')
      return this.#addStaffItem('trace', event.time, event.data.trace.outcome, event.data.trace);
    const before: StaffState = { ...emptyStaffState, ...this.#summary };
    const after = applyToStaff(before, event);
    if (after === before) return;
    const { context, handoffContext } = after;
    this.#summary = { context, ...(handoffContext && { handoffContext }) };
    this.#db.run('UPDATE conversations SET staff = ? WHERE id = ?', JSON.stringify(this.#summary), this.#id);
  }

  #addStaffItem(kind: 'note' | 'trace', time: string, outcome: string | null, item: object): void {
    this.#db.run(
      `INSERT INTO staff_items (conversation, ordinal, kind, time, outcome, json)
       SELECT ?1, coalesce(max(ordinal), 0) + 1, ?2, ?3, ?4, ?5 FROM staff_items WHERE conversation = ?1 AND kind = ?2`,
      this.#id,
      kind,
      time,
      outcome,
      JSON.stringify(item),
    );
  }

  #applyToMessages(event: Fact): void {
    const id = messageIdOf(event);
    if (id === undefined) return;
    const created = event.type === 'message.created';
    const message = applyToMessage(created ? undefined : this.message(id), event);
    if (!message) return;
    const json = JSON.stringify(message);
    if (created ? message.author.role !== 'system' : this.#latest?.id === id) this.#latest = message;
    if (created)
      this.#db.run(
        `INSERT INTO messages (conversation, ordinal, id, author, role, client_message, status, json)
         SELECT ?1, coalesce(max(ordinal), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 FROM messages WHERE conversation = ?1`,
        this.#id,
        id,
        message.author.id,
        message.author.role,
        message.clientMessageId ?? null,
        message.status,
        json,
      );
    else this.#db.run('UPDATE messages SET status = ?, json = ? WHERE id = ?', message.status, json, id);
  }

  /** What insights count is kept beside the state, so that they need not read the log. */
  #applyToFigures(event: Fact): void {
    if (event.type === 'handoff.requested')
      this.#db.run(
        'UPDATE conversations SET first_handoff_at = coalesce(first_handoff_at, ?) WHERE id = ?',
        event.time,
        this.#id,
      );
    else if (event.type === 'message.created' && event.data.message.author.role === 'agent')
      this.#db.run(
        'UPDATE conversations SET first_reply_at = ? WHERE id = ? AND first_reply_at IS NULL',
        event.time,
        this.#id,
      );
    else if (event.type === 'survey.submitted') this.#applyToScore(event.data);
  }

  /** The rating is of satisfaction alone: other surveys have scales of their own. */
  #applyToScore({ surveyId, answers: { score } }: EventDataMap['survey.submitted']): void {
    const { survey } = this.conversation ?? {};
    if (score === undefined || survey?.surveyId !== surveyId || survey.kind !== 'csat') return;
    this.#db.run('UPDATE conversations SET score = ? WHERE id = ?', score, this.#id);
  }
}
