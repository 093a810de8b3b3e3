import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { isCompressible, mediaTypeOf } from './media-types.ts';

const compress = promisify(brotliCompress);

/** A file that may be served. */
export interface StaticFile {
  /** Quoted, for comparison with `If-None-Match`. */
  etag: string;
  mediaType: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** The same, squeezed with brotli, where that makes it smaller. */
  squeezed?: Uint8Array<ArrayBuffer> | undefined;
  /** Whether its name changes with its content. */
  isImmutable: boolean;
}

/** Larger files are read for each request instead of being kept. */
const largestKept = 2_000_000;
const mostKept = 300;

/** Serves the files of a folder and nothing beside it. What was read and squeezed is kept until the file changes. */
export class StaticFolder {
  readonly #root: string;
  readonly #kept = new Map<string, { stamp: string; file: StaticFile }>();

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * The file for a path of a URL, as it was sent. A folder stands for its `index.html`, once its path ends in `/`.
   *
   * @returns `redirect` for a folder without the slash, `undefined` when nothing may be served
   */
  async find(urlPath: string): Promise<StaticFile | 'redirect' | undefined> {
    const relative = safePath(urlPath);
    if (relative === undefined) return undefined;
    const path = await this.#inside(join(this.#root, relative));
    if (path === undefined) return undefined;
    const found = await stat(path);
    if (!found.isDirectory())
      return found.isFile() && !urlPath.endsWith('/')
        ? this.#read(path, found.size, found.mtimeMs)
        : undefined;
    if (!urlPath.endsWith('/'))
      return (await this.#inside(join(path, 'index.html'))) ? 'redirect' : undefined;
    const index = await this.#inside(join(path, 'index.html'));
    if (index === undefined) return undefined;
    const { size, mtimeMs } = await stat(index);
    return this.#read(index, size, mtimeMs);
  }

  /** The real path, unless it is missing or a link that leads out of the folder. */
  async #inside(path: string): Promise<string | undefined> {
    try {
      const [root, real] = await Promise.all([realpath(this.#root), realpath(path)]);
      return real === root || real.startsWith(root + sep) ? real : undefined;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP')
        return undefined;
      throw error;
    }
  }

  async #read(path: string, size: number, mtimeMs: number): Promise<StaticFile> {
    const stamp = `${size}-${mtimeMs}`;
    const kept = this.#kept.get(path);
    if (kept?.stamp === stamp) return kept.file;
    const bytes = new Uint8Array(await readFile(path));
    const mediaType = mediaTypeOf(path);
    const file: StaticFile = {
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      mediaType,
      bytes,
      isImmutable:
        /[-.][A-Za-z0-9_]{8,}\.[a-z0-9]+(\.map)?$/.test(path) &&
        /\d/.test(path.slice(path.search(/[^/\\]+$/))),
    };
    if (bytes.length > 512 && bytes.length <= largestKept && isCompressible(mediaType)) {
      // As small as it gets, once for all visitors: the first one waits some milliseconds longer.
      const squeezed = new Uint8Array(
        await compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
      );
      if (squeezed.length < bytes.length) file.squeezed = squeezed;
    }
    if (bytes.length <= largestKept) this.#keep(path, { stamp, file });
    return file;
  }

  #keep(path: string, entry: { stamp: string; file: StaticFile }): void {
    this.#kept.delete(path);
    this.#kept.set(path, entry);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }
}

/** The path below the folder, or `undefined` when it would climb out, hide, or cannot be a path. */
function safePath(urlPath: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const segments = path.split('/').filter((segment) => segment !== '');
  // Names that begin with a dot are for tools (.git, .env), never for visitors.
  return segments.some((segment) => segment.startsWith('.') || segment.includes(':'))
    ? undefined
    : join('.', ...segments);
}
