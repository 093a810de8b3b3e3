/*
 * The three transports with the real client against the real server: one story that must end in the same state on each, and
 * every way to fall back from one to the next.
 */
import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import {
  createSupportClient,
  MemoryStorage,
  type Clock,
  type ConversationHandle,
  type ConversationView,
  type SupportClient,
  type SupportClientOptions,
  type TransportName,
} from '@sahay/client';
import type { LogEvent } from '@sahay/protocol';
import { createSupportServer, type ListeningServer, type SupportServer } from '@sahay/server';
import { TestSocket } from '../packages/server/src/testing/test-socket.ts';
import { until } from '../packages/client/src/testing/until.ts';
import { jwt } from './testing/host-token.ts';
import { Proxy, type ProxyFaults } from './testing/proxy.ts';
import { smallPng } from './testing/small-png.ts';
import { postJson } from './testing/wire.ts';

const long = Array.from({ length: 60 }, (_, n) => `Step ${n + 1} of a refund is described here.`).join(' ');
const secret = 'a-secret-of-the-shop-that-is-long-enough';
const unlimited = { burst: 1e6, perSecond: 1e6 };
let folder: string;
let support: SupportServer;
let listening: ListeningServer;
let agentToken: () => Promise<string>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sahay-transports-'));
  await mkdir(join(folder, 'articles'));
  await writeFile(
    join(folder, 'articles', 'refunds.md'),
    `---\ntitle: How do refunds work?\n---\n\n${long}\n`,
  );
  support = await createSupportServer({
    dataFolder: join(folder, 'data'),
    knowledgeFolder: join(folder, 'articles'),
    jwtKey: secret,
    jwtAlgorithm: 'HS256',
    // Soon, so that a dead line is noticed soon.
    tuning: { commandRate: unlimited, heartbeatMs: 2_000 },
    httpRates: { requests: unlimited },
  });
  listening = await support.listen({ port: 0 });
  const code = new URL(await support.signInUrl()).hash.slice('#sign-in='.length);
  const signedIn = await postJson(`${listening.url}/v1/agents/sign-in`, { code, name: 'Rina' });
  const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0]!);
  agentToken = async () => {
    const answer = await postJson(`${listening.url}/v1/agents/token`, {}, { cookie: cookie.join('; ') });
    return ((await answer.json()) as { accessToken: string }).accessToken;
  };
});
after(async () => {
  await listening.close();
  await rm(folder, { recursive: true, force: true });
});

/** What ends with the test. */
interface Kept {
  proxy: Proxy;
  client: (options?: SupportClientOptions) => SupportClient;
}

async function through(faults: ProxyFaults, play: (kept: Kept) => Promise<void>): Promise<void> {
  const proxy = await Proxy.before(listening.url, faults);
  const clients: SupportClient[] = [];
  const client = (options: SupportClientOptions = {}): SupportClient => {
    const made = createSupportClient({ url: proxy.url, storage: 'memory', random: () => 0.05, ...options });
    clients.push(made);
    return made;
  };
  try {
    await play({ proxy, client });
  } finally {
    await Promise.all(clients.map((one) => one.destroy()));
    await proxy.close();
  }
}

const isSaid = (text: string) => (view: ConversationView) =>
  [...view.messages].some(({ message }) =>
    message.parts.some((part) => 'text' in part && part.text === text),
  );
const areAllSent = (view: ConversationView): boolean =>
  [...view.messages].every(({ delivery }) => delivery !== 'pending' && delivery !== 'failed');

describe('one story', { timeout: 120_000 }, () => {
  const endings = new Map<TransportName, object>();
  describe('is played', { concurrency: 3 }, () => {
    for (const transport of ['websocket', 'sse', 'long-poll'] as const)
      it(`over ${transport}`, () =>
        through({}, async (kept) => {
          const ending = await playStory(kept, transport);
          assert.deepEqual(kept.proxy.transports, [transport]);
          endings.set(transport, ending);
        }));
  });

  it('ends in the same state on each', () => {
    const [first, ...others] = endings.values();
    assert.ok(first && others.length === 2);
    for (const other of others) assert.deepEqual(other, first);
  });
});

