import { randomBytes } from 'node:crypto';
import type { Message } from '@sahay/protocol';
import { mayRead } from '@sahay/protocol/core';
import { policyOf } from '../../policy.ts';
import type { OpenMessage, SqlChanges, SqlStatement } from '../store.ts';
import { CommandRunner } from './command-runner.ts';
import { Database } from './database.ts';
import type { Task, WorkerSetup } from './jobs.ts';
import { LaneTable } from './lane-table.ts';
import { LogWriter, type AppendedEvent } from './log-writer.ts';
import { MailQueue } from './mail-queue.ts';
import { StoredConversation } from './stored-conversation.ts';
import { StreamReader } from './stream-reader.ts';
import { StreamTable } from './stream-table.ts';
import { TranscriptTable } from './transcript-table.ts';
import { trimLog } from './trim-log.ts';
import { WebhookQueue } from './webhook-queue.ts';

/** What doing a task gave. */
export interface Done {
  value: unknown;
  events: AppendedEvent[];
}

const chanceBytes = 12;
/** Chance is drawn for many ids at once: a call for each took longer than the rest of a message's rules. */
let chance = Buffer.alloc(0);
let drawn = 0;

/** A fresh id that grows with time, so that indexes are filled at their end: 9 letters of time, 16 of chance. */
export function newId(prefix: string): string {
  if (drawn + chanceBytes > chance.length) [chance, drawn] = [randomBytes(512 * chanceBytes), 0];
  const suffix = chance.toString('base64url', drawn, (drawn += chanceBytes));
  return `${prefix}_${Date.now().toString(36).padStart(9, '0')}${suffix}`;
}

/** Everything the store does, on one open database; the caller keeps the transactions. */
export class Engine {
  readonly db: Database;
  readonly streams: StreamTable;
  readonly #writer: LogWriter;
  readonly #reader: StreamReader;
  readonly #runner: CommandRunner;
  readonly #mail: MailQueue;

  constructor({ path, tenantId, policy, limits, webhooks }: WorkerSetup) {
    this.db = new Database(path);
    this.streams = new StreamTable(this.db, () => newId('ep'));
    const queue = new WebhookQueue(this.db, webhooks);
    this.#mail = new MailQueue(this.db);
    const { db, streams } = this;
    this.#writer = new LogWriter({ db, streams, tenantId, newId, webhooks: queue, mail: this.#mail });
    this.#reader = new StreamReader(this.db, this.streams, limits);
    this.#runner = new CommandRunner(this.db, new LaneTable(this.db), this.#writer, policyOf(policy), newId);
  }

  /** Does one task of those that belong into a transaction. */
  perform(task: Exclude<Task, { kind: 'backup' | 'close' }>): Done {
    switch (task.kind) {
      case 'execute': {
        const { reply, events } = this.#runner.execute(
          task.actor,
          task.command,
          timeOf(task.now),
          task.options,
        );
        return { value: { reply }, events };
      }
      case 'append':
        return { value: undefined, events: this.#writer.append(task.events, timeOf(task.now)) };
      case 'elapse':
        return {
          value: undefined,
          events: this.#runner.elapse(task.conversationId, task.elapsed, timeOf(task.now)),
        };
      case 'rotateEpoch':
        this.streams.rotate(task.stream);
        return { value: undefined, events: [] };
      case 'trim':
        return { value: trimLog(this.db, task.options), events: [] };
      case 'policy':
        this.#runner.policy = policyOf(task.policy);
        this.#mail.isOn = task.policy.emailsAnswers ?? false;
        return { value: undefined, events: [] };
      case 'write':
        return { value: task.statements.map((statement) => this.#write(statement)), events: [] };
      default:
        return { value: this.#lookUp(task), events: [] };
    }
  }

  #lookUp(
    task: Exclude<
      Task,
      {
        kind:
          'backup' | 'close' | 'execute' | 'append' | 'write' | 'rotateEpoch' | 'elapse' | 'trim' | 'policy';
      }
    >,
  ): unknown {
    switch (task.kind) {
      case 'read':
        return this.#reader.read(task.stream, task.cursor);
      case 'mayRead':
        return mayRead(task.actor, task.stream, (id) => new StoredConversation(this.db, id).conversation);
      case 'conversation':
        return new StoredConversation(this.db, task.id).conversation;
      case 'staffState':
        return this.#staffState(task.id);
      case 'message':
        return new StoredConversation(this.db, task.conversationId).message(task.messageId);
      case 'attachment':
        return this.#attachment(task.id);
      case 'history':
        return this.#reader.history(task.conversationId, task.query);
      case 'search':
        return this.#reader.search(task.conversationId, task.query);
      case 'openStreams':
        return this.#openStreams();
      case 'transcript':
        return new TranscriptTable(this.db).read(task.stream);
      case 'select':
        return this.db.all(task.statement.sql, ...(task.statement.params ?? [])).map((row) => ({ ...row }));
    }
  }

  #staffState(id: string): unknown {
    const stored = new StoredConversation(this.db, id);
    return stored.conversation && { ...stored.staff };
  }

  #attachment(id: string): unknown {
    const row = this.db.get<{ json: string }>('SELECT json FROM attachments WHERE id = ?', id);
    return row && JSON.parse(row.json);
  }

  #write({ sql, params }: SqlStatement): SqlChanges {
    return { changes: this.db.run(sql, ...(params ?? [])) };
  }

  #openStreams(): OpenMessage[] {
    return this.db
      .all<{ conversation: string; json: string }>(
        "SELECT conversation, json FROM messages WHERE status = 'streaming' ORDER BY conversation, ordinal",
      )
      .map((row) => ({ conversationId: row.conversation, message: JSON.parse(row.json) as Message }));
  }
}

const timeOf = (ms: number): string => new Date(ms).toISOString();
