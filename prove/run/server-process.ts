import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiled, execArgv } from './compile-cache.ts';
import type { FaultName } from '../faults/fault-names.ts';

const served = fileURLToPath(new URL('./served.ts', import.meta.url));

/** What the server process is started with. */
export interface ServedSetup {
  dataFolder: string;
  port: number;
  hostSecret: string;
  clockOffsetMs: number;
  wantsSignIn: boolean;
  fault?: FaultName | undefined;
}

export type ToServed = { kind: 'clock'; clockOffsetMs: number };
export type FromServed = { kind: 'ready'; signInUrl: string | undefined };

/** The server under test, as its supervisor holds it: always on the same port and the same data. */
export class ServerProcess {
  readonly #setup: Omit<ServedSetup, 'wantsSignIn' | 'clockOffsetMs'>;
  #child: ChildProcess | undefined;
  #clockOffsetMs = 0;
  #deaths = 0;
  /** How often it ended without having been asked to. */
  crashes = 0;

  constructor(setup: Omit<ServedSetup, 'wantsSignIn' | 'clockOffsetMs'>) {
    this.#setup = setup;
  }

  /** Where its log goes. */
  get logFile(): string {
    return join(this.#setup.dataFolder, 'server.log');
  }

  get kills(): number {
    return this.#deaths;
  }

  /** Starts it; resolves when it listens. */
  async start(wantsSignIn = false): Promise<{ signInUrl: string | undefined }> {
    const log = openSync(this.logFile, 'a');
    const setup: ServedSetup = { ...this.#setup, wantsSignIn, clockOffsetMs: this.#clockOffsetMs };
    const child = fork(served, [JSON.stringify(setup)], {
      execArgv,
      stdio: ['ignore', log, log, 'ipc'],
      env: compiled,
    });
    this.#child = child;
    child.once('exit', (_code, signal) => {
      if (this.#child === child && signal !== 'SIGKILL') this.crashes++;
      this.#child = this.#child === child ? undefined : this.#child;
    });
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`The server ended before it listened (${code ?? signal}). Look into ${this.logFile}.`);
    });
    const [ready] = (await Promise.race([once(child, 'message'), ended])) as [FromServed];
    ended.catch(() => undefined);
    return ready;
  }

  /** As a power cut would end it; resolves when the process is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = undefined;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    this.#deaths++;
  }

  /** Stops it where it stands, and lets it go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(name);
  }

  setClock(offsetMs: number): void {
    this.#clockOffsetMs = offsetMs;
    this.#child?.send({ kind: 'clock', clockOffsetMs: offsetMs } satisfies ToServed);
  }
}
