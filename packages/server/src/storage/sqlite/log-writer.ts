import {
  conversationStream,
  inboxStream,
  userStream,
  type InboxEntry,
  type StreamName,
} from '@sahay/protocol';
import {
  applyToUser,
  eraseInUser,
  inboxEntryOf,
  rewritesHistory,
  type Fact,
  type NewEvent,
} from '@sahay/protocol/core';
import type { Database } from './database.ts';
import { Eraser } from './eraser.ts';
import { StoredConversation } from './stored-conversation.ts';
import type { StreamTable } from './stream-table.ts';
import type { MailQueue } from './mail-queue.ts';
import type { WebhookQueue } from './webhook-queue.ts';
import { userStateOf } from './user-state.ts';

/** Where an event stands in one stream. */
export interface Place {
  stream: StreamName;
  epoch: string;
  seq: number;
}

/** An event that was appended, on its way out of the worker: `data` is JSON, parsed once on the other side. */
export interface AppendedEvent {
  id: string;
  type: string;
  time: string;
  data: string;
  places: Place[];
}

/** What {@link LogWriter} needs. */
export interface LogWriterParts {
  db: Database;
  streams: StreamTable;
  tenantId: string;
  newId: (prefix: string) => string;
  webhooks: WebhookQueue;
  mail: MailQueue;
}

/** Appends events to their streams and folds them into the projections, within the transaction of the caller. */
export class LogWriter {
  readonly #db: Database;
  readonly #streams: StreamTable;
  readonly #tenantId: string;
  readonly #newId: (prefix: string) => string;
  readonly #eraser: Eraser;
  readonly #webhooks: WebhookQueue;
  readonly #mail: MailQueue;

  constructor({ db, streams, tenantId, newId, webhooks, mail }: LogWriterParts) {
    this.#db = db;
    this.#streams = streams;
    this.#tenantId = tenantId;
    this.#newId = newId;
    this.#webhooks = webhooks;
    this.#mail = mail;
    this.#eraser = new Eraser(db, streams);
  }

  /**
   * Appends, and lets the inbox know of each conversation whose entry there changes.
   *
   * @param view the conversation that the caller holds already, if the events are about it
   */
  append(
    events: readonly NewEvent[],
    time: string,
    view?: { id: string; stored: StoredConversation },
  ): AppendedEvent[] {
    const touched = new Map<string, StoredConversation>();
    const appended: AppendedEvent[] = [];
    this.#eraser.begin();
    for (const event of events) {
      if (event.target.kind === 'conversation' && !touched.has(event.target.id)) {
        const { id } = event.target;
        touched.set(id, view?.id === id ? view.stored : new StoredConversation(this.#db, id));
      }
      appended.push(this.#appendOne(event, time, touched));
    }
    for (const conversation of touched.values()) {
      const change = this.#inboxChange(conversation);
      if (change) appended.push(this.#appendOne(change, time, touched));
    }
    return appended;
  }

  #appendOne(
    { type, target, data }: NewEvent,
    time: string,
    touched: Map<string, StoredConversation>,
  ): AppendedEvent {
    const id = this.#newId('e');
    const json = JSON.stringify(data);
    const fact = { type, time, data } as Fact;
    this.#db.run('INSERT INTO events (id, type, time, data) VALUES (?, ?, ?, ?)', id, type, time, json);
    const places: Place[] = [];
    const place = (name: StreamName): void => void places.push(this.#place(name));
    switch (target.kind) {
      case 'conversation':
        if (fact.type === 'conversation.erased') this.#erase(target.id, fact, touched);
        else touched.get(target.id)?.apply(fact);
        if (rewritesHistory(type)) this.#rotateConversation(target.id);
        if (target.audience === 'public') place(conversationStream(target.id, 'public'));
        place(conversationStream(target.id, 'staff'));
        this.#webhooks.add(target.id, { id, type, time, data: json });
        if (fact.type === 'message.created' && fact.data.message.author.role === 'agent')
          this.#mail.add(target.id, time);
        break;
      case 'user':
        this.#applyToUser(target.id, fact);
        place(userStream(target.id));
        break;
      case 'inbox':
        this.#applyToInbox(target.id, fact);
        place(inboxStream(target.id));
        break;
    }
    return { id, type, time, data: json, places };
  }

  #erase(
    id: string,
    fact: Extract<Fact, { type: 'conversation.erased' }>,
    touched: Map<string, StoredConversation>,
  ): void {
    this.#eraser.conversation(id, fact);
    touched.set(id, new StoredConversation(this.#db, id));
  }

  /** What was read of it so far would be wrong: whoever comes with a cursor of the epoch before gets a snapshot. */
  #rotateConversation(id: string): void {
    this.#streams.rotate(conversationStream(id, 'public'));
    this.#streams.rotate(conversationStream(id, 'staff'));
  }

  /** Gives the event inserted last its place in a stream. */
  #place(name: StreamName): Place {
    const stream = this.#streams.findOrCreate(name);
    const seq = this.#streams.advance(stream);
    this.#db.run('INSERT INTO entries (stream, seq, event) SELECT ?, ?, max(n) FROM events', stream.n, seq);
    return { stream: name, epoch: stream.epoch, seq };
  }

  #applyToUser(id: string, fact: Fact): void {
    const before = userStateOf(this.#db, id);
    if (fact.type === 'data.erased') this.#eraser.user(id, fact);
    if (fact.type === 'data.exported')
      this.#db.run(
        'INSERT INTO exports (id, subject, requested_at) VALUES (?, ?, ?)',
        fact.data.exportId,
        id,
        fact.time,
      );
    const after = fact.type === 'data.erased' ? eraseInUser(before, fact.data) : applyToUser(before, fact);
    this.#db.run(
      'INSERT INTO users (id, state) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state',
      id,
      JSON.stringify(after),
    );
  }

  #applyToInbox(tenantId: string, fact: Fact): void {
    if (fact.type === 'agent.status_changed')
      this.#db.run(
        'INSERT INTO inbox_agents (tenant, agent, json) VALUES (?, ?, ?) ON CONFLICT (tenant, agent) DO UPDATE SET json = excluded.json',
        tenantId,
        fact.data.presence.agent.id,
        JSON.stringify(fact.data.presence),
      );
    if (fact.type === 'inbox.changed') this.#storeInboxEntry(tenantId, fact.data.entry, fact.time);
  }

  #storeInboxEntry(tenantId: string, entry: InboxEntry, time: string): void {
    this.#db.run(
      `INSERT INTO inbox_entries (conversation, tenant, status, waiting_since, changed_at, json) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (conversation) DO UPDATE SET status = excluded.status, waiting_since = excluded.waiting_since,
       changed_at = excluded.changed_at, json = excluded.json`,
      entry.conversationId,
      tenantId,
      entry.status,
      entry.waitingSince ?? null,
      time,
      JSON.stringify(entry),
    );
  }

  #inboxChange(held: StoredConversation): NewEvent | undefined {
    const { conversation } = held;
    if (!conversation) return undefined;
    const entry = inboxEntryOf(conversation, held.lastMessage, held.staff.context);
    const row = this.#db.get<{ json: string }>(
      'SELECT json FROM inbox_entries WHERE conversation = ?',
      conversation.id,
    );
    if (row?.json === JSON.stringify(entry)) return undefined;
    return { type: 'inbox.changed', target: { kind: 'inbox', id: this.#tenantId }, data: { entry } };
  }
}
