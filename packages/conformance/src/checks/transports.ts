import { conversationStream, type LogEvent, type PollAnswer } from '@sahay/protocol';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import { messagesIn, says, textOf } from '../said.ts';
import type { Stage } from '../stage.ts';
import { transportNames, type TransportName } from '../wire/line.ts';
import { Peer } from '../wire/peer.ts';
import { openSse } from '../wire/sse-line.ts';

/** What a reader of a transport ends with, in a form that can be compared: no ids, no times. */
interface Ending {
  events: string[];
  said: string[];
  status: string;
}

/** What a bot says meanwhile comes when it comes. */
const isOwn = (event: LogEvent): boolean =>
  event.type === 'receipt.updated' ||
  (event.type === 'message.created' && event.data.message.author.role === 'visitor');

/** The same things happen over one transport: writing, a cut, missing something, coming back, closing. */
async function scenario(stage: Stage, transport: TransportName): Promise<Ending> {
  const visitor = stage.personOver(transport, (await stage.session()).accessToken);
  const conversationId = await visitor.begins();
  const first = await visitor.readsPublic(conversationId);
  const messageId = await visitor.says('one', conversationId);
  await first.event('message.created', says('one'));
  const cursor = first.cursor();
  const before = first.events.length;
  await visitor.reconnect();
  await visitor.says('two', conversationId);
  if (stage.can('receipts')) await visitor.does('receipt.mark', { messageId, kind: 'read' }, conversationId);
  const second = await visitor.readsPublic(conversationId, cursor);
  await second.caughtUp();
  await visitor.says('three', conversationId);
  await second.event('message.created', says('three'));
  const { snapshot } = (await visitor.readsPublic(conversationId)).subscribed;
  must(snapshot?.kind === 'conversation', 'a snapshot', snapshot);
  return {
    events: [...first.events.slice(0, before), ...second.events].filter(isOwn).map(({ type }) => type),
    said: messagesIn(snapshot)
      .filter(({ author }) => author.role === 'visitor')
      .map(textOf),
    status: snapshot.conversation.status,
  };
}

const transportEquivalence: Check = {
  id: 'transport-equivalence',
  section: '8',
  level: 'full',
  title: 'What happens over one transport ends in the same state as over any other.',
  needs: { transports: ['websocket'] },
  async run(stage) {
    const offered = transportNames.filter((name) => stage.discovery.transports?.includes(name));
    stage.unless(offered.length > 1, 'the backend offers one transport alone');
    await stage.target.driver?.silenceBot?.();
    const [wanted, ...others] = await Promise.all(offered.map((transport) => scenario(stage, transport)));
    for (const [place, came] of others.entries())
      must(
        JSON.stringify(came) === JSON.stringify(wanted),
        `over ${offered[place + 1]} what ${offered[0]} ends with, ${JSON.stringify(wanted)}`,
        came,
      );
  },
};

const sseIdDurableOnly: Check = {
  id: 'sse-id-durable-only',
  section: '8.3',
  level: 'full',
  title: '`id` stands on durable events alone, and from the last one that came all streams resume.',
  needs: { transports: ['sse'] },
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const stream = conversationStream(conversationId, 'public');
    const open = (more: { streams?: string[]; lastEventId?: string }) =>
      Peer.over(
        (listener) =>
          openSse({ api: stage.api, token: visitor.token, discovery: stage.discovery, ...more }, listener),
        stage.peerOptions(),
      );
    const { peer, line } = await open({ streams: [stream] });
    await peer.next('subscribed');
    await visitor.says('one', conversationId);
    await peer.next('event', ({ event }) => event.type === 'message.created' && says('one')(event));
    peer.send({ type: 'ping' });
    await peer.next('pong');
    for (const { id, event, data } of line.entries) {
      if (event !== undefined) continue;
      const { type } = JSON.parse(data) as { type: string };
      must((id !== undefined) === (type === 'event'), `${type === 'event' ? 'an' : 'no'} id on "${type}"`, {
        id,
        type,
      });
    }
    const lastEventId = line.entries.findLast(({ id }) => id !== undefined)?.id ?? '';
    peer.cut();
    await visitor.says('two', conversationId);
    const back = (await open({ lastEventId })).peer;
    const { recovered } = await back.next('subscribed', (frame) => frame.stream === stream);
    must(recovered, '`recovered: true` from the last id', recovered);
    const next = await back.next('event');
    must(
      next.event.type === 'message.created' && says('two')(next.event),
      'the message that was missed',
      next,
    );
  },
};

const longpollTimeoutEmpty: Check = {
  id: 'longpoll-timeout-empty',
  section: '8.4',
  level: 'full',
  title:
    'A poll with nothing to tell waits as long as it was asked to, and is answered empty, with the same cursor.',
  needs: { transports: ['long-poll'] },
  async run(stage) {
    const { accessToken: token } = await stage.session();
    const { api: base, poll = `${base}/poll`, frames = `${base}/frames` } = stage.discovery.endpoints;
    const ask = async (body: object): Promise<PollAnswer> => {
      const answer = await stage.api.ask(poll, { token, body });
      must(answer.status === 200, 'a poll to be answered with 200', `${answer.status} ${answer.text}`);
      return answer.json as PollAnswer;
    };
    const { connection, cursor, frames: first } = await ask({});
    must(first[0]?.type === 'welcome', '`welcome` first', first);
    const started = Date.now();
    const empty = await ask({ connection, cursor, waitMs: 400 });
    const waited = Date.now() - started;
    must(empty.frames.length === 0 && empty.cursor === cursor, `no frames, and the cursor ${cursor}`, empty);
    must(waited >= 350 && waited < 5_000, 'a wait of 400 ms', `${waited} ms`);
    const waiting = ask({ connection, cursor, waitMs: 5_000 });
    await stage.wait(50);
    await stage.api.ask(frames, { token, body: { connection, frames: [{ type: 'ping' }] } });
    const heard = await waiting;
    must(
      heard.frames.some(({ type }) => type === 'pong'),
      'the pong at once',
      heard,
    );
    const again = await ask({ connection, cursor, waitMs: 0 });
    must(
      JSON.stringify(again.frames) === JSON.stringify(heard.frames),
      'the same frames again while they are not confirmed',
      again,
    );
  },
};

/** The ways in which frames travel. */
export const transportChecks: readonly Check[] = [
  transportEquivalence,
  sseIdDurableOnly,
  longpollTimeoutEmpty,
];
