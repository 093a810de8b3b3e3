import {
  defaultLimits,
  makeProblem,
  type Availability,
  type CannedReply,
  type ContinuationAnswer,
  type Discovery,
  type HelpArticle,
  type InsightFigures,
  type Message,
  type OpeningHours,
  type Settings,
  type Part,
  type Participant,
  type Session as VisitorSession,
  type Signal,
  type Welcome,
} from '@sahay/protocol';
import {
  FrameSession,
  MemoryBackend,
  type Actor,
  type FrameSessionHost,
  type Policy,
} from '@sahay/protocol/core';
import { http, HttpResponse } from 'msw/http';
import { ws } from 'msw/ws';
import { MockData } from './mock-data.ts';
import { mockLibrary } from './mock-library.ts';
import { MockSettings } from './mock-settings.ts';
import { ScriptedPerson, scripted } from './people.ts';
import { refuse } from './refuse.ts';

/** How a mock backend behaves; everything has a default. */
export interface MockBackendOptions {
  /** Where the client under test believes the backend is. */
  url: string;
  tenantId?: string;
  /** The bot's name; `null` for a backend without a bot. Default `Sahay`. */
  botName?: string | null;
  /** What the bot says first. Default: nothing. */
  greeting?: (locale: string) => Part[];
  /** What is true while it is open by the hours. Default `{ open: true }`. */
  availability?: Availability;
  /** The opening hours, by the virtual clock. Default none. */
  hours?: OpeningHours;
  /** The other settings that agents may change. Default none. */
  settings?: Settings;
  /** What the articles say that answers cite by their `articleId`. Default none. */
  articles?: readonly HelpArticle[];
  /** The replies that agents keep. Default none. */
  cannedReplies?: readonly CannedReply[];
  /** The figures of insights, as far as they are not nothing. Default nothing yet. */
  insights?: (days: number) => Partial<InsightFigures>;
  policy?: Partial<Policy>;
  /** Where the virtual clock starts, in ms since 1970. Default: 1 January 2026, 12:00 UTC. */
  startAt?: number;
}

const textOf = ({ parts }: Message): string =>
  parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');

const noon = Date.UTC(2026, 0, 1, 12);

/**
 * A Sahay backend inside a test: msw handlers for HTTP and WebSocket around the protocol's own core, with a virtual
 * clock and scripted people.
 *
 * @example
 * const mock = createMockBackend({ url: 'http://support.test' });
 * const server = setupServer(...mock.handlers); server.listen();
 * // … the client under test sends "Hello" …
 * mock.bot.say(mock.conversationIds()[0], 'Hello, how can I help?');
 */
