import {
  parseStream,
  type AgentPresence,
  type ConversationSnapshot,
  type Cursor,
  type InboxEntry,
  type InboxSnapshot,
  type LogEvent,
  type Message,
  type MessageMatches,
  type MessagePage,
  type Snapshot,
  type StreamName,
} from '@sahay/protocol';
import { bounds, saysWords } from '@sahay/protocol/core';
import type { HistoryQuery, SearchQuery, StreamReading } from '../store.ts';
import type { Database } from './database.ts';
import { cursorOf, MessagePages, ordinalOf } from './message-pages.ts';
import { StoredConversation } from './stored-conversation.ts';
import type { StreamRecord, StreamTable } from './stream-table.ts';
import { userStateOf } from './user-state.ts';

/** How much is read at once. */
export interface ReadLimits {
  /** More events than this are not replayed: a snapshot stands for them. */
  replay: number;
  /** Bytes of replayed events, or of a snapshot's messages. */
  bytes: number;
  /** Messages in a snapshot. */
  window: number;
}

export const defaultReadLimits: ReadLimits = { replay: 1_000, bytes: 1_048_576, window: 50 };

/** What is left of an event's contents once they are erased; each type of event has something in it before. */
export const erasedData = '{}';

/** A search reads no more messages than this at once, nor many more bytes: a commit may be waiting behind it. */
const stretch = 1_000;
const stretchBytes = 2_000_000;

type EntryRow = { seq: number; id: string; type: string; time: string; data: string };

/** Reads streams, snapshots and pages. */
export class StreamReader {
  readonly #db: Database;
  readonly #streams: StreamTable;
  readonly #limits: ReadLimits;
  readonly #pages: MessagePages;

  constructor(db: Database, streams: StreamTable, limits: ReadLimits) {
    this.#db = db;
    this.#streams = streams;
    this.#limits = limits;
    this.#pages = new MessagePages(db, limits.bytes);
  }

  /** The events after a cursor that fits, none of them erased, else a snapshot: never a part of either. */
  read(name: StreamName, cursor?: Cursor): StreamReading {
    const stream = this.#streams.findOrCreate(name);
    const { epoch, head } = stream;
    const events = cursor && this.#replay(stream, cursor);
    if (events)
      return {
        subscribed: { type: 'subscribed', stream: name, epoch, headSeq: head, recovered: true },
        events,
      };
    const eventId = head > 0 ? this.#entry(stream, head)?.id : undefined;
    const snapshot = this.#snapshot(name, { stream: name, epoch, seq: head, ...(eventId && { eventId }) });
    return {
      subscribed: {
        type: 'subscribed',
        stream: name,
        epoch,
        headSeq: head,
        recovered: false,
        ...(snapshot && { snapshot }),
      },
      events: [],
    };
  }

  #entry(stream: StreamRecord, seq: number): { id: string } | undefined {
    return this.#db.get<{ id: string }>(
      'SELECT events.id FROM entries JOIN events ON events.n = entries.event WHERE stream = ? AND seq = ?',
      stream.n,
      seq,
    );
  }

  #replay(stream: StreamRecord, cursor: Cursor): LogEvent[] | undefined {
    const { n, epoch, head, id } = stream;
    if (
      cursor.stream !== id ||
      cursor.epoch !== epoch ||
      cursor.seq > head ||
      head - cursor.seq > this.#limits.replay
    )
      return undefined;
    if (cursor.seq > 0 && this.#entry(stream, cursor.seq)?.id !== cursor.eventId) return undefined;
    const rows = this.#db.iterate<EntryRow>(
      `SELECT seq, events.id, type, time, data FROM entries JOIN events ON events.n = entries.event
       WHERE stream = ? AND seq > ? ORDER BY seq`,
      n,
      cursor.seq,
    );
    const events: LogEvent[] = [];
    let bytes = 0;
    for (const row of rows) {
      if (row.data === erasedData) return undefined;
      bytes += row.data.length;
      if (bytes > this.#limits.bytes) return undefined;
      const { seq, type, time } = row;
      events.push({
        id: row.id,
        type,
        stream: id,
        epoch,
        seq,
        time,
        data: JSON.parse(row.data) as object,
      } as LogEvent);
    }
    return events.length === head - cursor.seq ? events : undefined;
  }

  #snapshot(name: StreamName, asOf: Cursor): Snapshot | undefined {
    const address = parseStream(name);
    switch (address?.kind) {
      case 'user':
        return { kind: 'user', asOf, ...userStateOf(this.#db, address.id) };
      case 'inbox':
        return this.#inbox(address.id, asOf);
      case 'conversation':
        return this.#conversation(address.id, asOf, address.audience === 'staff');
      default:
        return undefined;
    }
  }

  #inbox(tenantId: string, asOf: Cursor): InboxSnapshot {
    const rows = this.#db.all<{ json: string }>(
      `SELECT json FROM (SELECT * FROM inbox_entries WHERE tenant = ?1 AND status = 'open' ORDER BY changed_at DESC LIMIT 2000)
       UNION ALL
       SELECT json FROM (SELECT * FROM inbox_entries WHERE tenant = ?1 AND status = 'closed' ORDER BY changed_at DESC LIMIT ?2)`,
      tenantId,
      bounds.closedEntries,
    );
    const agents = this.#db.all<{ json: string }>('SELECT json FROM inbox_agents WHERE tenant = ?', tenantId);
    return {
      kind: 'inbox',
      asOf,
      entries: rows.map((row) => JSON.parse(row.json) as InboxEntry),
      agents: agents.map((row) => JSON.parse(row.json) as AgentPresence),
    };
  }

  #conversation(id: string, asOf: Cursor, forStaff: boolean): ConversationSnapshot | undefined {
    const stored = new StoredConversation(this.#db, id);
    const { conversation } = stored;
    if (!conversation) return undefined;
    const page = this.#pages.read(id, { limit: this.#limits.window });
    const { notes, traces, context, handoffContext } = stored.staff;
    return {
      kind: 'conversation',
      asOf,
      conversation,
      ...page,
      ...(forStaff && { staff: { notes, traces, context, ...(handoffContext && { handoffContext }) } }),
    };
  }

  /**
   * A page of messages, oldest first.
   *
   * @throws ProblemError `cursor_invalid`, `message_not_found`
   */
  history(conversationId: string, query: HistoryQuery): MessagePage {
    return this.#pages.read(conversationId, query);
  }

  /**
   * Looks for words in one stretch of a conversation, from a cursor back.
   *
   * @throws ProblemError `cursor_invalid`
   */
  search(conversationId: string, { wanted, before }: SearchQuery): MessageMatches {
    const rows = this.#db.iterate<{ ordinal: number; json: string }>(
      'SELECT ordinal, json FROM messages WHERE conversation = ? AND ordinal < ? ORDER BY ordinal DESC LIMIT ?',
      conversationId,
      before === undefined ? Number.MAX_SAFE_INTEGER : ordinalOf(before),
      stretch,
    );
    const matches: MessageMatches['matches'] = [];
    let first = 1;
    let bytes = 0;
    for (const { ordinal, json } of rows) {
      first = ordinal;
      const message = JSON.parse(json) as Message;
      if (saysWords(message, wanted)) matches.push({ messageId: message.id, createdAt: message.createdAt });
      bytes += json.length;
      if (bytes > stretchBytes) break;
    }
    return { matches: matches.reverse(), ...(first > 1 && { earlier: cursorOf(first) }) };
  }
}
