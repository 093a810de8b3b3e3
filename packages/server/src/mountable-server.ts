import { createServer, type IncomingMessage, type Server, type ServerOptions } from 'node:http';
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { BotRuntime } from './bot-runtime/index.ts';
import { ConfigError, type ServerConfig } from './config/index.ts';
import type { createHttpApp } from './http/index.ts';
import { strictRequests } from './http/strict-requests.ts';
import { listenOnPort, stopListening, urlOf } from './listen-on-port.ts';
import type { MailSender } from './mail/mail-sender.ts';
import { startMail } from './mail/start-mail.ts';
import type { Core } from './open-core.ts';
import type { ListeningServer, ListenOptions, SupportServer } from './support-server.ts';

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

/** A server whose parts are all open. */
export class MountableServer implements SupportServer {
  readonly #core: Core;
  readonly #app: Awaited<ReturnType<typeof createHttpApp>>;
  readonly #bot: BotRuntime;
  readonly #stopRetention: () => void;
  readonly #mail: MailSender;
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
    this.#mail = startMail(core.context, () => this.#address);
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
    await this.#mail.stop();
    const stopping = [...this.#servers].map(stopListening);
    await this.#bot.stop();
    await this.#core.close();
    await Promise.all(stopping);
  }
}
