import { createServer, type IncomingMessage, type Server, type ServerOptions } from 'node:http';
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import pino, { type Logger } from 'pino';
import { createBotRuntime, createConfiguredBot, createPolicy, type BotRuntime } from './bot-runtime/index.ts';
import { ConfigError, resolveConfig, type ServerConfig, type ServerConfigInput } from './config/index.ts';
import type { ServerTuning } from './context.ts';
import { createHttpApp, type HttpOptions } from './http/index.ts';
import { strictRequests } from './http/strict-requests.ts';
import { loadKnowledge } from './knowledge/index.ts';
import { listenOnPort, stopListening, urlOf } from './listen-on-port.ts';
import { defaultTuning, openCore, type Core } from './open-core.ts';
import { startRetention } from './retention/start-retention.ts';
import type { StorageFailedError } from './storage/storage-failed-error.ts';

/** How a support server is set up. Everything has a default. */
export interface SupportServerOptions extends ServerConfigInput {
  /** Where the server writes what happens; default: JSON lines on stderr, warnings and worse. */
  logger?: Logger | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: (() => number) | undefined;
  tuning?: Partial<ServerTuning> | undefined;
  /** How often what may be asked over HTTP. */
  httpRates?: HttpOptions['rates'];
  /**
   * Called when storage has failed. Nothing is acknowledged from then on: end the process and start it again. Without
   * it the error is thrown where nobody catches it, which ends the process.
   */
  onFatal?: ((error: StorageFailedError) => void) | undefined;
}

/** Where to listen; what is not said comes from the configuration. */
export interface ListenOptions {
  /** 0 takes any free port. */
  port?: number | undefined;
  host?: string | undefined;
}

/** A server that listens. */
export interface ListeningServer {
  /** The address people reach it at, without a slash at the end. */
  url: string;
  /** Stops listening and closes the whole support server. */
  close: () => Promise<void>;
}

/** A support server, to mount in a Node server of one's own or to listen by itself. */
export interface SupportServer {
  /** The configuration after checking. */
  readonly config: ServerConfig;
  /** Answers a request of the HTTP interface. */
  fetch(request: Request): Promise<Response>;
  /** Takes an upgrade request of a Node HTTP server (`server.on('upgrade', …)`). */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * Listens on a port of its own.
   *
   * @throws ConfigError when the port is taken or may not be used
   */
  listen(where?: ListenOptions): Promise<ListeningServer>;
  /**
   * A fresh one-time link with which an agent signs in to the console.
   *
   * @param publicUrl where the server is mounted; not needed when it listens by itself or its public address is configured
   */
  signInUrl(publicUrl?: string): Promise<string>;
  /**
   * Writes a consistent copy of the database to a path where nothing is yet, while the server goes on. Files that visitors
   * sent are not in it: copy the `uploads` folder afterwards.
   *
   * @throws ConfigError when there is something at the path already, or it cannot be written
   */
  backup(path: string): Promise<void>;
  /** Ends all connections, finishes what was begun and closes the database. */
  close(): Promise<void>;
}

/**
 * Opens a support server: its database, its knowledge base, its bot.
 *
 * @throws ConfigError with a sentence that says what to change
 * @example
 * const support = await createSupportServer({ dataFolder: './data', knowledgeFolder: './articles' });
 * const { url } = await support.listen({ port: 4000 });
 */
export async function createSupportServer(options: SupportServerOptions = {}): Promise<SupportServer> {
  const { clock = Date.now, tuning, httpRates, onFatal = throwUncaught } = options;
  const logger = options.logger ?? pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const config = await resolveConfig(options);
  const knowledge = await loadKnowledge(config.knowledge);
  for (const warning of knowledge.warnings) logger.warn({ warning }, 'An article has a problem.');
  const policy = createPolicy(config, knowledge);
  const core = await openCore({
    config,
    policy,
    logger,
    clock,
    tuning: { ...defaultTuning, ...tuning },
    onFatal,
  });
  try {
    const { context, identity, peers } = core;
    const app = await createHttpApp(context, { identity, knowledge, peers, rates: httpRates });
    const bot = createBotRuntime(context, { bot: createConfiguredBot(config, knowledge), knowledge });
    await bot.start();
    const { logDays } = config;
    const stopRetention = logDays && startRetention({ store: context.store, days: logDays, clock, logger });
    return new MountableServer(core, app, bot, stopRetention || (() => undefined));
  } catch (error) {
    await core.close();
    throw error;
  }
}

function throwUncaught(error: StorageFailedError): void {
  queueMicrotask(() => {
    throw error;
  });
}

/**
 * How long a peer may take for what it sends, in ms: a head comes at once, a file over a bad line takes minutes. An upgrade
 * to anything but a WebSocket is served as the plain request that it also is.
 */
const patience: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 300_000,
  connectionsCheckingInterval: 5_000,
  shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
};

class MountableServer implements SupportServer {
  readonly #core: Core;
  readonly #app: Awaited<ReturnType<typeof createHttpApp>>;
  readonly #bot: BotRuntime;
  readonly #stopRetention: () => void;
  readonly #servers = new Set<Server>();
  #address: string | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    core: Core,
    app: Awaited<ReturnType<typeof createHttpApp>>,
    bot: BotRuntime,
    stopRetention: () => void,
  ) {
    this.#core = core;
    this.#app = app;
    this.#bot = bot;
    this.#stopRetention = stopRetention;
    this.#address = this.config.publicUrl;
  }

  get config(): ServerConfig {
    return this.#core.context.config;
  }

  async fetch(request: Request): Promise<Response> {
    return this.#app.fetch(request);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#core.sockets.handleUpgrade(request, socket, head);
  }

  async listen({
    port = this.config.port,
    host = this.config.host,
  }: ListenOptions = {}): Promise<ListeningServer> {
    const answer = getRequestListener((request, env) => this.#app.fetch(request, env));
    const serve = strictRequests((request, response) => void answer(request, response));
    const server = createServer(patience, serve);
    server.on('upgrade', (request, socket, head: Buffer) => this.handleUpgrade(request, socket, head));
    await listenOnPort(server, port, host);
    this.#servers.add(server);
    const url = this.config.publicUrl ?? urlOf(server, host);
    this.#address ??= url;
    return { url, close: async () => this.close() };
  }

  async signInUrl(publicUrl = this.#address): Promise<string> {
    if (!publicUrl)
      throw new ConfigError(
        'Where the server is mounted is not known. Pass its address to signInUrl, or configure publicUrl.',
      );
    return this.#core.identity.signInUrl(publicUrl);
  }

  backup(path: string): Promise<void> {
    return this.#core.context.store.backup(resolve(path));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#stopRetention();
    const stopping = [...this.#servers].map(stopListening);
    await this.#bot.stop();
    await this.#core.close();
    await Promise.all(stopping);
  }
}
