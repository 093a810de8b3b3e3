// What the supervisor and the workers say to each other. Numbers only, where there are many.
import type { FaultName } from '../faults/fault-names.ts';

/** What a worker is started with. */
export interface WorkerSetup {
  index: number;
  seed: number;
  /** Where the fault proxy listens. */
  url: string;
  visitors: number;
  /** Messages of one visitor before she leaves and another comes. */
  messagesPerVisitor: number;
  /** How much faster pages' time runs. */
  timeSpeed: number;
  /** How often things happen to tabs; 1 in the usual run. */
  mishaps: number;
  /** How long views may take to agree, in seconds. */
  restSeconds: number;
  /** The cookie by which this worker's agent is signed in. */
  agentCookie: string;
  hostSecret: string;
  fault?: FaultName | undefined;
  /** Shared counters; see `Counter`. */
  counters: SharedArrayBuffer;
}

/** Places in the counters that a worker shares with the supervisor. */
export const Counter = {
  taken: 0,
  /** Acknowledgements heard by the page that sent. */
  acknowledged: 1,
  online: 2,
  /** Pages opened in all. */
  pages: 3,
  pageKills: 4,
  freezes: 5,
  clockJumps: 6,
  offline: 7,
  refusedTokens: 8,
  visitors: 9,
  snapshots: 10,
  replays: 11,
  duplicatePosts: 12,
  /** Messages that arrived, whoever heard of it. */
  settled: 13,
  /** Pages that are open now. */
  open: 14,
  length: 15,
} as const;

/** What the supervisor tells a worker. */
export type ToWorker = { kind: 'stop' } | { kind: 'serverClock'; offsetMs: number };

/** What a worker tells the supervisor. */
export type FromWorker =
  | { kind: 'records'; records: Int32Array }
  | { kind: 'conversation'; index: number; id: string }
  | { kind: 'fault'; check: 'gap' | 'repeat' | 'page'; detail: string }
  | { kind: 'settled' };

/** Kinds of records. Each is followed by the conversation's index and the numbers named here. */
export const Record = {
  /** message, writer, tick: a page's code called `send`. */
  called: 1,
  /** message, tick: `send` resolved. */
  taken: 2,
  /** message: `acknowledged` resolved. */
  acknowledged: 3,
  /** page, 1 when final, n, n places in the log, m, m messages that are still on their way. */
  view: 4,
} as const;
