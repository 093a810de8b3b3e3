import { hkdfSync, randomBytes } from 'node:crypto';
import { chmod, link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../config/config-error.ts';

const secretBytes = 48;

/** Keys for one purpose each, derived from the one secret of an installation. */
export interface ServerKeys {
  accessTokens: Uint8Array;
  links: Uint8Array;
  refreshSecrets: Uint8Array;
  mailLinks: Uint8Array;
}

/**
 * Reads the installation's secret, or makes it at the first start: random, in the data folder, for its owner alone.
 * Whoever deletes it signs everybody out; nothing else is lost.
 *
 * @throws ConfigError when the file was cut off or cannot be read
 */
export async function loadServerKeys(dataFolder: string): Promise<ServerKeys> {
  const path = join(dataFolder, 'server-secret');
  const secret = (await readSecret(path)) ?? (await makeSecret(path));
  const derive = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, '', `sahay ${purpose}`, 32));
  return {
    accessTokens: derive('access tokens'),
    links: derive('attachment links'),
    refreshSecrets: derive('refresh secrets'),
    mailLinks: derive('mail links'),
  };
}

async function readSecret(path: string): Promise<Buffer | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
    await chmod(path, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ConfigError(
      `The secret "${path}" cannot be used (${(error as Error).message}). Give this user the right to read it, or delete it: everybody then signs in again.`,
      { cause: error },
    );
  }
  const secret = Buffer.from(text.trim(), 'base64url');
  if (secret.length < secretBytes)
    throw new ConfigError(
      `The secret "${path}" is damaged. Restore it from a backup, or delete it: everybody then signs in again.`,
    );
  return secret;
}

/** Written whole and flushed before it gets its name, so that a crash never leaves half a secret. */
async function makeSecret(path: string): Promise<Buffer> {
  const secret = randomBytes(secretBytes);
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(secret.toString('base64url'));
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(temporary, path);
    return secret;
  } catch (error) {
    // Another start was faster: its secret counts.
    const theirs = (error as NodeJS.ErrnoException).code === 'EEXIST' ? await readSecret(path) : undefined;
    if (theirs) return theirs;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}
