import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ServerConfigInput } from '../config/index.ts';

/** What other packages of the family bring along; the server imports none of them. */
const brought = {
  consoleFolder: ['@sahay/console', 'dist/app'],
  assetsFolder: ['@sahay/elements', 'dist/bundle'],
} as const;

/**
 * The folders of the console and of `sahay.js`, where their packages are installed: beside the server, or where it is started.
 *
 * @param from files as whose neighbours the packages are looked for, the best first
 */
export function installedFolders(
  from: readonly string[] = [import.meta.filename, join(process.cwd(), 'package.json')],
): Pick<ServerConfigInput, keyof typeof brought> {
  const found = Object.entries(brought).map(([option, [name, below]]) => [
    option,
    from.map((file) => folderIn(file, name, below)).find((folder) => folder !== undefined),
  ]);
  return Object.fromEntries(found.filter(([, folder]) => folder)) as Pick<
    ServerConfigInput,
    keyof typeof brought
  >;
}

function folderIn(file: string, name: string, below: string): string | undefined {
  try {
    const folder = join(dirname(createRequire(file).resolve(`${name}/custom-elements.json`)), below);
    return existsSync(folder) ? folder : undefined;
  } catch (error) {
    // Not installed, or too old to have it: then nothing is served until a folder is given.
    if (
      /^(MODULE_NOT_FOUND|ERR_PACKAGE_PATH_NOT_EXPORTED)$/.test((error as NodeJS.ErrnoException).code ?? '')
    )
      return undefined;
    throw error;
  }
}
