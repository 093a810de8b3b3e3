import { conversationStream, userStream, type Cursor } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import type { Person } from '../person.ts';
import { messagesIn, saidIn, says, textOf } from '../said.ts';
import { cursorAt, type Reading } from '../wire/peer.ts';
import { mustBeDense } from './streams.ts';

const resumeNoLoss: Check = {
  id: 'resume-no-loss',
  section: '3.7',
  level: 'core',
  title: 'From a cursor that fits, exactly the events after it come, and then what is new.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const before = await visitor.readsPublic(conversationId);
    await visitor.says('before the cut', conversationId);
    await before.event('message.created', says('before the cut'));
    const cursor = before.cursor();
    (await visitor.peer()).cut();

    for (const word of ['missed 1', 'missed 2', 'missed 3']) await visitor.says(word, conversationId);
    const after = await visitor.readsPublic(conversationId, cursor);
    must(after.subscribed.recovered, '`recovered: true`', after.subscribed);
    must(!after.subscribed.snapshot, 'no snapshot beside the events', after.subscribed);
    await after.caughtUp();
    await visitor.says('live', conversationId);
    await after.event('message.created', says('live'));

    const wanted = ['missed 1', 'missed 2', 'missed 3', 'live'];
    const said = saidIn(after.events).filter((text) => text !== 'before the cut');
    must(said.join() === wanted.join(), `the messages ${wanted.join(', ')}`, said);
    must(after.events[0]?.seq === cursor.seq + 1, `event ${cursor.seq + 1} first`, after.events[0]);
  },
};

const resumeNoDuplicate: Check = {
  id: 'resume-no-duplicate',
  section: '3.7',
  level: 'core',
  title: 'However often a reader subscribes, each event comes once after the last subscription.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const first = await visitor.readsPublic(conversationId);
    await visitor.says('one', conversationId);
    await first.event('message.created', says('one'));
    const cursor = first.cursor();
    await visitor.readsPublic(conversationId, cursor);
    const last = await visitor.readsPublic(conversationId, cursor);
    for (const word of ['two', 'three']) await visitor.says(word, conversationId);
    await last.event('message.created', says('three'));
    await stage.quiet();
    mustBeDense(last.events, cursor.seq + 1);
    const told = saidIn(last.events);
    must(told.join() === 'two,three', 'two, three, once each', told);
  },
};

const resumeRaceDuringReplay: Check = {
  id: 'resume-race-during-replay',
  section: '3.7',
  level: 'core',
  title: 'What is written while a reader catches up comes to it too, once and in order.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    const { asOf } = reading.subscribed.snapshot ?? {};
    must(asOf !== undefined, 'a snapshot with its cursor', reading.subscribed);
    const words = Array.from({ length: 12 }, (_, place) => `word ${place}`);
    const writing = (async () => {
      for (const word of words) await visitor.says(word, conversationId);
    })();
    const readers: Reading[] = [];
    for (let turn = 0; turn < 6; turn++) {
      const peer = await visitor.another();
      readers.push(await peer.subscribe(conversationStream(conversationId, 'public'), asOf));
    }
    await writing;
    for (const reader of readers) {
      await reader.event('message.created', says('word 11'));
      mustBeDense(reader.events, asOf.seq + 1);
      const said = saidIn(reader.events);
      must(said.join() === words.join(), `the messages ${words.join(', ')}`, said);
    }
  },
};

/** A cursor that does not fit must lead to a whole snapshot and nothing of the past beside it. */
async function mustStartOver(person: Person, conversationId: string, cursor: Cursor): Promise<Reading> {
  const reading = await person.readsPublic(conversationId, cursor);
  const { recovered, snapshot } = reading.subscribed;
  must(!recovered, '`recovered: false`', reading.subscribed);
  must(snapshot?.kind === 'conversation', 'a snapshot of the conversation', reading.subscribed);
  must(
    snapshot.asOf.seq === reading.subscribed.headSeq,
    'a snapshot as of the head of the log',
    `asOf ${snapshot.asOf.seq}, headSeq ${reading.subscribed.headSeq}`,
  );
  return reading;
}

/** Somebody with a conversation of two messages, and the cursor behind the first. */
async function withTwoMessages(visitor: Person): Promise<{ conversationId: string; cursor: Cursor }> {
  const conversationId = await visitor.begins();
  const reading = await visitor.readsPublic(conversationId);
  await visitor.says('one', conversationId);
  const cursor = cursorAt(await reading.event('message.created', says('one')));
  await visitor.says('two', conversationId);
  await reading.event('message.created', says('two'));
  return { conversationId, cursor };
}

const resumeWrongEpoch: Check = {
  id: 'resume-wrong-epoch',
  section: '3.8',
  level: 'core',
  title: 'A cursor of another epoch leads to one whole snapshot.',
  async run(stage) {
    const visitor = await stage.visitor();
    const { conversationId, cursor } = await withTwoMessages(visitor);
    const reading = await mustStartOver(visitor, conversationId, { ...cursor, epoch: 'ep-of-another-life' });
    await stage.quiet();
    must(reading.events.length === 0, 'no events beside the snapshot', reading.events);
    const { driver } = stage.target;
    if (!driver?.rotateEpoch) return;
    await driver.rotateEpoch({ stream: cursor.stream });
    const rotated = await mustStartOver(visitor, conversationId, cursor);
    must(rotated.subscribed.epoch !== cursor.epoch, 'another epoch', rotated.subscribed.epoch);
  },
};

