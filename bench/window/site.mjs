import { createServer } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const bundle = join(here, '../../packages/elements/dist/bundle');
const pages = ['vanilla', 'lit', 'sahay'];

/** The pages that are measured, on a port of this machine; scripts are minified, compressed and may be cached, as they would be. */
export async function startSite(more = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sahay-bench-'));
  await build({
    entryPoints: {
      ...Object.fromEntries(pages.map((name) => [name, join(here, 'pages', `${name}.js`)])),
      ...more,
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    conditions: ['browser', 'production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const compressed = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname.endsWith('.html')) return respond(response, 'text/html', htmlOf(pathname));
    const path = pathname.startsWith('/bundle/')
      ? join(bundle, normalize(pathname.slice(8)))
      : join(folder, normalize(pathname));
    if (extname(path) !== '.js' || !statSync(path, { throwIfNoEntry: false })) {
      response.writeHead(404, { 'cache-control': 'no-store' });
      return response.end();
    }
    if (!compressed.has(path)) compressed.set(path, brotliCompressSync(readFileSync(path)));
    response.writeHead(200, {
      'content-type': 'text/javascript',
      'content-encoding': 'br',
      'cache-control': 'public, max-age=3600',
    });
    response.end(compressed.get(path));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function respond(response, type, body) {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

const htmlOf = (path) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title><body>${
    path === '/bubble.html'
      ? '<script type="module" src="/bundle/sahay.js"></script>'
      : `<script type="module" src="${path.replace('.html', '.js')}"></script>`
  }`;
