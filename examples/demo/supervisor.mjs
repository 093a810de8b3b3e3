import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const preload = new URL('./end-with-parent.mjs', import.meta.url).href;

/**
 * Runs the server as a child process and starts it again when it was killed. What ends by itself (a bad option, a full disk, a polite
 * stop) stays ended: its sentence and its exit code are for whoever started it.
 */
export class Supervisor {
  /** The server's address, once it has said it. */
  url;
  /** How often it was started again. */
  restarts = 0;
  #args;
  #child;
  #ready = Promise.withResolvers();

  /** @param {string} main the server's program @param {string[]} args what it is given */
  constructor(main, args) {
    this.#args = ['--import', preload, ...process.execArgv, main, ...args];
  }

  /** Resolves once the server that runs now listens. */
  get ready() {
    return this.#ready.promise;
  }

  /** Runs until the server ends by itself; resolves with its exit code. */
  async run() {
    const forward = (signal) => this.#child?.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, forward);
    for (;;) {
      const { code, wasReady } = await this.#runOnce();
      // Only a server that ran is started again, so that nothing goes round in circles.
      if (code !== null || !wasReady) return code ?? 1;
      this.restarts++;
      this.#ready = Promise.withResolvers();
      process.stderr.write('The server was killed. It is started again.\n');
    }
  }

  /** SIGKILL, as when the power fails; the server is started again. One that is only starting is waited for: what dies then stays dead. */
  async kill() {
    await this.ready;
    this.#child.kill('SIGKILL');
  }

  async #runOnce() {
    // A process group of its own: Ctrl-C reaches the server once, from here.
    const child = spawn(process.execPath, this.#arguments, {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      detached: true,
    });
    this.#child = child;
    let wasReady = false;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /^Sahay is at (\S+)$/.exec(line)?.[1];
      if (url) {
        wasReady = true;
        this.#ready.resolve();
      }
      // Where it is has been said; the sign-in link is a new one each time.
      if (!url || this.restarts === 0) console.log(line);
      this.url ??= url;
    });
    const [code] = await once(child, 'close');
    return { code, wasReady };
  }

  /** Whoever was given any free port keeps it. */
  get #arguments() {
    const port = this.url && new URL(this.url).port;
    return this.restarts > 0 && port && !process.env.SAHAY_PUBLIC_URL
      ? [...this.#args, '--port', port]
      : this.#args;
  }
}
