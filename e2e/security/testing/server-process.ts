import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { residentBytes } from './resident-bytes.ts';

const main = fileURLToPath(new URL('../../../packages/server/src/cli/main.ts', import.meta.url));

/** How a test wants its server: more options of `sahay-server`, or more environment. */
export interface ServerProcessOptions {
  flags?: readonly string[];
  env?: Record<string, string>;
  /** Another script than the command, in this folder. */
  script?: string;
}

/** `sahay-server` as a process of its own, from the sources, on a free port, with the limits it has by default. */
export class ServerProcess {
  readonly #data: string;
  readonly #options: ServerProcessOptions;
  #child: ChildProcess | undefined;
  url = '';
  signInUrl = '';
  /** All that was printed: for failures, and to look for what must not be there. */
  output = '';

  private constructor(data: string, options: ServerProcessOptions) {
    this.#data = data;
    this.#options = options;
  }

  static async start(options: ServerProcessOptions = {}): Promise<ServerProcess> {
    const server = new ServerProcess(await mkdtemp(join(tmpdir(), 'sahay-security-')), options);
    try {
      await server.#launch();
      return server;
    } catch (error) {
      await server.dispose();
      throw error;
    }
  }

  async #launch(): Promise<void> {
    const { flags = [], env = {}, script } = this.#options;
    const file = script ? fileURLToPath(new URL(script, import.meta.url)) : main;
    const child = spawn(
      process.execPath,
      [
        ...['--conditions=sahay-source', '--disable-warning=ExperimentalWarning', file],
        ...['--port', '0', '--data', this.#data, ...flags],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
    );
    this.#child = child;
    const ready = Promise.withResolvers<void>();
    const hear = (line: string): void => {
      this.output += `${line}\n`;
      this.url ||= /^Sahay is at (\S+)/.exec(line)?.[1]?.replace('localhost', '127.0.0.1') ?? '';
      const link = /\S+#sign-in=\S+/.exec(line)?.[0];
      if (!link) return;
      this.signInUrl = link;
      ready.resolve();
    };
    createInterface({ input: child.stdout }).on('line', hear);
    createInterface({ input: child.stderr }).on('line', hear);
    child.on('close', (code) =>
      ready.reject(new Error(`The server stopped (${code}) before it was ready:\n${this.output}`)),
    );
    await ready.promise;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get dataFolder(): string {
    return this.#data;
  }

  get socketUrl(): string {
    return `${this.url.replace('http', 'ws')}/v1/socket`;
  }

  /** The memory that the process holds now, in bytes. */
  residentBytes(): Promise<number> {
    return residentBytes(this.#child?.pid ?? -1);
  }

  async dispose(): Promise<void> {
    const child = this.#child;
    if (child && this.isRunning) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    await rm(this.#data, { recursive: true, force: true });
  }
}
