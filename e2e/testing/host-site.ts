import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** How somebody else's site is. */
interface HostOptions {
  title?: string;
  lang?: string;
  policy?: (path: string) => string | undefined;
}

/** Somebody else's site, on an origin of its own, with the script tag on it. */
export class HostSite {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /**
   * @param body called for each request with its path, so that it can name a server that starts later
   * @param policy the `Content-Security-Policy` of a path's page
   */
  static async start(
    body: (path: string) => string,
    { title = 'Lamp shop', lang = 'en', policy }: HostOptions = {},
  ): Promise<HostSite> {
    const server = createServer(({ url = '/' }, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      const held = policy?.(url);
      if (held) response.setHeader('content-security-policy', held);
      response.end(
        `<!doctype html><html${lang && ` lang="${lang}"`}><head><title>${escaped(title)}</title></head><body><h1>Lamps</h1>${body(url)}</body></html>`,
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new HostSite(server);
  }

  async dispose(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
