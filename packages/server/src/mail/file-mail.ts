import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { encodedWord } from './encoded-word.ts';
import type { MailMessage, MailTransport } from './mail-transport.ts';

/** Where e-mails are sent from when nothing is configured; no address can be at `.invalid`. */
const from = 'support@sahay.invalid';

/** Puts each e-mail into a file of its own in a folder, for trying things out: `<id>.eml`, which mail programs open. */
export function fileMail(folder: string): MailTransport {
  return {
    isIdempotent: true,
    async send(message) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${message.id}.eml`);
      const temporary = `${path}.part`;
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(emlOf(message));
        await file.sync();
      } finally {
        await file.close();
      }
      try {
        await link(temporary, path);
      } catch (error) {
        // It is there already: a crash came between writing it and writing down that it was.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      } finally {
        await rm(temporary, { force: true });
      }
    },
  };
}

function emlOf({ id, to, senderName, subject, text, unsubscribeUrl }: MailMessage): string {
  return [
    `From: ${encodedWord(senderName)} <${from}>`,
    `To: <${to}>`,
    `Subject: ${encodedWord(subject)}`,
    `Message-ID: <${id}@sahay.invalid>`,
    `List-Unsubscribe: <${unsubscribeUrl}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...text.split('\n'),
    '',
  ].join('\r\n');
}
