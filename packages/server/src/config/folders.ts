import { access, constants, mkdir, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigError } from './config-error.ts';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Makes the data folder and its `uploads` where they are missing, and checks that they can be written.
 *
 * @throws ConfigError when a file stands there, or when the folder cannot be made or written
 */
export async function prepareDataFolder(
  path: string,
): Promise<{ dataFolder: string; uploadsFolder: string }> {
  const dataFolder = resolve(path);
  const uploadsFolder = join(dataFolder, 'uploads');
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    await mkdir(uploadsFolder, { recursive: true, mode: 0o700 });
    await access(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
    await access(uploadsFolder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigError(
      `The data folder "${dataFolder}" cannot be used (${reasonOf(error)}). Give the path of a folder this user may write with --data or SAHAY_DATA.`,
      { cause: error },
    );
  }
  return { dataFolder, uploadsFolder };
}

/**
 * Checks that a folder exists and holds something.
 *
 * @param what how the folder is called in the sentence, such as `The knowledge base`
 * @param option the option it was given with, such as `--kb`
 * @throws ConfigError when it is missing, no folder, unreadable or empty
 */
export async function requireFolder(path: string, what: string, option: string): Promise<string> {
  const folder = resolve(path);
  const found = await stat(folder).catch(() => undefined);
  if (!found)
    throw new ConfigError(
      `${what} "${folder}" does not exist. Give the path of an existing folder with ${option}.`,
    );
  if (!found.isDirectory())
    throw new ConfigError(`${what} "${folder}" is a file. Give the path of a folder with ${option}.`);
  const entries = await readdir(folder).catch((error: unknown) => {
    throw new ConfigError(
      `${what} "${folder}" cannot be read (${reasonOf(error)}). Change its permissions, or give another folder with ${option}.`,
      { cause: error },
    );
  });
  if (entries.length === 0)
    throw new ConfigError(
      `${what} "${folder}" is empty. Put files in it, or give another folder with ${option}.`,
    );
  return folder;
}