/** Start, answer streamed with a cut in its middle, edit, handover, receipts, a file, a token renewed, missed events, close, survey. */
async function playStory({ proxy, client }: Kept, transport: TransportName): Promise<object> {
  const reasons: string[] = [];
  const visitor = client({
    transports: [transport],
    getToken: async ({ reason }) => {
      reasons.push(reason);
      // Clocks may differ by half a minute: this one is good for five seconds yet.
      const now = Math.floor(Date.now() / 1000);
      return jwt({ sub: `asha-${transport}`, name: 'Asha', iat: now - 60, exp: now - 25 });
    },
  });
  const agent = client({ transports: [transport], role: 'agent', getToken: agentToken });
  const conversation = visitor.conversations.create();
  const question = await conversation.send('How do refunds work?');
  await streamWithCut(conversation, proxy);
  await question.acknowledged;

  const asked = [...conversation.getSnapshot().messages].find(({ own }) => own)!.message;
  const edited = [
    { partId: asked.parts[0]!.partId, type: 'text' as const, text: 'How do refunds work, please?' },
  ];
  await visitor.command('message.edit', { messageId: asked.id, parts: edited }, conversation.id);
  await until(conversation, isSaid('How do refunds work, please?'));

  await conversation.requestHandoff();
  await agent.connect();
  const desk = agent.conversations.open(conversation.id, { audience: 'staff' });
  await until(desk, ({ conversation: it }) => it?.assignment.state === 'queued');
  await desk.accept();
  await desk.addNote('She is kind.');
  await desk.send('Here I am.');
  await until(conversation, isSaid('Here I am.'));
  conversation.markRead();
  await until(desk, ({ messages }) => [...messages].some(({ delivery }) => delivery === 'read'));

  await conversation.sendFile(new Blob([new Uint8Array(smallPng)], { type: 'image/png' }), {
    name: 'photo.png',
  });
  await until(desk, ({ messages }) => messages.at(-1)?.message.parts[0]?.type === 'image');

  await missEvents(conversation, desk, proxy);
  // The token lives for seconds; the connection goes on beyond it.
  while (!reasons.includes('expired')) await pause(50);
  await desk.close();
  const closed = await until(
    conversation,
    ({ conversation: it }) => it?.status === 'closed' && it.survey !== undefined,
  );
  await conversation.submitSurvey(closed.conversation!.survey!.surveyId, { score: 5, comment: 'Kind.' });
  await until(desk, ({ conversation: it }) => it?.survey?.state === 'submitted');
  await Promise.all([until(conversation, areAllSent), until(desk, areAllSent)]);
  await settled(conversation, desk);
  return {
    visitor: normalised(shown(conversation)),
    agent: normalised(shown(desk)),
    log: normalised(await logOf(conversation.id)),
  };
}

/** Waits until an answer is on its way, breaks the line, and waits until it is whole all the same. */
async function streamWithCut(conversation: ConversationHandle, proxy: Proxy): Promise<void> {
  const answerIn = ({ messages }: ConversationView) =>
    [...messages].findLast(
      ({ message }) =>
        message.author.role === 'bot' && !message.parts.some((p) => p.partId.startsWith('greeting')),
    )?.message;
  await until(conversation, (view) => {
    const answer = answerIn(view);
    const [part] = answer?.parts ?? [];
    return answer?.status === 'streaming' && part?.type === 'text' && part.text.length > 20;
  });
  proxy.cut();
  await until(conversation, (view) => answerIn(view)?.status === 'complete', 10_000);
}

/** The line is gone while the agent writes; when it is back, all of it comes, in order. */
async function missEvents(
  conversation: ConversationHandle,
  desk: ConversationHandle,
  proxy: Proxy,
): Promise<void> {
  proxy.faults = { isDown: true };
  proxy.cut();
  for (const n of [1, 2, 3]) await desk.send(`Missed ${n}`);
  await conversation.send('Are you there?');
  await pause(300);
  proxy.faults = {};
  await until(desk, isSaid('Are you there?'), 10_000);
  await until(conversation, isSaid('Missed 3'), 10_000);
}

function shown(conversation: ConversationHandle): object {
  const {
    messages,
    conversation: it,
    staff,
    phase,
    hasEarlier,
    unreadCount,
    queue,
  } = conversation.getSnapshot();
  // Two lanes wrote at once while the line was down: whose message came first is chance, not transport.
  const all = [...messages].map(({ message, own, delivery }) => ({ message, own, delivery }));
  return {
    phase,
    hasEarlier,
    unreadCount,
    // Out of the queue is said by an empty place or by none, as the line happened to be.
    queue: queue?.position === undefined ? undefined : queue,
    it,
    notes: staff?.notes,
    messages: inOrder(all, ({ message }) => message),
  };
}

const isChance = (text: string): boolean => text === 'Are you there?';
const textOf = ({ parts }: { parts: { type: string }[] }): string =>
  (parts[0] as { text?: string } | undefined)?.text ?? '';

