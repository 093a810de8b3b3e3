import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const start = fileURLToPath(new URL('../../examples/demo/start.mjs', import.meta.url));

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('The probe has no port.');
  return address.port;
}

/** What `npm start` runs, as a child process on a port and a data folder of its own. */
export class DemoServer {
  readonly url: string;
  readonly #port: number;
  readonly #data: string;
  readonly #flags: readonly string[];
  #child: ChildProcess | undefined;
  /** All that was printed, for failures. */
  output = '';
  signInUrl = '';

  private constructor(port: number, data: string, flags: readonly string[]) {
    this.#port = port;
    this.#data = data;
    this.#flags = flags;
    this.url = `http://localhost:${port}`;
  }

  static async start(...flags: string[]): Promise<DemoServer> {
    const server = new DemoServer(await freePort(), await mkdtemp(join(tmpdir(), 'sahay-e2e-')), flags);
    try {
      await server.launch();
    } catch (error) {
      await server.dispose();
      throw error;
    }
    return server;
  }

  get dataFolder(): string {
    return this.#data;
  }

  get isRunning(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** Starts the process and waits until it has printed the sign-in link. */
  async launch(): Promise<void> {
    const child = spawn(
      process.execPath,
      [start, '--port', String(this.#port), '--data', this.#data, ...this.#flags],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#child = child;
    const ready = Promise.withResolvers<void>();
    const hear = (line: string): void => {
      this.output += `${line}\n`;
      const link = /\S+#sign-in=\S+/.exec(line)?.[0];
      if (!link) return;
      this.signInUrl = link;
      ready.resolve();
    };
    createInterface({ input: child.stdout }).on('line', hear);
    createInterface({ input: child.stderr }).on('line', hear);
    // Unlike 'exit', 'close' comes after the last line was heard.
    child.on('close', (code) =>
      ready.reject(new Error(`The server stopped (${code}) before it was ready:\n${this.output}`)),
    );
    await ready.promise;
  }

  /** SIGKILL, as a power cut would; returns once the process is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || !this.isRunning) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }
}
