import { conversationStream, type Queue, type Signal } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must, Unimplemented } from '../finding.ts';
import type { Peer } from '../wire/peer.ts';

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

/** What a connection was told of who is there. */
const presencesIn = (peer: Peer): Signal<'presence'>[] =>
  peer.all('signal').flatMap(({ signal }) => (signal.type === 'presence' ? [signal] : []));

const presenceStaffOnly: Check = {
  id: 'presence-staff-only',
  section: '7.4',
  level: 'live',
  title:
    'Who reads a conversation’s staff stream is told whether its visitor is connected, and whenever that changes; the visitor is not.',
  // A poll that is not asked again may be a poll to come: when it counts as gone is not said.
  needs: { capabilities: ['inbox'], transports: ['websocket', 'sse'] },
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    await visitor.readsPublic(conversationId);
    const first = await visitor.peer();
    const { id } = await visitor.participant();
    const stream = conversationStream(conversationId, 'staff');
    const staff = (await (await stage.agent()).reads(stream)).peer;
    await stage.until(() => presencesIn(staff).length > 0);
    const [there] = presencesIn(staff);
    if (!there) throw new Unimplemented('the backend tells nobody who is connected');
    must(there.data.participantId === id, `the visitor’s id ${id}`, there.data);
    must(there.data.online, 'a visitor who is connected to be told as online', there.data);
    const told = (online: boolean, peer: Peer, from: number): Promise<unknown> =>
      peer.signal(
        'presence',
        ({ data }) => data.conversationId === conversationId && data.online === online,
        { from, expected: `a signal "presence" with \`online: ${online}\`` },
      );
    const from = staff.log.frames.length;
    const second = await visitor.another();
    first.cut();
    await stage.quiet();
    const early = presencesIn(staff).filter(({ data }) => !data.online);
    must(early.length === 0, 'her to be online as long as one of her connections stands', early);
    second.cut();
    await told(false, staff, from);
    const late = await (await stage.agent()).reads(stream);
    await told(false, late.peer, 0);
    const since = staff.log.frames.length;
    await visitor.readsPublic(conversationId);
    await told(true, staff, since);
    await stage.quiet();
    for (const peer of [first, second, await visitor.peer()])
      must(presencesIn(peer).length === 0, 'nothing of it to the visitor', presencesIn(peer));
  },
};

/** What may be lost. */
export const signalChecks: readonly Check[] = [typingExpires, queueUnknownNotZero, presenceStaffOnly];
