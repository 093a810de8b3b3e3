import { backoff } from '../connection/backoff.ts';
import type { UploadOptions } from '../conversation-handle.ts';
import { SahayError } from '../sahay-error.ts';
import type { UploadContext } from './upload.ts';

/** How often an upload is taken up again without a byte more having arrived. */
const patience = 8;

/**
 * Puts a file so that a line that breaks costs no more than what was on it: asks how far it got, and goes on there. Given up
 * by its signal, what arrived is taken back.
 *
 * @throws SahayError `cancelled`, or why the server refused, or the line's failure once patience has run out.
 */
export async function putInPieces(
  file: Blob,
  url: string,
  { signal, onProgress }: UploadOptions,
  context: Pick<UploadContext, 'fetch' | 'random' | 'pause'>,
): Promise<void> {
  let offset = 0;
  for (let failures = 0; ;) {
    const start = offset;
    let retryAfterMs: number | undefined;
    try {
      await context.fetch(url, {
        method: 'PATCH',
        body: start ? file.slice(start) : file,
        headers: { 'content-type': 'application/partial-upload', 'upload-offset': String(start) },
        ...(signal && { signal }),
        ...(onProgress && { onProgress: (sent) => onProgress(Math.min(1, (start + sent) / file.size)) }),
      });
      return;
    } catch (error) {
      if (signal?.aborted) {
        await context.fetch(url, { method: 'DELETE' }).catch(() => undefined);
        throw new SahayError('cancelled', 'The upload was cancelled.', { cause: signal.reason });
      }
      const isPassing =
        error instanceof SahayError && (error.retryable || error.code === 'attachment_offset');
      if (!isPassing || failures === patience) throw error;
      ({ retryAfterMs } = error);
    }
    await context.pause(backoff(failures++, context.random, retryAfterMs), signal);
    const reached = await whereItIs(url, context);
    if (reached === undefined) continue;
    if (reached > offset) failures = 0;
    offset = reached;
    if (offset >= file.size) return;
  }
}

/** How many bytes the server has; `undefined` while it does not answer. */
async function whereItIs(url: string, { fetch }: Pick<UploadContext, 'fetch'>): Promise<number | undefined> {
  try {
    return Number((await fetch(url, { method: 'HEAD' })).headers.get('upload-offset') ?? 0);
  } catch (error) {
    if (error instanceof SahayError && error.retryable) return undefined;
    throw error;
  }
}
