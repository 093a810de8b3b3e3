import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MailTransport } from '../mail/mail-transport.ts';
import { ConfigError } from './config-error.ts';

/**
 * Reads what carries e-mails away: a transport, or the path of a module whose default export is one.
 *
 * @throws ConfigError when the module cannot be read, or exports something else
 */
export async function mailOf(input: string | MailTransport | undefined): Promise<MailTransport | undefined> {
  if (typeof input !== 'string') return input;
  let exported: { default?: unknown };
  try {
    exported = (await import(pathToFileURL(resolve(input)).href)) as typeof exported;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      `SAHAY_MAIL names "${input}", which cannot be loaded: ${reason}. Name a module of JavaScript.`,
      {
        cause: error,
      },
    );
  }
  if (isTransport(exported.default)) return exported.default;
  throw new ConfigError(
    `SAHAY_MAIL names "${input}", whose default export has no method send. Export { send(message) { … } } by default.`,
  );
}

const isTransport = (value: unknown): value is MailTransport =>
  typeof value === 'object' && value !== null && 'send' in value && typeof value.send === 'function';