export function createMockBackend(options: MockBackendOptions) {
  const { tenantId = 'default', botName = 'Sahay', greeting } = options;
  const base = options.url.replace(/\/$/, '');
  const bot: Participant | undefined = botName === null ? undefined : scripted('bot', 'bot', botName);
  let time = options.startAt ?? noon;
  let minted = 0;
  const tokens = new Map<string, Actor>();
  const refreshSecrets = new Map<string, Actor>();
  const sessions = new Map<FrameSession, (code: number, reason: string) => void>();

  const policy: Policy = {
    limits: defaultLimits,
    surveyOnClose: 'csat',
    ...(bot && { bot, regenerates: true }),
    ...(greeting && { greeting }),
    ...options.policy,
  };
  const backend = new MemoryBackend({ tenantId, policy, now: () => time });

  const relay = (signal: Signal, from?: FrameSession): void => {
    const conversationId = 'conversationId' in signal.data ? signal.data.conversationId : undefined;
    for (const session of sessions.keys())
      if (session !== from && (conversationId === undefined || session.reads(conversationId)))
        session.signal(signal);
  };
  const bearer = (authorization: string | null): Actor | undefined =>
    tokens.get(authorization?.split(' ')[1] ?? '');
  const data = new MockData({
    backend,
    inbox: `inbox:${tenantId}`,
    now: () => time,
    actorOf: (request) => bearer(request.headers.get('authorization')),
  });
  const host: FrameSessionHost = {
    backend,
    verify(token) {
      const actor = tokens.get(token);
      return actor ? { actor } : { problem: makeProblem('token_invalid', 'This token is not accepted.') };
    },
    execute: (actor, command, refusal) => data.execute(actor, command, refusal),
    welcome: { heartbeatMs: 25_000, limits: defaultLimits },
    now: () => time,
    relay,
  };
  const settings = new MockSettings({
    availability: options.availability ?? { open: true },
    hours: options.hours,
    settings: options.settings,
    policy: { ...policy },
    setPolicy: (next) =>
      void Object.assign(
        policy,
        { surveyOnClose: undefined, consent: undefined, questions: undefined },
        next,
      ),
    now: () => time,
    isAgent: (authorization) => bearer(authorization)?.role === 'agent',
    tell: (signal) => relay(signal),
  });
  const people = new Map<string, ScriptedPerson>();
  /** The same one each time: she counts what she does. */
  const person = (participant: Participant): ScriptedPerson => {
    const known =
      people.get(participant.id) ?? new ScriptedPerson({ ...participant, tenantId }, backend, relay);
    people.set(participant.id, known);
    return known;
  };

  const mint = (actor: Actor): VisitorSession => {
    const serial = ++minted;
    const session = {
      accessToken: `token-${serial}`,
      refreshSecret: `secret-${serial}`,
      expiresAt: new Date(time + 900_000).toISOString(),
      participant: { id: actor.id, role: actor.role },
    };
    tokens.set(session.accessToken, actor);
    refreshSecrets.set(session.refreshSecret, actor);
    return session;
  };
  const welcome = (locale: string): Welcome => ({
    locale,
    author: bot ?? { id: 'system', role: 'system' },
    parts: greeting?.(locale) ?? [],
    availability: settings.availability(),
    settings: settings.forVisitors(),
  });
  const discovery: Discovery = {
    protocol: 'sahay',
    versions: ['1'],
    tenant: tenantId,
    capabilities: [
      'streaming',
      'typing',
      'receipts',
      'handoff',
      'queue',
      'availability',
      'surveys',
      'feedback',
      'attachments',
      'edit',
      'delete',
      'reactions',
      'cancel',
      ...(bot ? (['regenerate'] as const) : []),
      'history',
      'notes',
      'inbox',
      'consent',
      'invitations',
      'multiple_conversations',
      'export',
      'erase',
      'settings',
      'email',
    ],
    limits: defaultLimits,
    transports: ['websocket'],
    endpoints: { api: '/v1', socket: '/v1/socket' },
  };
  const continuations = new Map<string, { conversationId: string; expiresAt: number }>();
  const goOn = (token: unknown) => {
    const link = continuations.get(String(token));
    if (!link) return refuse('token_invalid', 'This link is not one of ours, or not whole.');
    if (link.expiresAt <= time) return refuse('token_expired', 'This link is older than three days.');
    const { conversationId } = link;
    const visitor = backend.conversation(conversationId)?.conversation?.visitor;
    if (!visitor || visitor.role !== 'visitor')
      return refuse('not_found', 'This conversation is not there any more.');
    const session = mint({ ...visitor, tenantId });
    return HttpResponse.json({ conversationId, session } satisfies ContinuationAnswer);
  };

  const socket = ws.link(`${base.replace(/^http/, 'ws')}/v1/socket`);
  const handlers = [
    http.get(`${base}/.well-known/sahay`, () => HttpResponse.json(discovery)),
    http.get(`${base}/v1/welcome`, ({ request }) =>
      HttpResponse.json(welcome(new URL(request.url).searchParams.get('locale') ?? 'en')),
    ),
    http.post(`${base}/v1/sessions`, () =>
      HttpResponse.json(mint({ id: `v_${minted + 1}`, role: 'visitor', tenantId }), { status: 201 }),
    ),
    http.post(`${base}/v1/sessions/refresh`, async ({ request }) => {
      const { refreshSecret } = (await request.json()) as { refreshSecret: string };
      const actor = refreshSecrets.get(refreshSecret);
      return actor
        ? HttpResponse.json(mint(actor))
        : refuse('token_invalid', 'This session has ended. Begin a new one.');
    }),
    http.get(`${base}/v1/conversations/:id/messages`, () => HttpResponse.json({ messages: [] })),
    http.post(`${base}/v1/continuations`, async ({ request }) =>
      goOn(((await request.json()) as { token?: unknown }).token),
    ),
    ...data.handlers(base),
    ...settings.handlers(base),
    ...mockLibrary(
      {
        articles: options.articles ?? [],
        cannedReplies: options.cannedReplies ?? [],
        insights: options.insights,
        now: () => time,
        isAgent: (authorization) => bearer(authorization)?.role === 'agent',
      },
      base,
    ),
    socket.addEventListener('connection', ({ client }) => {
      const close = (code: number, reason: string): void => client.close(code, reason);
      const session = new FrameSession(host, {
        send: (frame) => client.send(JSON.stringify(frame)),
        close,
      });
      sessions.set(session, close);
      client.addEventListener('message', (event) =>
        session.receive(typeof event.data === 'string' ? event.data : ''),
      );
      client.addEventListener('close', () => {
        session.end();
        sessions.delete(session);
      });
    }),
  ];

  return {
    /** Give these to `setupServer` or `setupWorker`. */
    handlers,
    /** The backend itself, to look into and to append to. */
    backend,
    /** The bot; throws when the backend has none. */
    get bot(): ScriptedPerson {
      if (!bot) throw new Error('This mock backend has no bot. Leave out `botName: null` to have one.');
      return person(bot);
    },
    /**
     * Hears what visitors say, so that a script answers. Returns the unsubscribe.
     *
     * @example mock.onMessage((id, text) => mock.bot.say(id, `You asked: ${text}`));
     */
    onMessage: (
      listener: (conversationId: string, text: string, message: Message) => unknown,
    ): (() => void) =>
      backend.onEvent(({ type, stream, data: about }) => {
        if (type !== 'message.created' || !stream.endsWith(':public')) return;
        const { message } = about;
        if (message.author.role === 'visitor') listener(stream.split(':')[1]!, textOf(message), message);
      }),
    /** Hears that an answer of the bot's is wanted anew, so that a script gives another. Returns the unsubscribe. */
    onRegenerate: (listener: (conversationId: string, messageId: string) => void): (() => void) =>
      backend.onEvent(({ type, stream, data: about }) => {
        if (type === 'message.superseded' && stream.endsWith(':public'))
          listener(stream.split(':')[1]!, about.messageId);
      }),
    /** An agent to script. */
    agent: (name: string, id = `a_${name.toLowerCase()}`): ScriptedPerson =>
      person(scripted('agent', id, name)),
    /** An access token for an agent, for a console under test. */
    agentToken: (name: string, id = `a_${name.toLowerCase()}`): string =>
      mint({ ...scripted('agent', id, name), tenantId }).accessToken,
    /** The ids of the conversations there are, oldest first. */
    conversationIds: (): string[] => inboxIds(),
    /**
     * What stands in the link of an e-mail about a conversation, behind `#sahay-continue=`; it works for three days of the virtual
     * clock. Give it to `client.continueFrom`, or open a page with it.
     */
    continuationOf: (conversationId: string): string => {
      const token = `continue-${continuations.size + 1}`;
      continuations.set(token, { conversationId, expiresAt: time + 3 * 86_400_000 });
      return token;
    },
    /** Passes a signal to all who read its conversation. */
    signal: (signal: Signal): void => relay(signal),
    /** Moves the virtual clock. Whoever is connected hears when the opening hours begin or end with that. */
    advance: (ms: number): void => {
      time += ms;
      settings.timePassed();
    },
    /** Sets the opening hours, or takes them away, and tells whoever is connected. */
    setHours: (hours: OpeningHours | undefined): void => settings.setHours(hours),
    /** Sets sections of the settings, or unsets those that are `undefined`, and tells whoever is connected. */
    changeSettings: (sections: Settings): void => settings.change(sections),
    /** Closes every socket, as a cut line or a restart would (msw cannot close with codes under 3000). */
    dropConnections: (code = 4408): void => {
      for (const close of sessions.values()) close(code, 'dropped by the test');
    },
    /** Makes an access token unacceptable, as if it had expired. */
    expireTokens: (): void => tokens.clear(),
  };

  function inboxIds(): string[] {
    const { snapshot } = backend.read(`inbox:${tenantId}`).subscribed;
    return snapshot?.kind === 'inbox' ? snapshot.entries.map((entry) => entry.conversationId) : [];
  }
}

/** What {@link createMockBackend} returns. */
export type MockBackend = ReturnType<typeof createMockBackend>;
