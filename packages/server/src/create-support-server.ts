import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import pino, { type Logger } from 'pino';
import { createPolicy } from './bot-runtime/create-policy.ts';
import { ConfigError, resolveConfig, type ServerConfig, type ServerConfigInput } from './config/index.ts';
import type { ServerTuning } from './context.ts';
import { createHttpApp, type HttpOptions } from './http/index.ts';
import { loadKnowledge } from './knowledge/index.ts';
import { defaultTuning, openCore } from './open-core.ts';
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

/** A server that listens. */
export interface ListeningServer {
  /** The address people reach it at, without a slash at the end. */
  url: string;
  /** Stops listening and closes the whole support server. */
  close(): Promise<void>;
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
  listen(where?: { port?: number | undefined; host?: string | undefined }): Promise<ListeningServer>;
  /**
   * A fresh one-time link with which an agent signs in to the console.
   *
   * @param publicUrl where the server is mounted; not needed when it listens by itself or its public address is configured
   */
  signInUrl(publicUrl?: string): Promise<string>;
  /** Closes all sockets, finishes what was begun and closes the database. */
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
  const { clock = Date.now, tuning, httpRates, onFatal } = options;
  const logger = options.logger ?? pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const config = await resolveConfig(options);
  const knowledge = await loadKnowledge(config.knowledge);
  for (const warning of knowledge.warnings) logger.warn({ warning }, 'An article has a problem.');
  const core = await openCore({
    config,
    policy: createPolicy(config, knowledge),
    logger,
    clock,
    tuning: { ...defaultTuning, ...tuning },
    onFatal: onFatal ?? throwUncaught,
  });
  const { context, identity, sockets } = core;
  const app = await createHttpApp(context, { identity, knowledge, rates: httpRates });
  const servers = new Set<Server>();
  let address = config.publicUrl;

  const support: SupportServer = {
    config,
    fetch: async (request) => app.fetch(request),
    handleUpgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head),
    listen: async ({ port = config.port, host = config.host } = {}) => {
      const server = createServer(getRequestListener((request, env) => app.fetch(request, env)));
      server.on('upgrade', (request, socket, head: Buffer) => sockets.handleUpgrade(request, socket, head));
      await listening(server, port, host);
      servers.add(server);
      const url = config.publicUrl ?? urlOf(server, host);
      address ??= url;
      return { url, close: () => support.close() };
    },
    signInUrl: async (publicUrl = address) => {
      if (!publicUrl)
        throw new ConfigError(
          'Where the server is mounted is not known. Pass its address to signInUrl, or configure publicUrl.',
        );
      return identity.signInUrl(publicUrl);
    },
    close: async () => {
      const stopping = [...servers].map(stop);
      await core.close();
      await Promise.all(stopping);
    },
  };
  return support;
}

function throwUncaught(error: StorageFailedError): void {
  queueMicrotask(() => {
    throw error;
  });
}

async function listening(server: Server, port: number, host: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw new ConfigError(sentenceFor(error, port, host), { cause: error });
  }
}

function sentenceFor(error: unknown, port: number, host: string): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use. Stop the program that uses it, or choose another port with --port or PORT.`;
  if (code === 'EACCES')
    return `Port ${port} may not be used by this user. Choose one of 1024 or above with --port or PORT.`;
  return `The server cannot listen on ${host}, port ${port} (${(error as Error).message}). Choose another address with --host or SAHAY_HOST.`;
}

/** People type `localhost`; on any other single address only that one works. */
function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const isLocal = ['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(host);
  return `http://${isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Requests that are being answered get two seconds to end. */
async function stop(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), 2_000);
  await ended;
  clearTimeout(timer);
}
