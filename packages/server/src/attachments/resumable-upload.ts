import { createHash } from 'node:crypto';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachment } from '@sahay/protocol';
import { ProblemError } from '../http/problem-error.ts';
import { acceptFile, newFileName, type ReceivedFile } from './receive-file.ts';

/** Uploads that broke off keep this ending until they go on. */
const unfinishedEnding = '.unfinished';
/** How long an upload that broke off can go on, in ms. */
const patienceMs = 24 * 3_600_000;

const pathOf = (folder: string, attachmentId: string): string =>
  join(folder, `${createHash('sha256').update(attachmentId).digest('hex').slice(0, 40)}${unfinishedEnding}`);

/** How many bytes of an announced file have arrived. */
export async function offsetOf(folder: string, { attachmentId }: Attachment): Promise<number> {
  const found = await stat(pathOf(folder, attachmentId)).catch(() => undefined);
  return found?.size ?? 0;
}

/**
 * Appends bytes to an upload at the offset where it broke off. What arrived stays when the sender goes away in the middle. Gives
 * the file once all of it is there.
 *
 * @throws ProblemError `attachment_offset` when the offset is another, `attachment_too_large`, `attachment_type_refused`
 */
export async function appendBytes(
  folder: string,
  attachment: Attachment,
  offset: number,
  body: AsyncIterable<Uint8Array>,
): Promise<{ offset: number; file?: ReceivedFile }> {
  const path = pathOf(folder, attachment.attachmentId);
  const held = await offsetOf(folder, attachment);
  if (offset !== held)
    throw new ProblemError('attachment_offset', `The upload goes on at byte ${held}. Ask with HEAD first.`);
  const end = await append(path, held, attachment, body);
  if ((await offsetOf(folder, attachment)) < end)
    throw new ProblemError(
      'attachment_offset',
      'The upload was given up, or its conversation erased, while it arrived. Begin it anew.',
    );
  if (end < attachment.size) return { offset: end };
  const fileName = newFileName();
  try {
    return {
      offset: end,
      file: await acceptFile(folder, path, attachment, join(folder, fileName), fileName),
    };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function append(
  path: string,
  held: number,
  { size }: Attachment,
  body: AsyncIterable<Uint8Array>,
): Promise<number> {
  const file = await open(path, 'a', 0o600);
  let end = held;
  let isTooLarge = false;
  try {
    for await (const chunk of body) {
      isTooLarge = end + chunk.byteLength > size;
      if (isTooLarge) break;
      await file.appendFile(chunk);
      end += chunk.byteLength;
    }
  } finally {
    await file.sync();
    await file.close();
  }
  if (!isTooLarge) return end;
  await rm(path, { force: true });
  throw new ProblemError(
    'attachment_too_large',
    `The file was announced with ${size} bytes, but more arrived. Announce its real size.`,
  );
}

/** Gives an upload up: its bytes go. */
export const giveUp = (folder: string, { attachmentId }: Attachment): Promise<void> =>
  rm(pathOf(folder, attachmentId), { force: true });

/**
 * Takes away uploads that broke off too long ago to go on, and those of which nobody knows any more what they were.
 *
 * @param announced gives the ids of all files that have not arrived yet; asked after the folder was read, so that an upload which begins meanwhile is left alone
 */
export async function sweepUnfinished(
  folder: string,
  now: number,
  announced: () => Promise<readonly string[]>,
): Promise<void> {
  const unfinished = (await readdir(folder)).filter((name) => name.endsWith(unfinishedEnding));
  if (!unfinished.length) return;
  const known = new Set((await announced()).map((attachmentId) => pathOf(folder, attachmentId)));
  for (const name of unfinished) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && (!known.has(path) || now - found.mtimeMs > patienceMs)) await rm(path, { force: true });
  }
}
