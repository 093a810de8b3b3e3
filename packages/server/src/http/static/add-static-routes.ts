import type { Hono } from 'hono';
import type { HttpContext, HttpEnv, HttpParts } from '../http-env.ts';
import { StaticFolder, type StaticFile } from './static-folder.ts';

/** The policy that the elements, the console and the site work under; the demo sends it to prove that they do. */
export const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
  "require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'";

/** How a folder is served. */
interface Serving {
  /** A path that is cut off before the file is looked up. */
  prefix?: string;
  /** Whether every site may load the files, as scripts of its own. */
  isShared?: boolean;
  /** Whether pages may be framed by others. */
  isFramable?: boolean;
}

/** What every site may load. */
const shared = [
  ...['/sahay.js', '/sahay.js.map', '/loader.js', '/loader.js.map', '/integrity.json'],
  ...['/chunks/*', '/shims/*', '/served/*'],
];

/** The console under `/console/`, the script and its chunks for every site, and the site itself for the rest. */
export function addStaticRoutes(app: Hono<HttpEnv>, { ctx }: Pick<HttpParts, 'ctx'>): void {
  const { assetsFolder, consoleFolder, siteFolder } = ctx.config;
  if (assetsFolder) {
    const assets = serve(new StaticFolder(assetsFolder), { isShared: true });
    for (const path of shared) app.get(path, assets);
  }
  if (consoleFolder) {
    const prefix = '/console';
    app.get(prefix, (c) => c.redirect(`${prefix}/`, 308));
    app.get(`${prefix}/*`, serve(new StaticFolder(consoleFolder), { prefix }));
  }
  if (siteFolder) app.get('*', serve(new StaticFolder(siteFolder), { isFramable: true }));
}

function serve(folder: StaticFolder, serving: Serving) {
  return async (c: HttpContext, next: () => Promise<void>): Promise<Response | void> => {
    // Percent-encoding is undone by the folder, once: "%252e" must not become a dot.
    const path = new URL(c.req.url).pathname.slice(serving.prefix?.length ?? 0);
    const file = await folder.find(path);
    if (file === undefined) return next();
    // Two slashes at the beginning would be another site's address.
    if (file === 'redirect') return c.redirect(`${c.req.path.replace(/^\/+/, '/')}/`, 308);
    return answer(c, file, serving);
  };
}

function answer(c: HttpContext, file: StaticFile, { isShared, isFramable }: Serving): Response {
  const { etag, mediaType, bytes, squeezed, isImmutable } = file;
  c.header('ETag', etag);
  c.header('Vary', 'Accept-Encoding');
  c.header(
    'Cache-Control',
    isImmutable ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate',
  );
  if (isShared) {
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  }
  if (mediaType.startsWith('text/html'))
    c.header(
      'Content-Security-Policy',
      isFramable ? contentSecurityPolicy : `${contentSecurityPolicy}; frame-ancestors 'none'`,
    );
  if (
    c.req
      .header('if-none-match')
      // A pattern with spaces on both sides would take a long header apart in quadratic time.
      ?.split(',')
      .some((tag) => tag.trim().replace(/^W\//, '') === etag)
  )
    return c.body(null, 304);
  c.header('Content-Type', mediaType);
  const acceptsBrotli = /(^|,)\s*br\s*(;\s*q=(?!0(\.0*)?\s*(,|$)))?[^,;]*(,|$)/.test(
    c.req.header('accept-encoding') ?? '',
  );
  const sent = squeezed && acceptsBrotli ? squeezed : bytes;
  if (sent === squeezed) c.header('Content-Encoding', 'br');
  c.header('Content-Length', String(sent.length));
  return c.req.method === 'HEAD' ? c.body(null) : c.body(sent);
}
