import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
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
    loader: { '.woff2': 'file' },
    logLevel: 'error',
  });
  const styled = (name) => existsSync(join(folder, `${name}.css`));
  const compressed = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname.endsWith('.html')) return respond(response, 'text/html', htmlOf(pathname, styled));
    const path = pathname.startsWith('/bundle/')
      ? join(bundle, normalize(pathname.slice(8)))
      : join(folder, normalize(pathname));
    const type = types[extname(path)];
    if (!type || !statSync(path, { throwIfNoEntry: false })) {
      response.writeHead(404, { 'cache-control': 'no-store' });
      return response.end();
    }
    if (!compressed.has(path)) compressed.set(path, brotliCompressSync(readFileSync(path)));
    response.writeHead(200, {
      'content-type': type,
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

const types = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };

function htmlOf(path, styled) {
  const name = path.slice(1, -'.html'.length);
  const style = styled(name) ? `<link rel="stylesheet" href="/${name}.css">` : '';
  const script = name === 'bubble' ? '/bundle/sahay.js' : `/${name}.js`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title>${style}<body><script type="module" src="${script}"></script>`;
}
