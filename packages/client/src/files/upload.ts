import type { Attachment, Command, CommandResult } from '@sahay/protocol';
import type { LinkRequestInit } from '../connector/log-connector.ts';
import type { UploadOptions } from '../conversation-handle.ts';
import { freshId } from '../ids.ts';
import { putInPieces } from './put-in-pieces.ts';
import { SahayError } from '../sahay-error.ts';

/** What an upload needs from those around it. */
export interface UploadContext {
  conversationId: string;
  ownerId(): string;
  /** Gives a command; resolves once it is acknowledged. */
  command(command: Command<'attachment.create' | 'attachment.complete'>): Promise<CommandResult>;
  fetch(path: string, init: LinkRequestInit): Promise<Response>;
  random(): number;
  /** Resolves in a while, or when the signal says that it is given up. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Announces a file, puts its bytes, and says that they are there. The backend checks type and size by content. */
export async function upload(
  file: Blob,
  options: UploadOptions,
  context: UploadContext,
): Promise<Attachment> {
  const { name, signal, onProgress } = options;
  const { conversationId } = context;
  const attachmentId = freshId('a');
  const mediaType = file.type || 'application/octet-stream';
  const { size } = file;
  throwIfAborted(signal);
  const { uploadUrl = `/v1/attachments/${attachmentId}/content`, resumable } = await context.command({
    type: 'attachment.create',
    conversationId,
    data: { attachmentId, name, mediaType, size },
  });
  throwIfAborted(signal);
  if (resumable) await putInPieces(file, uploadUrl, options, context);
  else
    await context.fetch(uploadUrl, {
      method: 'PUT',
      body: file,
      headers: { 'content-type': mediaType },
      ...(signal && { signal }),
      ...(onProgress && { onProgress: (sent, total) => onProgress(total ? sent / total : 0) }),
    });
  await context.command({ type: 'attachment.complete', conversationId, data: { attachmentId } });
  onProgress?.(1);
  return {
    attachmentId,
    conversationId,
    ownerId: context.ownerId(),
    name,
    mediaType,
    size,
    state: 'complete',
  };
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new SahayError('cancelled', 'The upload was cancelled.', { cause: signal.reason });
}
