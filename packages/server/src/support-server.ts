import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { ServerConfig, ServerConfigInput } from './config/index.ts';
import type { ServerTuning } from './context.ts';
import type { HttpOptions } from './http/index.ts';
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
