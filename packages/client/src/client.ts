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
import type { LogConnector } from './connector/log-connector.ts';
import { conversationHandle } from './conversation/conversation.ts';
import type { ConversationHandle } from './conversation-handle.ts';
import type * as Deeds from './deeds.ts';
import { hostEnvironment } from './environment.ts';
import { freshId } from './ids.ts';
import { lazily } from './lazily.ts';
import { ours, SahayError } from './sahay-error.ts';
import { sahayConnector } from './sahay-connector/sahay-connector.ts';
import { Session } from './session/session.ts';
import { defaultStorage } from './storage/default-storage.ts';
import type { ClientEventMap, Conversations, SupportClient, SupportClientOptions } from './support-client.ts';

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
  return new Client(options) as unknown as SupportClient;
}

/** What most visitors never do: all of `deeds.ts`. */
const rare = 'fetch identify maySound remember inspect exportData eraseData continueFrom';
type RareDeeds = Pick<SupportClient, keyof typeof Deeds>;
type AnyListener = (event: LogEvent | Problem) => void;

class Client implements Omit<SupportClient, keyof RareDeeds> {
  readonly conversations: Conversations = {
    create: () => this.#handle(freshId('conv'), 'public', true),
    open: (id, { audience = 'public' } = {}) => this.#handle(id, audience),
    current: () => {
      const id = this.#session.currentId();
      return id === undefined ? undefined : this.#handle(id, 'public');
    },
  };
  declare readonly ready: SupportClient['ready'];
  declare readonly connection: SupportClient['connection'];
  declare readonly user: SupportClient['user'];
  declare readonly inbox: SupportClient['inbox'];
  readonly #session: Session;
  readonly #handles = new WeakMap<object, ConversationHandle>();
  readonly #listeners = new Map<string, Set<AnyListener>>();

  constructor(options: SupportClientOptions) {
    const connector = connectorOf(options);
    const { url = '', role = 'visitor', getToken, environment = hostEnvironment } = options;
    const namespace = `sahay:${options.namespace ?? (url || connector.name)}:${role}`;
    this.#session = new Session(
      connector,
      {
        base: url,
        clock: options.clock ?? systemClock,
        role,
        getToken,
        namespace,
        environment,
        fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
        random: options.random ?? Math.random,
        webSocket: options.webSocket ?? globalThis.WebSocket,
        storage: defaultStorage(options.storage, namespace),
        locale: options.locale ?? globalThis.navigator?.language ?? 'en',
      },
      (type, event) => this.#listeners.get(type)?.forEach((listener) => listener(event)),
    );
    const session = this.#session;
    this.ready = session.ready;
    this.connection = session.connection;
    this.inbox = session.inbox;
    this.user = session.user.view;
    Object.assign(
      this,
      lazily(rare, ({ deeds }) => deeds, { session, client: this }),
    );
  }

  get capabilities(): ReturnType<LogConnector['capabilities']> {
    return this.#session.connector.capabilities();
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
    const command = { type, data, conversationId } as Command;
    return ours(this.#session.put(command).then(({ result }) => result));
  }

  on<T extends keyof ClientEventMap>(type: T, listener: (event: ClientEventMap[T]) => void): () => void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener as AnyListener));
    return () => listeners.delete(listener as AnyListener);
  }

  connect(): Promise<void> {
    return ours(this.#session.connect());
  }

  logout({ pending }: { pending: 'flush' | 'discard' }): Promise<void> {
    return ours(this.#session.logout(pending === 'flush'));
  }

  destroy(): Promise<void> {
    return ours(this.#session.destroy());
  }

  #handle(id: string, audience: 'public' | 'staff', fresh = false): ConversationHandle {
    const session = this.#session;
    const model = session.model(id, audience);
    let handle = this.#handles.get(model);
    if (!handle) {
      handle = conversationHandle(id, model, session);
      this.#handles.set(model, handle);
      if (!fresh) session.mirror(id);
    }
    return handle;
  }
}

function connectorOf({ url, connector, role, getToken, transports }: SupportClientOptions): LogConnector {
  if (role === 'agent' && !getToken) throw new SahayError('unauthenticated', 'An agent needs getToken.');
  if ((url === undefined) === (connector === undefined))
    throw new SahayError('invalid_command', 'A client needs either url or connector.');
  return connector ?? sahayConnector({ url: url!, transports });
}
