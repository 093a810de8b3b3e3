import type {
  ConnectionSnapshot,
  ConversationHandle,
  ConversationView,
  MessageInput,
  MessageList,
  MessageView,
  Readable,
  SentMessage,
  SupportClient,
  UserView,
} from '@sahay/client';
import type {
  Attachment,
  Capability,
  Conversation,
  Message,
  Part,
  Welcome,
  DataExport,
  ErasureReceipt,
} from '@sahay/protocol';

/** State a test sets by hand. */
export class Held<T> implements Readable<T> {
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
  set(value: Partial<T>): void {
    this.#value = { ...this.#value, ...value };
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

let minted = 0;

/** A message as a view, with sensible defaults. */
export function messageView(
  options: Partial<Omit<MessageView, 'message'>> & { text?: string; message?: Partial<Message> } = {},
): MessageView {
  const { text = 'Hello', message = {}, own = false, ...rest } = options;
  const id = message.id ?? `m${++minted}`;
  return {
    key: id,
    own,
    delivery: own ? 'sent' : 'received',
    ...rest,
    message: {
      id,
      conversationId: 'c1',
      author: own ? { id: 'v1', role: 'visitor' } : { id: 'bot', role: 'bot', name: 'Sahay' },
      status: 'complete',
      parts: [textPart(text)],
      createdAt: '2026-03-02T10:41:00Z',
      ...message,
    },
  };
}

export function textPart(text: string, format: 'plain' | 'markdown' = 'plain'): Part {
  return { partId: 'p1', type: 'text', text, format };
}

export function conversation(options: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1',
    tenantId: 't1',
    status: 'open',
    visitor: { id: 'v1', role: 'visitor' },
    participants: [],
    startedAt: '2026-03-02T10:40:00Z',
    assignment: { state: 'bot', since: '2026-03-02T10:40:00Z' },
    receipts: {},
    ...options,
  };
}

const nothingSaid: ConversationView = {
  id: 'c1',
  phase: 'new',
  messages: listOf([]),
  hasEarlier: false,
  loadingEarlier: false,
  typing: [],
  unreadCount: 0,
  durable: true,
};

/** A conversation that remembers what was asked of it, and shows what it is told to. */
export class FakeConversation extends Held<ConversationView> implements ConversationHandle {
  readonly id: string;
  /** Names and arguments of every call, in order. */
  readonly calls: [name: string, ...args: unknown[]][] = [];
  /** Rejects the next call of this name. */
  failing: string | undefined;

  constructor(id = 'c1', view: Partial<ConversationView> = {}) {
    super({ ...nothingSaid, id, ...view });
    this.id = id;
  }

  async #did(name: string, ...args: unknown[]): Promise<void> {
    this.calls.push([name, ...args]);
    if (this.failing !== name) return;
    this.failing = undefined;
    throw new Error(`${name} was refused`);
  }

  /** Shows these messages. */
  show(...views: MessageView[]): void {
    this.set({
      phase: 'ready',
      messages: listOf(views),
      conversation: this.getSnapshot().conversation ?? conversation(),
    });
  }

  async send(input: MessageInput): Promise<SentMessage> {
    await this.#did('send', input);
    const text = typeof input === 'string' ? input : (input.text ?? '');
    const view = messageView({
      text,
      own: true,
      delivery: 'pending',
      message: { createdAt: new Date().toISOString() },
    });
    this.set({ messages: listOf([...this.getSnapshot().messages, view]) });
    return { key: view.key, acknowledged: Promise.resolve({}) };
  }
  retry = (key: string) => this.#did('retry', key);
  discard = (key: string) => this.#did('discard', key);
  async upload(): Promise<Attachment> {
    throw new Error('not faked: sendFile is what the window uses');
  }
  async sendFile(file: Blob, options: { name: string }): Promise<SentMessage> {
    await this.#did('sendFile', file, options.name);
    return { key: 'file', acknowledged: Promise.resolve({}) };
  }
  attachmentUrl = async (id: string): Promise<string> => `/attachments/${id}`;
  typing = (active: boolean): void => void this.#did('typing', active);
  markRead = (): void => void this.#did('markRead').then(() => this.set({ unreadCount: 0 }));
  requestHandoff = () => this.#did('requestHandoff');
  cancelHandoff = () => this.#did('cancelHandoff');
  feedback = (id: string, helpful: boolean) => this.#did('feedback', id, helpful);
  submitSurvey = (id: string, answers: unknown) => this.#did('submitSurvey', id, answers);
  dismissSurvey = (id: string) => this.#did('dismissSurvey', id);
  close = () => this.#did('close');
  reopen = () => this.#did('reopen');
  loadEarlier = () => this.#did('loadEarlier');
  do = (type: string, data: unknown) => this.#did('do', type, data);
  cancelMessage = (id: string) => this.#did('cancelMessage', id);
  accept = () => this.#did('accept');
  decline = () => this.#did('decline');
  transfer = () => this.#did('transfer');
  returnToBot = () => this.#did('returnToBot');
  transcript = async (): Promise<Blob> => new Blob(['transcript']);
  addNote = () => this.#did('addNote');
}

