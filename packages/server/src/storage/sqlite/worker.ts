import { parentPort, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { Backups } from './backup.ts';
import { Engine } from './engine.ts';
import { GroupCommit } from './group-commit.ts';
import type { Job, WorkerMessage, WorkerSetup } from './jobs.ts';
import { failureOf } from './task-failure.ts';

/** More jobs than this wait for the next commit, so that the first of them is not kept waiting by the last. */
const mostInBatch = 1_000;

/** The worker's side: gathers what waits, commits it together, answers. It knows no time but what jobs carry. */
function serve(port: MessagePort, engine: Engine): void {
  const commits = new GroupCommit(engine);
  const backups = new Backups(engine.db);
  const say = (message: WorkerMessage): void => port.postMessage(message);
  let waiting: Job[] = [];

  const commit = (jobs: readonly Job[]): void => {
    if (jobs.length > 0) say({ kind: 'batch', ...commits.run(jobs) });
  };

  /**
   * Backups and the end are no part of a transaction: what came before them is committed first. Work goes on while a
   * backup is written; the end waits for it.
   */
  const alone = (job: Job): boolean => {
    const answer = (): void =>
      say({ kind: 'batch', answers: [{ id: job.id, value: undefined }], events: [] });
    if (job.task.kind === 'backup')
      backups
        .write(job.task.path)
        .then(answer, (error: unknown) =>
          say({ kind: 'batch', answers: [{ id: job.id, failure: failureOf(error) }], events: [] }),
        );
    if (job.task.kind !== 'close') return false;
    void backups.settled().then(() => {
      engine.db.raw.close();
      answer();
      port.close();
    });
    return true;
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

const port = parentPort;
if (!port) throw new Error('This file is the storage worker; use openSqliteStore instead.');
port.once('message', (setup: WorkerSetup) => {
  try {
    serve(port, new Engine(setup));
  } catch (error) {
    port.postMessage({ kind: 'refused', failure: failureOf(error) } satisfies WorkerMessage);
    port.close();
  }
});
