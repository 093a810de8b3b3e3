import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachment } from '@sahay/protocol';
import { ProblemError } from '../http/problem-error.ts';
import { checkContent } from './check-content.ts';
import type { ImageSize } from './image-size.ts';

/** A file that lies on disk whole, flushed, and is what it was announced as. */
export interface ReceivedFile {
  /** Its name in the uploads folder: random, without any part of the sender's. */
  fileName: string;
  size?: ImageSize | undefined;
}

/** Files that arrive get this ending until they are accepted; what a crash leaves behind is swept by it. */
export const partialEnding = '.part';

/**
 * Writes a body to the uploads folder, counting as it comes, and accepts it when its size and content are as announced.
 * Whatever goes wrong, nothing is left behind.
 *
 * @throws ProblemError `attachment_too_large`, `attachment_incomplete` or `attachment_type_refused`
 */
export async function receiveFile(
  uploadsFolder: string,
  attachment: Attachment,
  body: AsyncIterable<Uint8Array>,
): Promise<ReceivedFile> {
  const fileName = newFileName();
  const path = join(uploadsFolder, fileName);
  const partial = `${path}${partialEnding}`;
  try {
    await writeExactly(partial, attachment, body);
    return await acceptFile(uploadsFolder, partial, attachment, path, fileName);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** A fresh name for a file: random, without any part of the sender's. */
export const newFileName = (): string => randomBytes(20).toString('hex');

/**
 * Takes a file whose bytes are all there for what it was announced as, or refuses it.
 *
 * @throws ProblemError `attachment_type_refused`
 */
export async function acceptFile(
  uploadsFolder: string,
  partial: string,
  attachment: Attachment,
  path: string,
  fileName: string,
): Promise<ReceivedFile> {
  const verdict = await checkContent(partial, attachment.mediaType);
  if (!verdict.accepted) throw new ProblemError('attachment_type_refused', verdict.reason);
  await rename(partial, path);
  await syncFolder(uploadsFolder);
  return { fileName, size: verdict.size };
}

async function writeExactly(
  path: string,
  { size }: Attachment,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  let received = 0;
  try {
    for await (const chunk of body) {
      received += chunk.byteLength;
      if (received > size)
        throw new ProblemError(
          'attachment_too_large',
          `The file was announced with ${size} bytes, but more arrived. Announce its real size.`,
        );
      await file.writeFile(chunk);
    }
    if (received < size)
      throw new ProblemError(
        'attachment_incomplete',
        `Of ${size} announced bytes ${received} arrived. Send the whole file again.`,
      );
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is on disk only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