/** A client without a backend: the test is the backend. */
export class FakeClient implements SupportClient {
  readonly ready = Promise.resolve();
  readonly capabilities = new Set<Capability>([
    'handoff',
    'feedback',
    'attachments',
    'surveys',
    'typing',
    'receipts',
  ]);
  readonly connection = new Held<ConnectionSnapshot>({ state: 'online', cause: 'welcomed', durable: true });
  readonly user = new Held<UserView>({ conversations: [], consents: [], invitations: [] });
  readonly inbox = new Held({ ready: false, entries: [], agents: [] });
  /** The visitor's open conversation, if any. */
  open: FakeConversation | undefined;
  /** Everything `create()` made. */
  readonly created: FakeConversation[] = [];
  /** What `welcome()` answers. */
  greeting: Promise<Welcome | undefined> = Promise.resolve({
    locale: 'en',
    author: { id: 'bot', role: 'bot', name: 'Sahay' },
    parts: [
      textPart('Hello! Ask me anything.'),
      {
        partId: 'p2',
        type: 'quick_replies',
        options: [
          { id: 'article_1', label: 'Track an order' },
          { id: 'person', label: 'Talk to a person' },
        ],
      },
    ],
    availability: { open: true },
  });
  /** What `fetch()` answers, by path without its query. */
  readonly responses = new Map<string, unknown>();
  readonly fetched: string[] = [];

  readonly conversations = {
    create: (): ConversationHandle => {
      const made = new FakeConversation(`c${this.created.length + 1}`);
      this.created.push(made);
      return made;
    },
    open: (_id?: string): ConversationHandle => this.open ?? this.conversations.create(),
    current: (): ConversationHandle | undefined => this.open,
  };

  welcome = (): Promise<Welcome | undefined> => this.greeting;
  command = async () => ({});
  fetch = async (path: string): Promise<Response> => {
    this.fetched.push(path);
    const body = this.responses.get(path.split('?')[0]!);
    if (body === undefined) throw new Error(`nothing at ${path}`);
    return Response.json(body);
  };
  on = () => () => undefined;
  connect = async () => undefined;
  continueFrom = async (): Promise<ConversationHandle> => this.conversations.open();
  exportData = async (): Promise<DataExport> => ({
    exportId: 'x1',
    participant: { id: 'v1', role: 'visitor' as const },
    requestedAt: '2026-03-01T09:30:00Z',
    conversations: [],
    consents: [],
    invitations: [],
    attachments: [],
  });
  eraseData = async (): Promise<ErasureReceipt> => ({
    receiptId: 'r1',
    time: '2026-03-01T09:30:00Z',
    conversations: [],
    messages: 0,
    attachments: 0,
  });
  identify = async () => undefined;
  /** What `remember()` keeps. */
  readonly kept = new Map<string, string>();
  remember = async (name: string, text?: string): Promise<string | undefined> => {
    if (text) this.kept.set(name, text);
    else if (text === '') this.kept.delete(name);
    return this.kept.get(name);
  };
  maySound = async () => true;
  inspect = async () => () => undefined;
  logout = async () => undefined;
  destroy = async () => undefined;
}
