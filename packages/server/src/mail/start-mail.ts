import { join } from 'node:path';
import type { ServerContext } from '../context.ts';
import { fileMail } from './file-mail.ts';
import { MailLinks } from './mail-links.ts';
import { MailOutbox } from './mail-outbox.ts';
import { MailSender } from './mail-sender.ts';
import type { MailTransport } from './mail-transport.ts';

/**
 * Looks after the e-mails of a server from here on.
 *
 * @param publicUrl where people reach the server; `undefined` while that is not known
 * @param transport default: what is configured, else files in the data folder
 */
export function startMail(
  ctx: ServerContext,
  publicUrl: () => string | undefined,
  transport: MailTransport = ctx.config.mail ?? fileMail(join(ctx.config.dataFolder, 'mail')),
): MailSender {
  const { store, settings, hub, config, clock, logger, tuning, secrets } = ctx;
  return new MailSender({
    store,
    outbox: new MailOutbox(store.sql),
    transport,
    links: new MailLinks(secrets.mailLinks, clock),
    settings,
    hub,
    config,
    publicUrl,
    clock,
    logger,
    timing: tuning.mail,
  });
}
