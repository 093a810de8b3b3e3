/**
 * Looks after the e-mails in a data folder with a transport that writes each into a file, and stops for good at one moment of
 * handing over, which it names on stdout. Killed from outside.
 */
import { writeSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { defaultPolicy } from '../../policy.ts';
import { Settings } from '../../settings/settings.ts';
import { openSqliteStore } from '../../storage/sqlite/sqlite-store.ts';
import { fileMail } from '../file-mail.ts';
import { MailLinks } from '../mail-links.ts';
import { MailOutbox } from '../mail-outbox.ts';
import { MailSender } from '../mail-sender.ts';
import type { MailTransport } from '../mail-transport.ts';

const [dataFolder = '', mailFolder = '', kind = '', moment = '', now = '0'] = process.argv.slice(2);

/** Each time it is given an e-mail there is one more file. */
const counting: MailTransport = {
  send: async ({ id }) => {
    await mkdir(mailFolder, { recursive: true });
    await writeFile(join(mailFolder, `${id}-${process.pid}`), '');
  },
};
const inner = kind === 'files' ? fileMail(mailFolder) : counting;

/** Says where it is, and does not go on; the timer keeps the process there. */
const stopAt = (name: string): Promise<void> => {
  if (name !== moment) return Promise.resolve();
  writeSync(1, `${name}\n`);
  return new Promise((resolve) => setTimeout(resolve, 60_000));
};

const store = await openSqliteStore({
  path: join(dataFolder, 'sahay.db'),
  tenantId: 'shop',
  policy: defaultPolicy,
});
const clock = (): number => Number(now);
const sender = new MailSender({
  store,
  outbox: new MailOutbox(store.sql),
  transport: {
    isIdempotent: inner.isIdempotent,
    send: async (message) => {
      await stopAt('before');
      await inner.send(message);
      await stopAt('after');
    },
  },
  links: new MailLinks(Buffer.alloc(32, 1), clock),
  settings: await Settings.open({ sql: store.sql, clock }),
  hub: { visitorIsThere: () => false },
  config: { allowOrigins: [], botName: 'Sahay' },
  publicUrl: () => 'https://support.example',
  clock,
  logger: pino({ level: 'silent' }),
  timing: { delayMs: 60_000, lookMs: 3_600_000 },
});
await sender.look();
await sender.stop();
await store.close();
