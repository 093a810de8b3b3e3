// The guard looks at little: nothing that it lets through may make the log or a model throw, now or when it is shown.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fixtures } from '@sahay/protocol/fixtures';
import type { LogEvent, ServerFrame, Snapshot } from '@sahay/protocol';
import { askOf, follows, lateShapes } from '@sahay/protocol/validate';
import { EventLog } from '../log/event-log.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import * as reserve from '../reserve.ts';
import { ConversationModel } from './conversation-model.ts';
import { UserModel } from './user-model.ts';

// As a client does once it can fold these events.
askOf(lateShapes);

const oddities: readonly unknown[] = [
  undefined, null, true, 0, -1, 1.5, 1e308, '', 'x', '__proto__', 'constructor', 'open', 'text',
  [], [null], [[]], [{}], {}, { type: 'text' }, { length: 1 }, JSON.parse('{"__proto__":{"id":"x"}}'),
]; // prettier-ignore

/** Every copy with one place changed, the whole included. */
function* mutantsOf(value: unknown): Generator<unknown> {
  yield value;
  yield* oddities;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, held] of Object.entries(value))
    for (const mutant of mutantsOf(held))
      yield Array.isArray(value)
        ? (value as unknown[]).map((item, index) => (String(index) === key ? mutant : item))
        : { ...value, [key]: mutant };
}

const right = fixtures.filter(({ valid }) => valid);
const of = <T>(definition: string): T[] =>
  right.filter((fixture) => fixture.definition === definition).map(({ value }) => value as T);
const snapshots = of<Snapshot>('Snapshot');
const snapshotOf = (kind: Snapshot['kind']): Snapshot => snapshots.find((one) => one.kind === kind)!;
const read = ({ view }: ConversationModel | UserModel): string => JSON.stringify(view.getSnapshot());

/** A client's memory: a log over a conversation and a user, both with what the fixtures know of them. */
function memory() {
  const clock = new ManualClock();
  const me = { id: 'u', role: 'visitor' } as const;
  const conversation = new ConversationModel('c', false, {
    clock,
    role: 'visitor',
    me: () => me,
    entries: () => [],
    durable: () => true,
    late: () => reserve,
  });
  const user = new UserModel(
    () => undefined,
    () => reserve,
  );
  const log = new EventLog(
    () => undefined,
    () => undefined,
  );
  const begin = (stream: string, snapshot: Snapshot): void =>
    log.onSubscribed({
      type: 'subscribed', stream, epoch: 'e', headSeq: 0, recovered: false,
      snapshot: { ...snapshot, asOf: { stream, epoch: 'e', seq: 0 } },
    }); // prettier-ignore
  log.open('conversation:c:public', conversation);
  log.open('user:u', user);
  log.connected();
  begin('conversation:c:public', snapshotOf('conversation'));
  begin('user:u', snapshotOf('user'));
  return { log, conversation, user };
}

function hear(frame: ServerFrame): void {
  const { log, conversation, user } = memory();
  if (frame.type === 'subscribed') log.onSubscribed(frame);
  if (frame.type === 'event') log.onEvent(frame.event);
  if (frame.type === 'signal') conversation.onSignal(frame.signal);
  if (frame.type === 'problem') log.onProblem('conversation:c:public', frame.problem);
  read(conversation);
  for (const { message } of conversation.view.getSnapshot().messages) assert.ok(Array.isArray(message.parts));
  read(user);
}

/** Counts what got through, so that a guard which refuses everything does not look like a good one. */
function assertHarmless(frames: Iterable<unknown>): number {
  let heard = 0;
  for (const frame of frames) {
    if (!follows('ServerFrame', frame)) continue;
    heard++;
    assert.doesNotThrow(() => hear(frame), JSON.stringify(frame));
  }
  return heard;
}

it('takes whatever event the guard lets through', () => {
  for (const event of of<LogEvent>('LogEvent'))
    for (const stream of ['conversation:c:public', 'user:u'])
      assertHarmless(mutantsOf({ type: 'event', event: { ...event, stream, epoch: 'e', seq: 1 } }));
  assert.ok(assertHarmless(of<LogEvent>('LogEvent').map((event) => ({ type: 'event', event }))) > 30);
});

it('takes whatever signal the guard lets through', () => {
  for (const signal of of('Signal')) assert.ok(assertHarmless(mutantsOf({ type: 'signal', signal })) > 0);
});

it('takes whatever snapshot the guard lets through', () => {
  for (const snapshot of snapshots)
    for (const stream of ['conversation:c:public', 'user:u'])
      assertHarmless(
        mutantsOf({ type: 'subscribed', stream, epoch: 'e', headSeq: 1, recovered: false, snapshot }),
      );
});

it('takes whatever problem the guard lets through', () => {
  for (const problem of of('Problem')) assert.ok(assertHarmless(mutantsOf({ type: 'problem', problem })) > 0);
});