/** Puts what was written while the line was down to the end. */
function inOrder<T>(all: T[], messageOf: (one: T) => { parts: { type: string }[] } | undefined): T[] {
  const last = all.filter((one) => isChance(textOf(messageOf(one) ?? { parts: [] })));
  return [...all.filter((one) => !last.includes(one)), ...last];
}

/** The whole log for staff, read over a socket; how often something was said in between is a matter of time. */
async function logOf(conversationId: string): Promise<object> {
  const stream = `conversation:${conversationId}:staff`;
  const socket = await TestSocket.hello(
    `${listening.url.replace('http', 'ws')}/v1/socket`,
    await agentToken(),
  );
  const { epoch, headSeq } = await socket.subscribe(stream);
  await socket.subscribe(stream, { stream, epoch, seq: 0 });
  await socket.next('event', ({ event }) => event.seq === headSeq);
  socket.close();
  const events = socket.events(stream);
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, index) => index + 1),
  );
  const kept = events
    .filter(({ type }) => type !== 'message.checkpoint' && type !== 'receipt.updated')
    .map(({ type, data }) => ({ type, data }) as LogEvent);
  return inOrder(kept, (event) => (event.type === 'message.created' ? event.data.message : undefined));
}

/** Ids become numbers in the order in which they appear, wherever they stand; times become one. */
function normalised(value: object): unknown {
  const ids = new Map<string, string>();
  const numberOf = (id: string): string => {
    if (!ids.has(id)) ids.set(id, `#${ids.size}`);
    return ids.get(id)!;
  };
  const text = JSON.stringify(value)
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
    .replace(/"durationMs":\d+/g, '"durationMs":0')
    .replace(/\b[a-z]{1,8}[_-][\w-]{16,}/g, numberOf);
  return JSON.parse(text) as unknown;
}

/** Marks arrive when they arrive: waits until nothing has changed for a while. */
async function settled(...conversations: ConversationHandle[]): Promise<void> {
  for (let before = ''; ;) {
    const now = JSON.stringify(conversations.map(shown));
    if (now === before) return;
    before = now;
    await pause(400);
  }
}

async function talks({ client }: Kept, options: SupportClientOptions = {}): Promise<ConversationHandle> {
  const conversation = client(options).conversations.create();
  await (
    await conversation.send('Is anybody there?')
  ).acknowledged;
  await until(conversation, (view) => view.phase === 'ready' && view.messages.length >= 3, 10_000);
  return conversation;
}

it('needs no WebSocket in the platform', { timeout: 60_000 }, () =>
  through({}, async (kept) => {
    const { WebSocket } = globalThis;
    Object.assign(globalThis, { WebSocket: undefined });
    try {
      await talks(kept);
    } finally {
      Object.assign(globalThis, { WebSocket });
    }
    assert.deepEqual(kept.proxy.transports, ['sse']);
  }),
);

