import {
  SahayError,
  type Clock,
  type ConnectionSnapshot,
  type ConversationHandle,
  type ConversationView,
  type InboxView,
  type MessageInput,
  type MessageList,
  type MessageView,
  type Readable,
  type SentMessage,
  type SupportClient,
  type UserView,
} from '@sahay/client';
import type {
  Attachment,
  Capability,
  Conversation,
  ErrorCode,
  InboxEntry,
  Message,
  Participant,
  Part,
} from '@sahay/protocol';

/** The agent in front of the console under test. */
export const me: Participant = { id: 'a_rina', role: 'agent', name: 'Rina Bose' };
export const visitor: Participant = { id: 'v_mina', role: 'visitor', name: 'Mina K.' };
export const bot: Participant = { id: 'bot', role: 'bot', name: 'Sahay' };

/** When the tests play: noon of a day. */
export const noon = Date.UTC(2030, 0, 1, 12);

/** The moment some minutes before noon. */
export const before = (minutes: number): string => new Date(noon - minutes * 60_000).toISOString();

/** A clock that stands still until it is moved. */
export class HeldClock implements Clock {
  #time = noon;
  #waiting: { at: number; work: () => void }[] = [];

  now = (): number => this.#time;
  after = (ms: number, work: () => void): (() => void) => {
    const entry = { at: this.#time + ms, work };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== entry);
    };
  };
  /** Moves on, doing what falls due. */
  advance(ms: number): void {
    this.#time += ms;
    const due = this.#waiting.filter(({ at }) => at <= this.#time);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#time);
    for (const { work } of due) work();
  }
}

/** State that a test sets by hand. */
export class Held<T extends object> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  getSnapshot = (): T => this.#value;
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  get listeners(): number {
    return this.#listeners.size;
  }
  set(change: Partial<T>): void {
    this.#value = { ...this.#value, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}

/** A list of messages out of an array. */
export function listOf(views: readonly MessageView[]): MessageList {
  return {
    length: views.length,
    at: (index) => views.at(index),
    slice: (start, end) => views.slice(start, end),
    indexOf: (key) => views.findIndex((view) => view.key === key),
    [Symbol.iterator]: () => views[Symbol.iterator](),
  };
}

export const textPart = (text: string): Part => ({ partId: 'p1', type: 'text', text });

/** A message of somebody, some minutes before noon. */
export function said(
  id: string,
  author: Participant,
  text: string,
  minutes: number,
  more: Partial<Message> = {},
): MessageView {
  const own = author.id === me.id;
  const message: Message = {
    id,
    conversationId: 'c1',
    author,
    status: 'complete',
    parts: [textPart(text)],
    createdAt: before(minutes),
    ...more,
  };
  return { key: id, own, delivery: own ? 'sent' : 'received', message };
}

export function conversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1',
    tenantId: 'default',
    status: 'open',
    visitor,
    participants: [visitor, bot, me],
    locale: 'en',
    startedAt: before(9),
    assignment: { state: 'queued', since: before(4) },
    receipts: {},
    ...change,
  };
}

export const mine = { state: 'assigned', controlledBy: me.id, since: before(1) } as const;

/** A conversation in the inbox that waits for a person. */
export function entry(id: string, minutes: number, change: Partial<InboxEntry> = {}): InboxEntry {
  return {
    conversationId: id,
    visitor: { id: `v_${id}`, role: 'visitor', name: `Visitor of ${id}` },
    status: 'open',
    assignment: { state: 'queued', since: before(minutes) },
    waitingSince: before(minutes),
    startedAt: before(minutes + 2),
    lastMessage: {
      messageId: `m_${id}`,
      text: `Last words of ${id}`,
      role: 'visitor',
      time: before(minutes),
    },
    ...change,
  };
}

const emptyView: ConversationView = {
  id: 'c1',
  phase: 'ready',
  conversation: conversation(),
  messages: listOf([]),
  hasEarlier: false,
  loadingEarlier: false,
  typing: [],
  staff: { notes: [], traces: [], context: {} },
  unreadCount: 0,
  durable: true,
};

/** A conversation that remembers what was asked of it, and shows what it is told to. */
export class FakeConversation extends Held<ConversationView> implements ConversationHandle {
  readonly id: string;
  /** Names and arguments of every call, in order. */
  readonly calls: unknown[][] = [];
  /** Calls of these names are refused with this code. */
  readonly refusing = new Map<string, ErrorCode>();

  constructor(id: string, change: Partial<ConversationView> = {}) {
    super({ ...emptyView, id, conversation: conversation({ id }), ...change });
    this.id = id;
  }

