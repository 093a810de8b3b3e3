import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ClientAdapter, ClientView, ShownMessage } from './client-adapter.ts';

/**
 * A client that is a program of its own, in whatever language. It is started with the backend's address in `SAHAY_URL`; each
 * line of its input is `{"send": "text"}`; it writes `{"messages": [{"text": "…", "isOwn": true}]}` as a line whenever what
 * it shows has changed. It ends when its input does.
 */
export class CommandClient implements ClientAdapter {
  readonly #command: readonly string[];
  #child: ChildProcess | undefined;
  #view: ClientView = { messages: [] };

  /** @param command the program and its arguments */
  constructor(command: readonly string[]) {
    this.#command = command;
  }

  async start(url: string): Promise<void> {
    const [program = '', ...args] = this.#command;
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, SAHAY_URL: url },
    });
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => this.#hear(line));
    // A client that has ended hears nothing more; what it shows from then on is for the check to judge.
    child.stdin.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) =>
        reject(new Error(`The client "${program}" cannot be started. Check the command.`, { cause: error })),
      );
    });
  }

  #hear(line: string): void {
    try {
      const { messages } = JSON.parse(line) as { messages?: ShownMessage[] };
      if (Array.isArray(messages)) this.#view = { messages };
    } catch {
      // Whatever else the client prints is its own.
    }
  }

  async send(text: string): Promise<void> {
    this.#child?.stdin?.write(`${JSON.stringify({ send: text })}\n`);
  }

  view(): ClientView {
    return this.#view;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    const patience = setTimeout(() => child.kill('SIGKILL'), 1_000);
    await gone;
    clearTimeout(patience);
  }
}
