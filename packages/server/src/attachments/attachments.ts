import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  conversationStream,
  makeProblem,
  type Attachment,
  type Command,
  type Problem,
} from '@sahay/protocol';
import type { Actor, NewEvent } from '@sahay/protocol/core';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../http/problem-error.ts';
import { partialEnding, receiveFile, type ReceivedFile } from './receive-file.ts';
import { appendBytes, giveUp, offsetOf, sweepUnfinished } from './resumable-upload.ts';
import { limitUploads } from './limit-uploads.ts';
import { LinkSigner } from './signed-link.ts';

/** A stored file on its way out. */
export interface OpenedFile {
  attachment: Attachment;
  bytes: number;
  stream: () => ReadableStream<Uint8Array>;
}

/** How often, at most, what broke off is swept while others upload, in ms. */
const sweepEveryMs = 3_600_000;

/** What {@link Attachments} needs of the server. */
export type AttachmentParts = Pick<
  ServerContext,
  'config' | 'store' | 'commands' | 'clock' | 'secrets' | 'logger' | 'tuning'
>;

/** Files of conversations: received, checked, stored and shown through links that last minutes. */
export class Attachments {
  readonly #parts: AttachmentParts;
  readonly #signer: LinkSigner;
  /** Attachments whose bytes are arriving now: a second upload of the same has to wait. */
  readonly #arriving = new Set<string>();
  /** When what broke off was swept last, in ms since 1970. */
  #sweptAt = 0;

  private constructor(parts: AttachmentParts) {
    this.#parts = parts;
    this.#signer = new LinkSigner(parts.secrets.links, parts.clock);
  }

