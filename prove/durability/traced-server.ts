import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSupportClient } from '@sahay/client';
import { freePort } from '../run/free-port.ts';
import type { ServedSetup } from '../run/server-process.ts';
import { startTraced } from './strace.ts';

const served = fileURLToPath(new URL('../run/served.ts', import.meta.url));
const calls = ['pwrite64', 'pwritev', 'fsync', 'fdatasync', 'write', 'writev', 'sendto', 'sendmsg'];

/** What a traced server was told and said. */
export interface TracedRun {
  trace: string;
  /** The markers of the messages whose senders heard that they are on disk. */
  acknowledged: string[];
  /** How the process ended. */
  exitCode: number | null;
}

/**
 * Runs the real server under strace and sends it messages from real clients, until all are acknowledged or it has ended.
 *
 * @param inject what strace does to a call; see `TraceOptions`
 */
export async function runTracedServer(
  folder: string,
  { visitors, messages, inject }: { visitors: number; messages: number; inject?: string },
): Promise<TracedRun> {
  const dataFolder = join(folder, 'data');
  await mkdir(dataFolder, { recursive: true });
  const trace = join(folder, 'trace');
  const port = await freePort();
  const setup: ServedSetup = {
    dataFolder,
    port,
    hostSecret: 'what-the-shop-and-this-server-share-0123456789',
    clockOffsetMs: 0,
    wantsSignIn: false,
  };
  const child = startTraced(served, [JSON.stringify(setup)], { file: trace, calls, bytes: 9_000, inject });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  await Promise.race([once(child, 'message'), ended]);
  const acknowledged: string[] = [];
  const writing = Array.from({ length: visitors }, () =>
    writeAll(`http://127.0.0.1:${port}`, messages, acknowledged, ended),
  );
  await Promise.all(writing);
  const exitCode = await stop(child, ended);
  return { trace, acknowledged, exitCode };
}

async function stop(child: ChildProcess, ended: Promise<[number | null]>): Promise<number | null> {
  if (child.connected) child.disconnect();
  const [code] = await ended;
  return code;
}

/** The text by which a row is found in a trace: its lane and its number there. The start of the conversation is number 1. */
const markerOf = (lane: string, n: number): string => `#${lane}.${n}`;

async function writeAll(
  url: string,
  messages: number,
  acknowledged: string[],
  ended: Promise<unknown>,
): Promise<void> {
  const client = createSupportClient({ url, storage: 'memory' });
  const conversation = client.conversations.create();
  const pending: Promise<unknown>[] = [];
  for (let n = 2; n < messages + 2; n++) {
    const marker = markerOf(conversation.id, n);
    const sent = await conversation.send(`${marker} Where is my order? I have waited for it since Monday.`);
    pending.push(
      sent.acknowledged.then(
        () => acknowledged.push(marker),
        () => undefined,
      ),
    );
    if (pending.length % 8 === 0) await Promise.race([Promise.all(pending), ended]);
  }
  await Promise.race([Promise.all(pending), ended]);
  await client.destroy();
}

/** The markers of what is acknowledged in the arguments of a call that sends frames to a socket. */
export function acknowledgedIn(args: string): string[] {
  const text = args.replaceAll('\\"', '"');
  return [...text.matchAll(/"type":"ack","outboxId":"[^"]+","n":(\d+),"lane":"([^"]+)"/g)]
    .filter(([, n]) => n !== '1')
    .map(([, n, lane]) => markerOf(lane!, Number(n)));
}