// Each has a proxy and clients of its own, and most of its time is waiting.
describe('falling back', { timeout: 120_000, concurrency: 8 }, () => {
  it('is not needed where a WebSocket can be opened', () =>
    through({}, async (kept) => {
      await talks(kept);
      assert.deepEqual(kept.proxy.transports, ['websocket']);
    }));

  it('goes to the event stream where upgrades are refused, and stays with it when the line breaks', () =>
    through({ upgrades: 'refuse' }, async (kept) => {
      const conversation = await talks(kept);
      assert.deepEqual(kept.proxy.transports, ['websocket', 'sse']);
      // What works is remembered: a line that broke comes back without asking for the WebSocket again.
      kept.proxy.asked.length = 0;
      kept.proxy.cut();
      await (
        await conversation.send('Still there?')
      ).acknowledged;
      await until(conversation, isSaid('Still there?'));
      assert.deepEqual(kept.proxy.transports, ['sse']);
    }));

  it('goes on to long-poll where a proxy holds event streams back', () =>
    through({ upgrades: 'refuse', holdsStreams: true }, async (kept) => {
      await talks(kept, { clock: hasty });
      assert.deepEqual(kept.proxy.transports, ['websocket', 'sse', 'long-poll']);
    }));

  it('gives up a WebSocket that is never answered', () =>
    through({ upgrades: 'hang' }, async (kept) => {
      const conversation = kept.client({ clock: hasty }).conversations.create();
      await conversation.send('Is anybody there?');
      await until(conversation, (view) => view.messages.length >= 3, 40_000);
      assert.deepEqual(kept.proxy.transports, ['websocket', 'sse']);
    }));

  it('is remembered by the next page, until it is time to try again or to forget', () =>
    through({ upgrades: 'refuse' }, async (kept) => {
      const storage = new MemoryStorage();
      await talks(kept, { storage });
      kept.proxy.faults = {};
      kept.proxy.asked.length = 0;
      const next = kept.client({ storage });
      await next.connect();
      assert.deepEqual(kept.proxy.transports, ['sse']);
      const later = kept.client({ storage, clock: shifted(11 * 60_000) });
      await later.connect();
      assert.deepEqual(kept.proxy.transports, ['sse', 'websocket']);
    }));

  it('does not happen because the server is down: it comes back over the WebSocket', () =>
    through({}, async (kept) => {
      const conversation = await talks(kept);
      kept.proxy.faults = { isDown: true };
      kept.proxy.cut();
      await pause(3_000);
      kept.proxy.asked.length = 0;
      kept.proxy.faults = {};
      await (
        await conversation.send('Back again?')
      ).acknowledged;
      await until(conversation, isSaid('Back again?'));
      assert.deepEqual(kept.proxy.transports, ['websocket']);
    }));

  it('ends by itself where the WebSocket works meanwhile', () =>
    through({ upgrades: 'refuse' }, async (kept) => {
      const clock: Clock = {
        ...shifted(0),
        after: (ms, work) => shifted(0).after(Math.min(ms, 9_000) / 10, work),
      };
      const conversation = await talks(kept, { clock });
      kept.proxy.faults = {};
      await (
        await conversation.send('And now?')
      ).acknowledged;
      while (kept.proxy.transports.at(-1) !== 'websocket') await pause(50);
      await (
        await conversation.send('And then?')
      ).acknowledged;
      await until(conversation, isSaid('And then?'));
      assert.deepEqual(kept.proxy.transports, ['websocket', 'sse', 'websocket']);
    }));

  it('keeps to what was asked for, and says so where the server has none of it', () =>
    through({ upgrades: 'refuse' }, async (kept) => {
      await talks(kept, { transports: ['long-poll'] });
      assert.deepEqual(kept.proxy.transports, ['long-poll']);
      const other = kept.client({ transports: [] });
      await assert.rejects(other.connect(), { code: 'capability_absent' });
    }));
});

describe('a message over the limit', { timeout: 60_000 }, () => {
  for (const transport of ['websocket', 'sse', 'long-poll'] as const)
    it(`is refused over ${transport}, and the next goes through`, () =>
      through({}, async ({ client }) => {
        const conversation = client({ transports: [transport] }).conversations.create();
        await (
          await conversation.send('Is anybody there?')
        ).acknowledged;
        const data = 'x'.repeat(300_000);
        const part = { partId: 'p', type: 'x-acme', fallbackText: 'Large', data } as const;
        const large = await conversation.send({ parts: [part] });
        await assert.rejects(large.acknowledged, { code: 'frame_too_large' });
        await (
          await conversation.send('And this?')
        ).acknowledged;
        await until(conversation, isSaid('And this?'));
      }));
});

describe('a line that is dead though nobody closed it', { timeout: 60_000, concurrency: 3 }, () => {
  for (const transport of ['websocket', 'sse', 'long-poll'] as const)
    it(`is noticed over ${transport}, and nothing is lost`, () =>
      through({}, async ({ client, proxy }) => {
        const visitor = client({ transports: [transport] });
        const causes: string[] = [];
        visitor.connection.subscribe(() => causes.push(visitor.connection.getSnapshot().cause));
        const conversation = visitor.conversations.create();
        await (
          await conversation.send('Is anybody there?')
        ).acknowledged;
        await until(conversation, (view) => view.phase === 'ready' && view.messages.length >= 3, 10_000);
        // The next poll has reached the proxy by then.
        await pause(100);
        while (transport === 'long-poll' && !proxy.isAwaited('POST /v1/poll')) await pause(10);
        proxy.freeze();
        const agent = client({ transports: [transport], role: 'agent', getToken: agentToken });
        await agent.connect();
        const desk = agent.conversations.open(conversation.id, { audience: 'staff' });
        await until(desk, (view) => view.phase === 'ready');
        await desk.accept();
        await desk.send('Here I am.');
        await until(conversation, isSaid('Here I am.'), 15_000);
        assert.ok(causes.includes('heartbeat_missed'), causes.join());
      }));
});

/** A clock that is ahead. */
const shifted = (ms: number): Clock => ({
  now: () => Date.now() + ms,
  after(delay, work) {
    const timer = setTimeout(work, delay);
    return () => clearTimeout(timer);
  },
});

/** A clock on which what takes long is over soon: the patience with a line that does not open. */
const hasty: Clock = {
  ...shifted(0),
  after: (ms, work) => shifted(0).after(ms > 6_000 ? ms / 5 : ms, work),
};