  /** Sweeps what a crash left behind, and lets `attachment.complete` through only for stored files. */
  static async open(parts: AttachmentParts): Promise<Attachments> {
    for (const name of await readdir(parts.config.uploadsFolder))
      if (name.endsWith(partialEnding)) await rm(join(parts.config.uploadsFolder, name), { force: true });
    const attachments = new Attachments(parts);
    await attachments.#sweep();
    await attachments.#removeErased();
    parts.store.onCommitted((events) => {
      if (events.some(({ type }) => type === 'conversation.erased'))
        attachments
          .#removeErased()
          .then(() => attachments.#sweep())
          .catch((error: unknown) => {
            parts.logger.error(
              { err: error },
              'Erased files are still on the disk; the next start tries again.',
            );
          });
    });
    const tooMuch = limitUploads(parts.store, parts.tuning.uploadQuota);
    parts.commands.guard(
      'attachment.create',
      async (actor, command) => (await refuseTakenId(parts, command)) ?? tooMuch(actor, command),
    );
    parts.commands.guard('attachment.complete', (_actor, command) => refuseMissingFile(parts, command));
    return attachments;
  }

  /** Takes away what broke off and will not go on: too long ago, or of a conversation that was erased. */
  async #sweep(): Promise<void> {
    const { store, config, clock } = this.#parts;
    this.#sweptAt = clock();
    await sweepUnfinished(config.uploadsFolder, this.#sweptAt, async () => {
      const rows = await store.sql.all<{ id: string }>(
        "SELECT id FROM attachments WHERE json ->> '$.state' <> 'complete'",
      );
      return rows.map(({ id }) => id);
    });
  }

  /** Takes the files of erased conversations from the disk; what a crash left of that is done at the next start. */
  async #removeErased(): Promise<void> {
    const { store, config } = this.#parts;
    const rows = await store.sql.all<{ fileName: string }>(
      'SELECT file_name AS fileName FROM files_to_remove',
    );
    for (const { fileName } of rows) {
      await rm(join(config.uploadsFolder, fileName), { force: true });
      await store.sql.run('DELETE FROM files_to_remove WHERE file_name = ?', [fileName]);
    }
  }

  /**
   * Receives the bytes of an announced file of the actor's. Once they are on disk and accepted, the file is complete for
   * everybody: `attachment.complete` then merely confirms it. A file that is complete already is not written again.
   *
   * @throws ProblemError when the file is not the actor's, or not what was announced
   */
  async receive(actor: Actor, attachmentId: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    const attachment = await this.#own(actor, attachmentId);
    if (attachment.state === 'complete') return;
    await this.#alone(attachmentId, async () => {
      const { fileName, size } = await receiveFile(this.#parts.config.uploadsFolder, attachment, body);
      await this.#store(attachment, fileName, size);
    });
  }

  /**
   * How far an upload has got.
   *
   * @throws ProblemError `attachment_unknown`
   */
  async progress(actor: Actor, attachmentId: string): Promise<{ offset: number; isComplete: boolean }> {
    const attachment = await this.#own(actor, attachmentId);
    const isComplete = attachment.state === 'complete';
    const { uploadsFolder } = this.#parts.config;
    return { isComplete, offset: isComplete ? attachment.size : await offsetOf(uploadsFolder, attachment) };
  }

  /**
   * Goes on with an upload where it broke off. With its last byte the file is complete, as after {@link receive}.
   *
   * @throws ProblemError when the file is not the actor's, the offset is another, or the file not what was announced
   */
  async append(
    actor: Actor,
    attachmentId: string,
    offset: number,
    body: AsyncIterable<Uint8Array>,
  ): Promise<{ offset: number; isComplete: boolean }> {
    const attachment = await this.#own(actor, attachmentId);
    if (attachment.state === 'complete') return { offset: attachment.size, isComplete: true };
    // A server that runs for months must not fill up with what nobody goes on with.
    if (this.#parts.clock() - this.#sweptAt > sweepEveryMs) await this.#sweep();
    return this.#alone(attachmentId, async () => {
      const { uploadsFolder } = this.#parts.config;
      const { offset: end, file } = await appendBytes(uploadsFolder, attachment, offset, body);
      if (file) await this.#store(attachment, file.fileName, file.size);
      return { offset: end, isComplete: file !== undefined };
    });
  }

  /** Gives an upload up: what arrived of it goes. */
  async giveUp(actor: Actor, attachmentId: string): Promise<void> {
    await giveUp(this.#parts.config.uploadsFolder, await this.#own(actor, attachmentId));
  }

  async #own(actor: Actor, attachmentId: string): Promise<Attachment> {
    const attachment = await this.#parts.store.attachment(attachmentId);
    if (!attachment || attachment.ownerId !== actor.id) throw unknown(attachmentId);
    return attachment;
  }

  async #alone<T>(attachmentId: string, work: () => Promise<T>): Promise<T> {
    if (this.#arriving.has(attachmentId))
      throw new ProblemError('rate_limited', 'This file is being uploaded already. Wait for it to end.', {
        retryAfterMs: 1000,
      });
    this.#arriving.add(attachmentId);
    try {
      return await work();
    } finally {
      this.#arriving.delete(attachmentId);
    }
  }

  async #store(attachment: Attachment, fileName: string, size: ReceivedFile['size']): Promise<void> {
    const { config, store, clock } = this.#parts;
    const { attachmentId, conversationId } = attachment;
    await store.sql.run(
      `INSERT INTO uploads (attachment_id, file_name, stored_at) VALUES (?, ?, ?)
        ON CONFLICT (attachment_id) DO UPDATE SET file_name = excluded.file_name, stored_at = excluded.stored_at`,
      [attachmentId, fileName, clock()],
    );
    // Whose it is may have changed while it arrived: an anonymous visitor became a known one.
    const held = await store.attachment(attachmentId);
    if (!held) {
      await store.sql.run('DELETE FROM uploads WHERE attachment_id = ?', [attachmentId]);
      await rm(join(config.uploadsFolder, fileName), { force: true });
      throw unknown(attachmentId);
    }
    const completed: NewEvent = {
      type: 'attachment.completed',
      target: { kind: 'conversation', id: conversationId, audience: 'public' },
      data: { attachment: { ...held, ...size, state: 'complete' } },
    };
    await store.append([completed]);
  }

  /**
   * A signed link for somebody who may read the file's conversation.
   *
   * @throws ProblemError `attachment_unknown`, also for what belongs to somebody else
   */
  async link(actor: Actor, attachmentId: string): Promise<{ url: string; expiresAt: string }> {
    const { store } = this.#parts;
    const attachment = await store.attachment(attachmentId);
    const mayRead =
      attachment?.state === 'complete' &&
      (await store.mayRead(actor, conversationStream(attachment.conversationId, 'public')));
    if (!mayRead) throw unknown(attachmentId);
    const { path, expiresAt } = this.#signer.sign(attachmentId);
    return { url: path, expiresAt: new Date(expiresAt).toISOString() };
  }

  /**
   * Opens the file that a link is for.
   *
   * @throws ProblemError `forbidden` for a link that was changed or has ended
   */
  async open(
    attachmentId: string,
    expires: string | undefined,
    signature: string | undefined,
  ): Promise<OpenedFile> {
    const verdict = this.#signer.check(attachmentId, expires, signature);
    if (verdict === 'expired')
      throw new ProblemError('forbidden', 'This link has ended. Open the file from the conversation again.');
    if (verdict === 'forged')
      throw new ProblemError(
        'forbidden',
        'This link is not whole. Open the file from the conversation again.',
      );
    const { store, config, logger } = this.#parts;
    const attachment = await store.attachment(attachmentId);
    const [row] = await store.sql.all<{ fileName: string }>(
      'SELECT file_name AS fileName FROM uploads WHERE attachment_id = ?',
      [attachmentId],
    );
    if (!attachment || !row) throw unknown(attachmentId);
    const path = join(config.uploadsFolder, row.fileName);
    const found = await stat(path).catch(() => undefined);
    if (!found) {
      logger.error(
        { attachmentId },
        'A stored file is missing from the uploads folder. Restore it from a backup.',
      );
      throw unknown(attachmentId);
    }
    return {
      attachment,
      bytes: found.size,
      stream: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
    };
  }
}

type Guarded = Pick<AttachmentParts, 'store'>;

/** Ids of attachments are one space for all conversations: nobody may announce a file under somebody else's. */
async function refuseTakenId({ store }: Guarded, command: Command): Promise<Problem | undefined> {
  if (command.type !== 'attachment.create') return undefined;
  const { attachmentId } = command.data;
  const held = await store.attachment(attachmentId);
  if (!held || held.conversationId === command.conversationId) return undefined;
  return makeProblem('forbidden', `The attachment id ${attachmentId} is taken. Choose a fresh one.`);
}

/** The client's word that a file is whole counts only when it is. */
async function refuseMissingFile({ store }: Guarded, command: Command): Promise<Problem | undefined> {
  if (command.type !== 'attachment.complete') return undefined;
  const attachment = await store.attachment(command.data.attachmentId);
  // Of a file in another conversation nothing is said, not even its name: the rules answer that there is none.
  if (attachment?.conversationId !== command.conversationId) return undefined;
  if (!attachment || attachment.state === 'complete') return undefined;
  return makeProblem(
    'attachment_incomplete',
    `The file ${attachment.name} has not arrived. Upload it first.`,
  );
}

const unknown = (attachmentId: string): ProblemError =>
  new ProblemError('attachment_unknown', `There is no file ${attachmentId} for you here.`);
