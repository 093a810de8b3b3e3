import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSupportServer, type ListeningServer, type SupportServer } from '@sahay/server';

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The reference server in this process, with all it serves, which does not wait a minute before it e-mails. */
export class QuickServer {
  readonly #server: SupportServer;
  readonly #listening: ListeningServer;
  readonly #data: string;
  signInUrl: string;

  private constructor(server: SupportServer, listening: ListeningServer, data: string, signInUrl: string) {
    this.#server = server;
    this.#listening = listening;
    this.#data = data;
    this.signInUrl = signInUrl;
  }

  static async start(...allowOrigins: string[]): Promise<QuickServer> {
    const data = await mkdtemp(join(tmpdir(), 'sahay-e2e-'));
    const server = await createSupportServer({
      dataFolder: data,
      allowOrigins,
      knowledgeFolder: root('docs/help'),
      consoleFolder: root('packages/console/dist/app'),
      assetsFolder: root('packages/elements/dist/bundle'),
      tuning: { mail: { delayMs: 0, lookMs: 200 } },
    });
    const listening = await server.listen({ port: 0, host: '127.0.0.1' });
    return new QuickServer(server, listening, data, await server.signInUrl(listening.url));
  }

  get url(): string {
    return this.#listening.url;
  }

  /** A fresh sign-in link, after which the last one no longer works. */
  async invite(): Promise<void> {
    this.signInUrl = await this.#server.signInUrl(this.url);
  }

  /** The e-mails so far. */
  async mail(): Promise<string[]> {
    const folder = join(this.#data, 'mail');
    const names = await readdir(folder).catch(() => [] as string[]);
    return Promise.all(
      names.filter((name) => name.endsWith('.eml')).map((name) => readFile(join(folder, name), 'utf8')),
    );
  }

  async dispose(): Promise<void> {
    await this.#listening.close();
    await rm(this.#data, { recursive: true, force: true });
  }
}
