import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { compiled, execArgv } from '../run/compile-cache.ts';
import { readLine, TraceReader, type Call } from './trace.ts';

/** How to run a program under strace. */
export interface TraceOptions {
  /** Where the trace is written. */
  file: string;
  /** Which system calls to watch. */
  calls: readonly string[];
  /** How much of what is written is recorded, in bytes. */
  bytes: number;
  /** What to do to which call, in strace's own words, such as `fsync:error=EIO:when=3`. */
  inject?: string | undefined;
}

/** Whether strace works here; installs Debian's package when it is missing and this is root. */
export function findStrace(): string | undefined {
  if (works()) return undefined;
  if (process.platform !== 'linux') return 'strace needs Linux';
  if (process.getuid?.() !== 0)
    return 'strace is missing, and only root may install it (apt-get install strace)';
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'strace'], { stdio: 'ignore' });
  return works() ? undefined : 'strace could not be installed, or may not trace here (ptrace is forbidden)';
}

/** Some places have it and forbid it to trace. */
function works(): boolean {
  return spawnSync('strace', ['-f', '-e', 'trace=fsync', '-o', '/dev/null', 'true']).status === 0;
}

/** Starts a program of Node under strace. Its standard output is a pipe, and it has a channel. */
export function startTraced(program: string, args: readonly string[], options: TraceOptions): ChildProcess {
  const { file, calls, bytes, inject } = options;
  return spawn(
    'strace',
    [
      // Only the calls that are watched stop the program. Under it strace 6.1 injects no signals.
      ...(inject ? [] : ['--seccomp-bpf']),
      ...['-f', '-y', '-s', String(bytes), '-e', `trace=${calls.join(',')}`],
      ...(inject ? ['-e', `inject=${inject}`] : []),
      ...['-o', file, process.execPath],
      ...[...execArgv, program, ...args],
    ],
    { env: compiled, stdio: ['ignore', 'pipe', 'ignore', 'ipc'] },
  );
}

/** The calls of a trace, in the order in which they began. */
export async function readTrace(file: string): Promise<Call[]> {
  const reader = new TraceReader();
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const line = readLine(text);
    if (line) reader.take(line);
  }
  return reader.calls;
}
