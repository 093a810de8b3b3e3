import type {
  Command,
  CommandDataMap,
  CommandResult,
  CommandType,
  LogEvent,
  Problem,
  Welcome,
} from '@sahay/protocol';
import { systemClock } from './clock.ts';
import type { LinkRequestInit, LogConnector } from './connector/log-connector.ts';
import { ConversationFacade } from './conversation/conversation.ts';
import type { ConversationHandle } from './conversation-handle.ts';
import { hostEnvironment } from './environment.ts';
import type { SignedLinks } from './files/signed-links.ts';
import { freshId } from './ids.ts';
import { SahayError, toSahayError } from './sahay-error.ts';
import { throwUnlessOk } from './sahay-connector/api.ts';
import { sahayConnector } from './sahay-connector/sahay-connector.ts';
import { Session } from './session/session.ts';
import { defaultStorage } from './storage/default-storage.ts';
import type { ClientEventMap, Conversations, SupportClient, SupportClientOptions } from './support-client.ts';
import { lazyTurnLog } from './turn/lazy-turn-log.ts';

/**
 * Makes a client for a Sahay server (`url`) or for another backend (`connector`).
 *
 * @throws SahayError when neither or both are given, or the url is no address.
 * @example
 * const client = createSupportClient({ url: 'http://localhost:4000' });
 * const conversation = client.conversations.create();
 * conversation.subscribe(() => console.log(conversation.getSnapshot().messages.at(-1)));
 * await conversation.send('Hello');
 */
export function createSupportClient(options: SupportClientOptions): SupportClient {
  return new Client(options);
}

type AnyListener = (event: LogEvent | Problem) => void;

class Client implements SupportClient {
  readonly conversations: Conversations = {
    create: () => this.#handle(freshId('conv'), 'public', true),
    open: (id, { audience = 'public' } = {}) => this.#handle(id, audience),
    current: () => {
      const id = this.#session.currentId();
      return id === undefined ? undefined : this.#handle(id, 'public');
    },
  };
  readonly #session: Session;
  #links: Promise<SignedLinks> | undefined;
  readonly #base: string;
  readonly #handles = new WeakMap<object, ConversationHandle>();
  readonly #listeners = new Map<string, Set<AnyListener>>();

  constructor(options: SupportClientOptions) {
    const connector = connectorOf(options);
    const { role = 'visitor', clock = systemClock, storage, getToken, locale } = options;
    const namespace = `sahay:${options.namespace ?? options.url ?? connector.name}:${role}`;
    const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.#session = new Session(
      connector,
      {
        clock,
        role,
        getToken,
        namespace,
        fetch,
        random: options.random ?? Math.random,
        webSocket: options.webSocket ?? globalThis.WebSocket,
        environment: options.environment ?? hostEnvironment,
        storage: defaultStorage(storage, namespace),
        locale: locale ?? globalThis.navigator?.language ?? 'en',
      },
      {
        event: (event) => this.#emit(event.type, event),
        problem: (problem) => this.#emit('problem', problem),
      },
    );
    this.#base = options.url ?? '';
  }

  get ready(): Promise<void> {
    return this.#session.ready;
  }

  get capabilities(): ReturnType<LogConnector['capabilities']> {
    return this.#session.connector.capabilities();
  }

  get connection(): Session['connection'] {
    return this.#session.connection;
  }

  get user(): Session['user']['view'] {
    return this.#session.user.view;
  }

  get inbox(): Session['inbox'] {
    return this.#session.inbox;
  }

  async welcome(locale?: string): Promise<Welcome | undefined> {
    const { connector, host } = this.#session;
    return ours(connector.welcome?.(locale ?? host.locale, host));
  }

  async command<T extends CommandType>(
    type: T,
    data: CommandDataMap[T],
    conversationId?: string,
  ): Promise<CommandResult> {
    const command = { type, data, ...(conversationId !== undefined && { conversationId }) } as Command;
    return ours(this.#session.put(command).then(({ result }) => result));
  }

  async fetch(path: string, init?: LinkRequestInit): Promise<Response> {
    const { link, connector } = this.#session;
    if (!link.request) throw new SahayError('capability_absent', `${connector.name} takes no requests.`);
    const response = await ours(link.request(path, init));
    await throwUnlessOk(response);
    return response;
  }

  on<T extends keyof ClientEventMap>(type: T, listener: (event: ClientEventMap[T]) => void): () => void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener as AnyListener));
    return () => listeners.delete(listener as AnyListener);
  }

  connect(): Promise<void> {
    return ours(this.#session.connect());
  }

  async logout({ pending }: { pending: 'flush' | 'discard' }): Promise<void> {
    const { outbox } = this.#session;
    if (pending === 'flush' && outbox.isBusy) {
      this.#session.start();
      await outbox.flushed();
    }
    await ours(this.#session.logout());
  }

  destroy(): Promise<void> {
    return ours(this.#session.destroy());
  }

  #handle(id: string, audience: 'public' | 'staff', fresh = false): ConversationHandle {
    const model = this.#session.model(id, audience);
    let handle = this.#handles.get(model);
    if (!handle) {
      handle = new ConversationFacade(id, model, {
        session: this.#session,
        fetch: (path, init) => this.fetch(path, init),
        attachmentUrl: (attachmentId) => ours(this.#attachmentUrl(attachmentId)),
        page: currentPage,
      });
      this.#handles.set(model, handle);
      if (!fresh) this.#session.mirror(id, audience);
    }
    return handle;
  }

  /** Most conversations have no files: those that do, load what it takes. */
  async #attachmentUrl(attachmentId: string): Promise<string> {
    const ask = (path: string) => this.fetch(path, { method: 'POST' });
    this.#links ??= import('./files/signed-links.ts').then(
      ({ SignedLinks }) => new SignedLinks(this.#session.host.clock, ask, this.#base),
    );
    return (await this.#links).get(attachmentId);
  }

  #emit(type: string, event: LogEvent | Problem): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }
}

function connectorOf({ url, connector, role, getToken, transports }: SupportClientOptions): LogConnector {
  if (role === 'agent' && !getToken)
    throw new SahayError('unauthenticated', 'An agent needs the option getToken.');
  if ((url === undefined) === (connector === undefined))
    throw new SahayError('invalid_command', 'A client needs either the option url or connector.');
  if (!connector) return sahayConnector({ url: url!, transports });
  return connector.kind === 'turn' ? lazyTurnLog(connector) : connector;
}

function currentPage(): { url?: string; title?: string } | undefined {
  const { location, document } = globalThis;
  return location?.href ? { url: location.href, title: document?.title ?? '' } : undefined;
}

/** Promises of this package reject with `SahayError`s only. */
async function ours<T>(promise: Promise<T> | undefined): Promise<T> {
  try {
    return (await promise) as T;
  } catch (error) {
    throw toSahayError(error);
  }
}