  /** The arguments of all calls of one name. */
  called(name: string): unknown[][] {
    return this.calls.filter(([called]) => called === name).map(([, ...args]) => args);
  }

  #do = async (name: string, ...args: unknown[]): Promise<void> => {
    this.calls.push([name, ...args]);
    const code = this.refusing.get(name);
    if (code) throw new SahayError(code, `${name} was refused`);
  };

  async send(input: MessageInput): Promise<SentMessage> {
    await this.#do('send', input);
    return { key: 'sent', acknowledged: Promise.resolve({}) };
  }
  async sendFile(_file: Blob, { name }: { name: string }): Promise<SentMessage> {
    await this.#do('sendFile', name);
    return { key: 'file', acknowledged: Promise.resolve({}) };
  }
  upload(): Promise<Attachment> {
    throw new Error('The console sends files whole.');
  }
  attachmentUrl = async (id: string): Promise<string> => `/attachments/${id}`;
  typing = (active: boolean): void => void this.calls.push(['typing', active]);
  markRead = (): void => void this.calls.push(['markRead']);
  retry = (key: string) => this.#do('retry', key);
  discard = (key: string) => this.#do('discard', key);
  requestHandoff = () => this.#do('requestHandoff');
  cancelHandoff = () => this.#do('cancelHandoff');
  feedback = () => this.#do('feedback');
  submitSurvey = () => this.#do('submitSurvey');
  dismissSurvey = () => this.#do('dismissSurvey');
  close = () => this.#do('close');
  reopen = () => this.#do('reopen');
  loadEarlier = () => this.#do('loadEarlier');
  cancelMessage = () => this.#do('cancelMessage');
  accept = () => this.#do('accept');
  decline = () => this.#do('decline');
  transfer = (to?: object) => this.#do('transfer', to);
  returnToBot = () => this.#do('returnToBot');
  transcript = async () => new Blob();
  /** Noted with how many still look at it. */
  release = () => this.#do('release', this.listeners);
  addNote = (text: string) => this.#do('addNote', text);
}

/** An agent's client without a backend: the test is the backend. */
export class FakeAgentClient implements SupportClient {
  readonly ready = Promise.resolve();
  readonly capabilities = new Set<Capability>([
    'attachments',
    'typing',
    'receipts',
    'notes',
    'inbox',
    'insights',
  ]);
  readonly connection = new Held<ConnectionSnapshot>({ state: 'online', cause: 'welcomed', durable: true });
  readonly user = new Held<UserView>({ participant: me, conversations: [], consents: [], invitations: [] });
  readonly inbox = new Held<InboxView>({
    ready: true,
    entries: [],
    agents: [{ agent: me, status: 'online' }],
  });
  /** Conversations by id; others are made when they are opened. */
  readonly known = new Map<string, FakeConversation>();
  readonly commands: [type: string, data: unknown][] = [];
  /** What `fetch` answers, by method and path. */
  readonly routes = new Map<string, (init?: RequestInit) => Promise<Response> | Response>();

  readonly conversations = {
    create: (): ConversationHandle => {
      throw new Error('Agents begin no conversations.');
    },
    open: (id: string): FakeConversation => {
      const known = this.known.get(id) ?? new FakeConversation(id);
      this.known.set(id, known);
      return known;
    },
    current: () => undefined,
  };

  /** Adds a conversation that shows this. */
  add(id: string, change: Partial<ConversationView> = {}): FakeConversation {
    const made = new FakeConversation(id, change);
    this.known.set(id, made);
    return made;
  }

  welcome = async () => undefined;
  command = async (type: string, data: unknown) => {
    this.commands.push([type, data]);
    return {};
  };
  fetch = async (path: string, init?: RequestInit): Promise<Response> => {
    const route = this.routes.get(`${init?.method ?? 'GET'} ${path}`);
    if (!route) throw new SahayError('not_found', `nothing at ${path}`);
    return route(init);
  };
  on = () => () => undefined;
  connect = async () => undefined;
  continueFrom = async (token: string) => this.conversations.open(token);
  exportData = async () => ({
    exportId: 'x1',
    participant: me,
    requestedAt: '2026-03-01T09:30:00Z',
    conversations: [],
    consents: [],
    invitations: [],
    attachments: [],
  });
  eraseData = async () => ({
    receiptId: 'r1',
    time: '2026-03-01T09:30:00Z',
    conversations: [],
    messages: 0,
    attachments: 0,
  });
  identify = async () => undefined;
  remember = async () => undefined;
  maySound = async () => true;
  inspect = async () => () => undefined;
  logout = async () => undefined;
  destroy = async () => undefined;
}
