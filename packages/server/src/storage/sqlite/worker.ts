import { closeSync, fsyncSync, openSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { Engine } from './engine.ts';
import { GroupCommit } from './group-commit.ts';
import type { Job, WorkerMessage, WorkerSetup } from './jobs.ts';
import { failureOf } from './task-failure.ts';

/** A backup that a power cut could take back would be none. */
function flushFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** More jobs than this wait for the next commit, so that the first of them is not kept waiting by the last. */
const mostInBatch = 1_000;

/** The worker's side: gathers what waits, commits it together, answers. It knows no time but what jobs carry. */
function serve(port: MessagePort, engine: Engine): void {
  const commits = new GroupCommit(engine);
  const say = (message: WorkerMessage): void => port.postMessage(message);
  let waiting: Job[] = [];

  const commit = (jobs: readonly Job[]): void => {
    if (jobs.length > 0) say({ kind: 'batch', ...commits.run(jobs) });
  };

  /** Backups and the end are no part of a transaction: what came before them is committed first. */
  const alone = (job: Job): boolean => {
    if (job.task.kind === 'backup') {
      engine.db.run('VACUUM INTO ?', job.task.path);
      flushFile(job.task.path);
      say({ kind: 'batch', answers: [{ id: job.id, value: undefined }], events: [] });
    }
    if (job.task.kind === 'close') {
      engine.db.raw.close();
      say({ kind: 'batch', answers: [{ id: job.id, value: undefined }], events: [] });
      port.close();
      return true;
    }
    return false;
  };

  const drain = (): void => {
    while (waiting.length > 0) {
      const stop = waiting.findIndex(({ task }) => task.kind === 'backup' || task.kind === 'close');
      const end = Math.min(stop < 0 ? waiting.length : stop, mostInBatch);
      commit(waiting.slice(0, end));
      const job = end === stop ? waiting[stop] : undefined;
      waiting = waiting.slice(job ? end + 1 : end);
      if (job && aloneOrFailure(job)) return;
      gather();
    }
    commits.checkpointWhenDue();
  };

  const aloneOrFailure = (job: Job): boolean => {
    try {
      return alone(job);
    } catch (error) {
      say({ kind: 'batch', answers: [{ id: job.id, failure: failureOf(error) }], events: [] });
      return job.task.kind === 'close';
    }
  };

  const gather = (): void => {
    for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port))
      waiting.push(...(more.message as Job[]));
  };

  port.on('message', (jobs: Job[]) => {
    waiting.push(...jobs);
    gather();
    try {
      drain();
    } catch (error) {
      say({ kind: 'fatal', message: failureOf(error).message });
      port.close();
    }
  });
  say({ kind: 'ready' });
}

if (!parentPort) throw new Error('This file is the storage worker; use openSqliteStore instead.');
try {
  serve(parentPort, new Engine(workerData as WorkerSetup));
} catch (error) {
  parentPort.postMessage({ kind: 'refused', failure: failureOf(error) } satisfies WorkerMessage);
  parentPort.close();
}
