#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import pino from 'pino';
import { ConfigError } from '../config/index.ts';
import { createSupportServer } from '../create-support-server.ts';
import type { StorageFailedError } from '../storage/storage-failed-error.ts';
import type { SupportServer } from '../support-server.ts';
import { openControl } from './control.ts';
import { installedFolders } from './installed-folders.ts';
import { helpText, readArguments } from './read-arguments.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Says what is wrong, in one sentence, and ends the process. */
function give(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** A second signal does not wait. */
function closeOnSignals(server: SupportServer, closeControl: () => void): void {
  let isClosing = false;
  const stop = (): void => {
    if (isClosing) process.exit(1);
    isClosing = true;
    closeControl();
    server.close().then(
      () => process.exit(0),
      (error: unknown) => give(`The server could not stop cleanly: ${String(error)}`),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function stopOnFailure(error: StorageFailedError): void {
  give(
    `${error.message} Nothing more is acknowledged. Check the disk and its free space, then start the server again: what was acknowledged is kept.`,
  );
}

async function main(): Promise<void> {
  const args = readArguments(process.argv.slice(2), process.env);
  if (args.kind === 'help') return say(helpText);
  if (args.kind === 'version') return say(await version());
  // A server that starts has no use for the code of the other commands.
  if (args.kind === 'verify-transcript')
    return say(await (await import('./check-transcripts.ts')).checkTranscripts(args.file));
  if (args.kind === 'backup') return say(await (await import('./data-commands.ts')).backUp(args));
  if (args.kind === 'restore') return say((await import('./data-commands.ts')).restore(args));
  const level = process.env['SAHAY_LOG_LEVEL'] || 'info';
  if (!Object.hasOwn(pino.levels.values, level) && level !== 'silent')
    throw new ConfigError(
      `SAHAY_LOG_LEVEL is "${level}". Use ${Object.keys(pino.levels.values).join(', ')} or silent.`,
    );
  const logger = pino({ level }, pino.destination({ dest: 2, sync: true }));
  const server = await createSupportServer({
    ...installedFolders(),
    ...args.input,
    logger,
    onFatal: stopOnFailure,
  });
  const closeControl = await openControl(server.config.dataFolder, (path) => server.backup(path));
  closeOnSignals(server, closeControl);
  try {
    const { url } = await server.listen();
    say(`Sahay is at ${url}`);
    say(`Sign in to the console, once, with ${await server.signInUrl()}`);
    const { consoleFolder, assetsFolder } = server.config;
    if (!consoleFolder)
      say('No console is served here yet: install @sahay/console, or give its folder with --console.');
    if (!assetsFolder)
      say('No sahay.js is served here yet: install @sahay/elements, or give its folder with --assets.');
  } catch (error) {
    await server.close();
    throw error;
  }
}

main().catch((error: unknown) => {
  give(
    error instanceof ConfigError
      ? error.message
      : `The server could not start: ${String(error instanceof Error ? error.stack : error)}`,
  );
});
