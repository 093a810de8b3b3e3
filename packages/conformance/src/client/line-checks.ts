import { must } from '../finding.ts';
import type { ClientCheck } from './client-check.ts';

const clientHelloFirst: ClientCheck = {
  id: 'client-hello-first',
  section: '10.3',
  title: 'The token goes in the first frame, or in a header, and never stands in an address.',
  async run(stage) {
    await stage.begins();
    const first = stage.server.received[0]?.frame;
    must(first?.type === 'hello' || stage.frames('hello').length === 0, '`hello` first', first);
    const told = stage.server.addresses.filter((address) => address.includes('token-'));
    must(told.length === 0, 'no token in an address', told);
  },
};

const clientBadFrame: ClientCheck = {
  id: 'client-bad-frame',
  section: '8.1',
  title: 'Frames that are no JSON, no objects or not of the schema do not end the client.',
  async run(stage) {
    const conversationId = await stage.begins();
    const bad = [
      '{"type":"event"',
      'null',
      '[]',
      '"event"',
      '{"type":"event"}',
      '{"type":"event","event":{"stream":7}}',
      '{"type":"subscribed","stream":{}}',
      '{"type":"ack","n":"one"}',
      '{"type":"signal","signal":{"type":"message.delta","data":null}}',
    ];
    for (const seat of stage.server.seats) for (const text of bad) seat.put(text);
    await stage.wait(100);
    await stage.until('somebody connected', () =>
      stage.server.seats.find((seat) => seat.reads(conversationId)),
    );
    await stage.botSays(conversationId, 'still here');
    await stage.shows(['Hello.', 'still here']);
    await stage.client.send('so am I');
    await stage.shows(['Hello.', 'still here', 'so am I']);
  },
};

const clientSlowHead: ClientCheck = {
  id: 'client-slow-head',
  section: '8.5',
  title: 'A server that is slow to answer is waited for: what was said arrives once.',
  async run(stage) {
    stage.hostile({ hold: () => 1_500 });
    await stage.client.start(stage.server.url);
    await stage.client.send('Hello.');
    await stage.until('the message at the backend', () => stage.held()[0], 4 * stage.patienceMs);
    stage.hostile({ hold: () => 0 });
    await stage.shows(['Hello.']);
    await stage.wait(1_600);
    must(stage.held().join() === 'Hello.', 'the message once', stage.held());
  },
};

const clientTokenExpiry: ClientCheck = {
  id: 'client-token-expiry',
  section: '10.3',
  title: 'Closed with 4401, the client fetches a fresh token and goes on with its outbox.',
  async run(stage) {
    const conversationId = await stage.begins();
    const outboxId = stage.commands()[0]?.outboxId;
    const before = stage.frames('hello').length;
    stage.server.clock.advance(stage.server.tokens.lifeMs + 1_000);
    await stage.client.send('with a fresh token');
    await stage.holds('with a fresh token');
    const tokens = new Set(stage.frames('hello').map(({ token }) => token));
    must(before === 0 || tokens.size > 1, 'another token', [...tokens]);
    must(stage.carrying('with a fresh token').at(-1)?.outboxId === outboxId, 'the same outbox', outboxId);
    await stage.until('a subscription', () => stage.server.seats.find((seat) => seat.reads(conversationId)));
    await stage.shows(['Hello.', 'with a fresh token']);
  },
};

const clientReconnects: ClientCheck = {
  id: 'client-reconnects',
  section: '12.3',
  title:
    'After a close that means "reconnect" the client comes back from its cursor, and shows what it missed.',
  async run(stage) {
    const conversationId = await stage.begins();
    const shown = ['Hello.'];
    for (const code of [1001, 1011, 1012, 4408]) {
      for (const seat of stage.server.seats) seat.end(code);
      await stage.until('nobody connected', () => stage.server.seats.length === 0 || undefined);
      const text = `missed at ${code}`;
      await stage.botSays(conversationId, text);
      shown.push(text);
      await stage.shows(shown);
    }
  },
};

const clientStops: ClientCheck = {
  id: 'client-stops',
  section: '12.3',
  title: 'After a close that means "stop" the client does not come back by itself.',
  async run(stage) {
    await stage.begins();
    for (const seat of stage.server.seats) seat.end(4403);
    await stage.until('nobody connected', () => stage.server.seats.length === 0 || undefined);
    const from = stage.server.addresses.length;
    await stage.wait(2_000);
    const again = stage.server.addresses.slice(from).filter((address) => /socket|events|poll/.test(address));
    must(again.length === 0, 'no new connection', again);
  },
};

const clientDeadServer: ClientCheck = {
  id: 'client-dead-server',
  section: '8.1',
  title: 'A server that falls silent is taken for dead after two heartbeats, and the client connects anew.',
  async run(stage) {
    stage.hostile({
      outgoing: (frame) => [frame.type === 'welcome' ? { ...frame, heartbeatMs: 1_000 } : frame],
    });
    const conversationId = await stage.begins();
    const before = stage.server.received.length;
    const [deaf] = stage.server.seats;
    stage.hostile({
      incoming: (_frame, seat) => seat === deaf,
      outgoing: (frame, seat) => (seat === deaf ? [] : [frame]),
    });
    await stage.until(
      'a new connection',
      () => stage.server.seats.find((seat) => seat !== deaf && seat.reads(conversationId)),
      8_000,
    );
    must(stage.frames('ping', before).length > 0, 'a ping before it', stage.server.received.slice(before));
    await stage.botSays(conversationId, 'on the new line');
    await stage.shows(['Hello.', 'on the new line']);
  },
};

const clientAckAndEvent: ClientCheck = {
  id: 'client-ack-and-event',
  section: '8.1',
  title: 'Whether the acknowledgement or the event comes first, a message is shown once, in its place.',
  async run(stage) {
    await stage.begins();
    let held: unknown;
    stage.hostile({
      outgoing: (frame) => {
        if (frame.type === 'event' && JSON.stringify(frame).includes('event last')) {
          held = frame;
          return [];
        }
        if (frame.type === 'ack' && held) {
          const late = held;
          held = undefined;
          return [frame, late];
        }
        return [frame];
      },
    });
    for (const text of ['event first', 'event last']) await stage.client.send(text);
    await stage.shows(['Hello.', 'event first', 'event last']);
    await stage.keepsShowing(['Hello.', 'event first', 'event last']);
  },
};

/** What a client does with its line. */
export const clientLineChecks: readonly ClientCheck[] = [
  clientAckAndEvent,
  clientBadFrame,
  clientDeadServer,
  clientSlowHead,
  clientHelloFirst,
  clientTokenExpiry,
  clientReconnects,
  clientStops,
];
