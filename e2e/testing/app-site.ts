import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { compile } from 'svelte/compiler';

/** One page of an application. */
export interface AppPage {
  /** Its program: a module, bundled as an application would be. `server` in it is the Sahay server's address. */
  script: string;
  /** @param route what its address asks for: `/page?route=1` */
  body?: (server: string, route: string) => string;
  /** What stands in its head beside that. */
  head?: (server: string) => string;
  headers?: (server: string) => Record<string, string>;
}

/** Somebody else's application, bundled from its sources and served on an origin of its own, each page under its name. */
export class AppSite {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** @param support asked for the Sahay server's address at each request, so that that one may start later */
  static async start(pages: Record<string, AppPage>, support: () => string): Promise<AppSite> {
    const files = await bundle(pages);
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
      const name = pathname.slice(1);
      const file = files.get(name);
      const page = pages[name];
      if (file) {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(file);
      } else if (page) {
        response.writeHead(200, { 'content-type': 'text/html', ...page.headers?.(support()) });
        response.end(html(name, page, support(), searchParams.get('route') ?? '0'));
      } else response.writeHead(404).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new AppSite(server);
  }

  async dispose(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

const html = (name: string, { head, body }: AppPage, server: string, route: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="server" content="${server}"><title>Lamp shop</title>` +
  `<link rel="icon" href="data:,"><script type="module" src="/${name}.js"></script>${head?.(server) ?? ''}</head>` +
  `<body>${body?.(server, route) ?? ''}</body></html>`;

async function bundle(pages: Record<string, AppPage>): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: Object.keys(pages).map((name) => ({ in: `page:${name}`, out: name })),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: '/site',
    write: false,
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
    plugins: [pagesOf(pages), svelteFiles],
  });
  return new Map(outputFiles.map(({ path, contents }) => [path.replace(/^.*\/site\//, ''), contents]));
}

const resolveDir = fileURLToPath(new URL('.', import.meta.url));

const pagesOf = (pages: Record<string, AppPage>): Plugin => ({
  name: 'pages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^page:/ }, ({ path }) => ({ path: path.slice(5), namespace: 'page' }));
    onLoad({ filter: /.*/, namespace: 'page' }, ({ path }) => ({
      contents: `const server = document.querySelector('meta[name=server]').content;\n${pages[path]!.script}`,
      resolveDir,
    }));
  },
});

/** `import App from 'svelte:…'` compiles what follows: a component's source in a URI's encoding. */
const svelteFiles: Plugin = {
  name: 'svelte',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^svelte:/ }, ({ path }) => ({ path, namespace: 'svelte' }));
    onLoad({ filter: /.*/, namespace: 'svelte' }, ({ path }) => ({
      contents: compile(decodeURIComponent(path.slice(7)), { generate: 'client' }).js.code,
      resolveDir,
    }));
  },
};
