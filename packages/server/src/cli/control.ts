import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ConfigError } from '../config/index.ts';

/** Longer addresses of sockets do not fit where the system keeps them. */
const longestAddress = 100;

type Answer = { done: true } | { error: string };

/** The socket in the data folder by which a command line speaks with the running server; whoever may open it owns the data. */
function addressIn(dataFolder: string): string | undefined {
  const path = join(dataFolder, 'control.sock');
  const shortest = [path, relative(process.cwd(), path)].sort((a, b) => a.length - b.length)[0];
  return process.platform !== 'win32' && shortest && shortest.length <= longestAddress ? shortest : undefined;
}

/**
 * Lets `sahay-server backup` ask this process for a copy, since nobody else can open its database. Returns the stop.
 * Where the system has no such sockets, or the folder's path is too long for one, a backup needs the server stopped.
 */
export async function openControl(
  dataFolder: string,
  backup: (path: string) => Promise<void>,
): Promise<() => void> {
  const address = addressIn(dataFolder);
  if (address === undefined) return () => undefined;
  // One left by a process that was killed; the lock on the database says that there is no other.
  rmSync(address, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => void serve(socket, backup));
  server.unref();
  await listening(server, address);
  return () => server.close();
}

function listening(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path: address }, resolve);
  });
}

async function serve(socket: Socket, backup: (path: string) => Promise<void>): Promise<void> {
  socket.on('error', () => socket.destroy());
  const answer = (value: Answer): void => void socket.end(`${JSON.stringify(value)}\n`);
  try {
    const { path } = JSON.parse(await textOf(socket)) as { path?: unknown };
    if (typeof path !== 'string') return answer({ error: 'The request names no path.' });
    await backup(path);
    answer({ done: true });
  } catch (error) {
    answer({ error: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * Asks the server that runs on a data folder for a backup. Answers `false` when none runs.
 *
 * @throws ConfigError with the reason when the server could not write it
 */
export async function askForBackup(dataFolder: string, path: string): Promise<boolean> {
  const address = addressIn(dataFolder);
  if (address === undefined) return false;
  const socket = createConnection(address);
  try {
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  } catch {
    return false;
  }
  socket.end(JSON.stringify({ path }));
  const answer = JSON.parse(await textOf(socket)) as Answer;
  if ('error' in answer) throw new ConfigError(answer.error);
  return true;
}

async function textOf(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}
