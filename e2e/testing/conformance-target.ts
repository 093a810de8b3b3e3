import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  connectDriver,
  driverAbilities,
  type Driver,
  type DriverAbility,
  type Target,
} from '@sahay/conformance';
import { restore } from '../../packages/server/src/cli/data-commands.ts';
import { freePort } from './demo-server.ts';
import { acceptHostTokens } from './host-token.ts';

/** Dozens of starts of the same code. */
const compiled = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));
const program = fileURLToPath(new URL('./conformance-server.ts', import.meta.url));

/** The reference server as a child process on data of its own, and a driver that can also kill it. */
export class ConformanceTarget {
  readonly url: string;
  readonly #port: number;
  readonly #data: string;
  #child: ChildProcess | undefined;
  #within: Driver = {};
  #clockOffset = 0;
  #consent: string | undefined;
  #webhooks = '[]';
  output = '';

  private constructor(port: number, data: string) {
    this.#port = port;
    this.#data = data;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<ConformanceTarget> {
    acceptHostTokens();
    const target = new ConformanceTarget(
      await freePort(),
      await mkdtemp(join(tmpdir(), 'sahay-conformance-')),
    );
    await target.#launch();
    return target;
  }

  async #launch(): Promise<void> {
    const args = [
      '--port',
      String(this.#port),
      '--data',
      this.#data,
      '--clock-offset',
      String(this.#clockOffset),
    ];
    args.push('--webhooks', this.#webhooks);
    if (this.#consent !== undefined) args.push('--consent', this.#consent);
    const child = spawn(
      process.execPath,
      ['--conditions=sahay-source', '--disable-warning=ExperimentalWarning', program, ...args],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: compiled } },
    );
    this.#child = child;
    const ready = Promise.withResolvers<string>();
    const hear = (line: string): void => {
      this.output += `${line}\n`;
      if (line.startsWith('driver ')) ready.resolve(line.slice('driver '.length));
    };
    createInterface({ input: child.stdout }).on('line', hear);
    createInterface({ input: child.stderr }).on('line', hear);
    child.on('close', (code) => ready.reject(new Error(`The server stopped (${code}):\n${this.output}`)));
    this.#within = await connectDriver(await ready.promise);
  }

  async #kill(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** For the kit: where the server is, and everything that can be done to it. */
  get target(): Target {
    return { url: this.url, driver: this.#driver() };
  }

  #driver(): Driver {
    // The process behind it changes with every crash.
    const within = (ability: DriverAbility) => (args: never) =>
      (this.#within[ability] as (args: never) => Promise<unknown>)(args);
    const abilities = driverAbilities.filter((ability) => this.#within[ability] !== undefined);
    const crash = async (): Promise<void> => {
      await this.#kill('SIGKILL');
      await this.#launch();
    };
    return {
      ...(Object.fromEntries(abilities.map((ability) => [ability, within(ability)])) as Driver),
      advanceClock: async ({ ms }) => {
        this.#clockOffset += ms;
        await this.#within.advanceClock?.({ ms });
      },
      crash,
      // What needs consent is set when the server starts.
      requireConsent: async ({ purpose }) => {
        this.#consent = purpose;
        await crash();
      },
      sendWebhooks: async ({ url, secrets }) => {
        this.#webhooks = JSON.stringify(url === undefined ? [] : [{ url, secrets, allowPrivate: true }]);
        await crash();
      },
      // What produces an answer lives in the server's process.
      botDie: crash,
      restoreBackup: async ({ backup }) => {
        await this.#kill('SIGKILL');
        restore({ file: backup, dataFolder: this.#data });
        await this.#launch();
      },
    };
  }

  async dispose(): Promise<void> {
    await this.#kill('SIGKILL');
    await rm(this.#data, { recursive: true, force: true });
  }
}