const resumeRestoredBackup: Check = {
  id: 'resume-restored-backup',
  section: '3.8',
  level: 'core',
  title:
    'A cursor whose event is not the one at its `seq` (a backup was restored) leads to one whole snapshot.',
  async run(stage) {
    const visitor = await stage.visitor();
    const { conversationId, cursor } = await withTwoMessages(visitor);
    await mustStartOver(visitor, conversationId, { ...cursor, eventId: 'e-of-another-log' });
    const { driver } = stage.target;
    if (!driver?.takeBackup || !driver.restoreBackup) return;
    const { backup } = await driver.takeBackup();
    const before = await visitor.readsPublic(conversationId);
    await visitor.says('lost', conversationId);
    const lost = cursorAt(await before.event('message.created', says('lost')));
    await driver.restoreBackup({ backup });
    const back = stage.personWith(visitor.token);
    for (const word of ['other 1', 'other 2']) await back.says(word, conversationId);
    const { subscribed } = await mustStartOver(back, conversationId, lost);
    const said = messagesIn(subscribed.snapshot).map(textOf);
    must(
      said.includes('other 2') && !said.includes('lost'),
      'what was said after the restored backup, and nothing that it lost',
      said,
    );
  },
};

const resumeTrimmed: Check = {
  id: 'resume-trimmed',
  section: '3.8',
  level: 'full',
  title: 'A cursor before what the log still holds leads to one whole snapshot; one behind it resumes.',
  needs: { driver: ['trimLog'] },
  async run(stage) {
    const visitor = await stage.visitor();
    const { conversationId, cursor } = await withTwoMessages(visitor);
    await visitor.says('three', conversationId);
    const stream = conversationStream(conversationId, 'public');
    await stage.driver('trimLog').trimLog({ stream, seq: cursor.seq + 1 });
    const early = await mustStartOver(visitor, conversationId, cursor);
    const said = messagesIn(early.subscribed.snapshot).map(textOf);
    must(
      ['one', 'two', 'three'].every((word) => said.includes(word)),
      'one, two and three',
      said,
    );
    const late = early.cursor();
    await visitor.says('four', conversationId);
    const resumed = await visitor.readsPublic(conversationId, late);
    must(resumed.subscribed.recovered, '`recovered: true` from a cursor at the end', resumed.subscribed);
    await resumed.event('message.created', says('four'));
  },
};

const resumeCursorAhead: Check = {
  id: 'resume-cursor-ahead',
  section: '3.8',
  level: 'core',
  title: 'A cursor ahead of the head leads to one whole snapshot.',
  async run(stage) {
    const visitor = await stage.visitor();
    const { conversationId, cursor } = await withTwoMessages(visitor);
    for (const ahead of [cursor.seq + 10, 1_000_000])
      await mustStartOver(visitor, conversationId, { ...cursor, seq: ahead });
  },
};

const userStreamResume: Check = {
  id: 'user-stream-resume',
  section: '3.7',
  level: 'core',
  title: 'A user’s own stream resumes like a conversation’s.',
  async run(stage) {
    const visitor = await stage.visitor();
    const { id } = await visitor.participant();
    const before = await visitor.reads(userStream(id));
    must(before.subscribed.snapshot?.kind === 'user', 'a snapshot of the user', before.subscribed);
    await visitor.begins();
    await before.event('conversation.added');
    const cursor = before.cursor();
    (await visitor.peer()).cut();
    const second = await visitor.begins();
    const after = await visitor.reads(userStream(id), cursor);
    must(after.subscribed.recovered, '`recovered: true`', after.subscribed);
    await after.event('conversation.added', ({ data }) => data.conversation.conversationId === second);
    mustBeDense(after.events, cursor.seq + 1);
  },
};

const snapshotAtomic: Check = {
  id: 'snapshot-atomic',
  section: '3.9',
  level: 'core',
  title: 'A snapshot is of one moment: with the events after its `asOf` it holds everything, once.',
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const words = Array.from({ length: 10 }, (_, place) => `word ${place}`);
    const writing = (async () => {
      for (const word of words) await visitor.says(word, conversationId);
    })();
    const readers: Reading[] = [];
    for (let turn = 0; turn < 5; turn++)
      readers.push(await (await visitor.another()).subscribe(conversationStream(conversationId, 'public')));
    await writing;
    const head = await visitor.readsPublic(conversationId);
    for (const reader of readers) {
      await reader.upTo(head.subscribed.headSeq);
      const { snapshot } = reader.subscribed;
      must(snapshot !== undefined, 'a snapshot', reader.subscribed);
      mustBeDense(reader.events, snapshot.asOf.seq + 1);
      const held = messagesIn(snapshot)
        .filter(({ author }) => author.role === 'visitor')
        .map(textOf);
      const said = [...held, ...saidIn(reader.events)];
      must(said.join() === words.join(), `each of the ${words.length} messages once, in order`, said);
    }
  },
};

const gapTriggersResync: Check = {
  id: 'gap-triggers-resync',
  section: '3.10',
  level: 'core',
  title: 'A reader that finds a gap subscribes again on the same connection, and gets exactly what it lacks.',
  async run(stage) {
    const visitor = await stage.visitor();
    const { conversationId, cursor } = await withTwoMessages(visitor);
    const again = await visitor.readsPublic(conversationId, cursor);
    must(again.subscribed.recovered, '`recovered: true`', again.subscribed);
    await again.event('message.created', says('two'));
    await visitor.says('three', conversationId);
    await again.event('message.created', says('three'));
    mustBeDense(again.events, cursor.seq + 1);
  },
};

/** How a reader comes back. */
export const resumeChecks: readonly Check[] = [
  resumeNoLoss,
  resumeNoDuplicate,
  resumeRaceDuringReplay,
  userStreamResume,
  resumeWrongEpoch,
  resumeRestoredBackup,
  resumeTrimmed,
  resumeCursorAhead,
  snapshotAtomic,
  gapTriggersResync,
];
