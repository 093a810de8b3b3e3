import type { LogEvent } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';

const textOf = (event: LogEvent): string =>
  event.type === 'message.created'
    ? event.data.message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
    : '';

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
    await before.event('message.created', (event) => textOf(event) === 'before the cut');
    const cursor = before.cursor();
    (await visitor.peer()).cut();

    for (const word of ['missed 1', 'missed 2', 'missed 3']) await visitor.says(word, conversationId);
    const after = await visitor.readsPublic(conversationId, cursor);
    must(after.subscribed.recovered, '`recovered: true`', after.subscribed);
    must(!after.subscribed.snapshot, 'no snapshot beside the events', after.subscribed);
    await after.caughtUp();
    await visitor.says('live', conversationId);
    await after.event('message.created', (event) => textOf(event) === 'live');

    const said = after.events.map(textOf).filter((text) => text.startsWith('missed') || text === 'live');
    const wanted = ['missed 1', 'missed 2', 'missed 3', 'live'];
    must(said.join() === wanted.join(), `the messages ${wanted.join(', ')}`, said);
    must(after.events[0]?.seq === cursor.seq + 1, `event ${cursor.seq + 1} first`, after.events[0]);
  },
};

/** How a reader comes back. */
export const resumeChecks: readonly Check[] = [resumeNoLoss];
