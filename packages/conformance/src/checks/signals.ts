import { conversationStream, type Queue } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';

const typingExpires: Check = {
  id: 'typing-expires',
  section: '7.2',
  level: 'live',
  title:
    'Typing is passed on under its sender’s own name, ends by itself after 1 to 10 s, and is stored nowhere.',
  needs: { capabilities: ['typing'] },
  async run(stage) {
    const agent = await stage.agent();
    const visitor = await stage.visitor();
    const { id } = await visitor.participant();
    const conversationId = await visitor.begins();
    const reading = await agent.reads(conversationStream(conversationId, 'staff'));
    const data = { conversationId, participantId: 'somebody-else', active: true };
    (await visitor.peer()).send({ type: 'signal', signal: { type: 'typing', data } });
    const typing = await reading.peer.signal(
      'typing',
      (signal) => signal.data.conversationId === conversationId,
    );
    must(typing.data.participantId === id, `the sender’s own id ${id}`, typing.data);
    const { expiresInMs } = typing.data;
    must(
      expiresInMs !== undefined && expiresInMs >= 1_000 && expiresInMs <= 10_000,
      '`expiresInMs` from 1,000 to 10,000',
      typing.data,
    );
    must(
      reading.events.every(({ type }) => !type.startsWith('typing')),
      'no event for it',
      reading.events,
    );
  },
};

function mustBeKnown(queue: Queue | undefined, where: string): void {
  const { position, estimatedWaitSeconds: wait } = queue ?? {};
  must(position === undefined || position >= 1, `a position from 1, or none, in ${where}`, queue);
  must(
    wait === undefined || (wait.low >= 0 && wait.high >= wait.low && wait.high > 0),
    `a wait above zero, or none, in ${where}`,
    queue,
  );
}

const queueUnknownNotZero: Check = {
  id: 'queue-unknown-not-zero',
  section: '7.3',
  level: 'live',
  title: 'A place in the queue or a wait that is not known is absent, never zero.',
  needs: { capabilities: ['handoff', 'queue'] },
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    await visitor.says('A person, please.', conversationId);
    await visitor.does('handoff.request', { reason: 'asked_for_person' }, conversationId);
    await reading.event('handoff.requested');
    await stage.quiet();
    for (const { signal } of reading.peer.all('signal'))
      if (signal.type === 'queue') mustBeKnown(signal.data.queue, 'a signal');
    const { snapshot } = (await visitor.readsPublic(conversationId)).subscribed;
    must(snapshot?.kind === 'conversation', 'a snapshot', snapshot);
    mustBeKnown(snapshot.queue, 'a snapshot');
  },
};

/** What may be lost. */
export const signalChecks: readonly Check[] = [typingExpires, queueUnknownNotZero];
