import { makeProblem } from '@sahay/protocol';
import type { CommandGuard } from '../context.ts';
import type { Store } from '../storage/store.ts';

/** What a visitor may have lying here, in all her conversations. */
export interface UploadQuota {
  bytes: number;
  files: number;
}

/** Refuses the next file of a visitor who has too much here. What was announced counts, so that nobody announces without end. */
export function limitUploads({ sql }: Pick<Store, 'sql'>, quota: UploadQuota): CommandGuard {
  return async (actor, command) => {
    if (actor.role !== 'visitor' || command.type !== 'attachment.create') return undefined;
    const [held] = await sql.all<{ bytes: number; files: number }>(
      `SELECT coalesce(sum(json ->> '$.size'), 0) AS bytes, count(*) AS files FROM attachments
         WHERE conversation IN (SELECT id FROM conversations WHERE visitor = ?1) AND json ->> '$.ownerId' = ?1 AND id <> ?2`,
      [actor.id, command.data.attachmentId],
    );
    if (!held) return undefined;
    if (held.files < quota.files && held.bytes + command.data.size <= quota.bytes) return undefined;
    return makeProblem(
      'attachment_too_large',
      `You have ${held.files} files of ${held.bytes} bytes here, and may have ${quota.files} of ${quota.bytes}. Send a smaller one, or a link to it.`,
    );
  };
}
