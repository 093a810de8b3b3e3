// What a database that has grown costs: the store is filled with conversations, and what everyday work takes is measured
// again at each size. Filling leaves out the syncs; what is measured has all of them.
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { defaultReadLimits } from '../../packages/server/src/storage/sqlite/stream-reader.ts';
import { Engine } from '../../packages/server/src/storage/sqlite/engine.ts';
import { openSqliteStore } from '../../packages/server/src/storage/sqlite/sqlite-store.ts';
import { defaultPolicy } from '../../packages/server/src/policy.ts';
import { percentile } from './report.mjs';

const tenantId = 'default';
const perConversation = 400;
const atOnce = 32;
const agent = { id: 'a_rina', role: 'agent', name: 'Rina', tenantId };
const chance = () => randomBytes(16).toString('hex');
const text =
  'I ordered a blue kettle on Monday, and the parcel that came on Thursday holds a red one; what can be done?';

/** Somebody who writes into a conversation that an agent has taken over: the commands, one after the other. */
class Writer {
  #id = `c_${chance()}`;
  #visitor = { id: `v_${chance()}`, role: 'visitor', tenantId };
  #outbox = `o_${chance()}`;
  #n = 0;

  #give(actor, type, data, outboxId = this.#outbox, n = ++this.#n) {
    return { actor, command: { outboxId, n, command: { type, conversationId: this.#id, data } } };
  }

  begin() {
    return [
      this.#give(this.#visitor, 'conversation.start', { locale: 'en' }),
      this.#give(agent, 'assignment.accept', {}, `o_${chance()}`, 1),
    ];
  }

  say() {
    const parts = [{ partId: 'p', type: 'text', text: `#${this.#n} ${text}` }];
    return this.#give(this.#visitor, 'message.send', { clientMessageId: `c_${chance()}`, parts });
  }
}

const engineOn = (path) =>
  new Engine({ path, tenantId, policy: defaultPolicy, limits: defaultReadLimits, webhooks: [] });

/** Adds so many messages, many to a commit and without waiting for the disk. */
function fill(path, count) {
  const engine = engineOn(path);
  const { raw } = engine.db;
  raw.exec('PRAGMA synchronous = OFF');
  const run = ({ actor, command }) => {
    const { value } = engine.perform({ kind: 'execute', actor, command, now: Date.now(), options: {} });
    if (value.reply.type !== 'ack') throw new Error(JSON.stringify(value.reply));
  };
  for (let done = 0; done < count;) {
    const writers = Array.from({ length: atOnce }, () => new Writer());
    for (let round = 0; round < perConversation && done < count; round++) {
      raw.exec('BEGIN');
      for (const writer of writers) {
        if (round === 0) for (const command of writer.begin()) run(command);
        run(writer.say());
      }
      engine.streams.flush();
      raw.exec('COMMIT');
      engine.streams.settle();
      done += writers.length;
      if (round % 50 === 0) raw.exec('PRAGMA wal_checkpoint(PASSIVE)');
    }
  }
  raw.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  raw.close();
}

/** Pages that go to the disk for a message, of 100 conversations that go on side by side: however busy the machine is. */
function pagesPerMessage(path, rounds = 20) {
  const engine = engineOn(path);
  const { raw } = engine.db;
  const writers = Array.from({ length: 100 }, () => new Writer());
  const commit = (commands) => {
    raw.exec('BEGIN');
    for (const { actor, command } of commands)
      engine.perform({ kind: 'execute', actor, command, now: Date.now(), options: {} });
    engine.streams.flush();
    raw.exec('COMMIT');
    engine.streams.settle();
  };
  commit(writers.flatMap((writer) => writer.begin()));
  for (let round = 0; round < 5; round++) commit(writers.map((writer) => writer.say()));
  raw.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  for (let round = 0; round < rounds; round++) commit(writers.map((writer) => writer.say()));
  const { log } = raw.prepare('PRAGMA wal_checkpoint(PASSIVE)').get();
  raw.close();
  return log / (rounds * writers.length);
}

const timed = async (work) => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** What a store of this size takes for everyday work. */
async function measure(path, messages) {
  let store;
  const open = await timed(async () => {
    store = await openSqliteStore({ path, tenantId, policy: defaultPolicy });
  });
  const say = async (writer, count) => {
    for (const { actor, command } of writer.begin()) await store.execute(actor, command);
    for (let n = 0; n < count; n++) {
      const { actor, command } = writer.say();
      const began = performance.now();
      const { reply } = await store.execute(actor, command);
      if (reply.type !== 'ack') throw new Error(JSON.stringify(reply));
      waits.push(performance.now() - began);
    }
  };
  const waits = [];
  const senders = (each) => Promise.all(Array.from({ length: 100 }, () => say(new Writer(), each)));
  await senders(10);
  waits.length = 0;
  const took = await timed(() => senders(messages / 100));
  const inbox = await timed(() => store.read(`inbox:${tenantId}`));
  await store.close();
  return {
    pages: pagesPerMessage(path),
    open,
    perSecond: waits.length / (took / 1000),
    p99: percentile(waits, 0.99),
    inbox,
    megabytes: statSync(path).size / 1e6,
  };
}

/** @param sizes messages in the database at each measurement, growing */
export async function growth(report, folder, sizes, messages) {
  const path = join(folder, 'growth.db');
  let held = 0;
  let first;
  report.section(`Durable messages straight to the store, 100 senders, as the database grows`);
  for (const size of sizes) {
    if (size > held) fill(path, size - held);
    const { pages, open, perSecond, p99, inbox, megabytes } = await measure(path, messages);
    held = size + messages + 3_500;
    first ??= perSecond;
    report.figure(
      `${size.toLocaleString('en')} messages before (${megabytes.toFixed(0)} MB)`,
      perSecond,
      'a second',
    );
    report.figure('  of the pace when it was empty', (perSecond / first) * 100, '%');
    report.figure('  pages written for a message', pages, '');
    report.figure('  acknowledgement p99', p99, 'ms');
    report.figure('  opening it', open, 'ms');
    report.figure('  an agent’s inbox, whole', inbox, 'ms');
  }
}
