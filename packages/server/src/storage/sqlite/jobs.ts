import type { Cursor, StreamName } from '@sahay/protocol';
import type { Actor, Elapsed, NewEvent } from '@sahay/protocol/core';
import type { PolicyData } from '../../policy.ts';
import type {
  ExecuteOptions,
  HistoryQuery,
  NumberedCommand,
  SearchQuery,
  SqlStatement,
  TrimOptions,
} from '../store.ts';
import type { AppendedEvent } from './log-writer.ts';
import type { TaskFailure } from './task-failure.ts';
import type { WebhookSubscription } from './webhook-queue.ts';
import type { ReadLimits } from './stream-reader.ts';

/** What the worker is started with. */
export interface WorkerSetup {
  path: string;
  tenantId: string;
  policy: PolicyData;
  limits: ReadLimits;
  webhooks: readonly WebhookSubscription[];
}

/** One thing to do for the worker. `now` is the caller's clock, in ms. */
export type Task =
  | { kind: 'execute'; actor: Actor; command: NumberedCommand; now: number; options: ExecuteOptions }
  | { kind: 'append'; events: readonly NewEvent[]; now: number }
  | { kind: 'read'; stream: StreamName; cursor?: Cursor | undefined }
  | { kind: 'mayRead'; actor: Actor; stream: StreamName }
  | { kind: 'conversation' | 'staffState'; id: string }
  | { kind: 'message'; conversationId: string; messageId: string }
  | { kind: 'attachment'; id: string }
  | { kind: 'history'; conversationId: string; query: HistoryQuery }
  | { kind: 'search'; conversationId: string; query: SearchQuery }
  | { kind: 'openStreams' }
  | { kind: 'select'; statement: SqlStatement }
  | { kind: 'write'; statements: readonly SqlStatement[] }
  | { kind: 'elapse'; conversationId: string; elapsed: Elapsed; now: number }
  | { kind: 'transcript'; stream: StreamName }
  | { kind: 'rotateEpoch'; stream: StreamName }
  | { kind: 'trim'; options: TrimOptions }
  | { kind: 'policy'; policy: PolicyData }
  | { kind: 'backup'; path: string }
  | { kind: 'close' };

/** A task with the number its answer will carry. */
export interface Job {
  id: number;
  task: Task;
}

/** A task's answer. */
export type Answer = { id: number; value: unknown } | { id: number; failure: TaskFailure };

/** What the worker says: it is ready, a batch is on disk, or it is over. */
export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'refused'; failure: TaskFailure }
  | { kind: 'batch'; answers: Answer[]; events: AppendedEvent[] }
  | { kind: 'fatal'; message: string };
