import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from './config/index.ts';

/**
 * Listens on a port.
 *
 * @throws ConfigError when the port is taken or may not be used
 */
export async function listenOnPort(server: Server, port: number, host: string): Promise<void> {
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

/** The address of a listening server. People type `localhost`; on any other single address only that one works. */
export function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const isLocal = ['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(host);
  return `http://${isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Stops listening. Requests that are being answered get two seconds to end. */
export async function stopListening(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), 2_000);
  await ended;
  clearTimeout(timer);
}
