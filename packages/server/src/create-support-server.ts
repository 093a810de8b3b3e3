import { resolveConfig } from './config/index.ts';
import { startStorageThread } from './storage/sqlite/storage-thread.ts';
import type { SupportServer, SupportServerOptions } from './support-server.ts';

/**
 * Opens a support server: its database, its knowledge base, its bot.
 *
 * @throws ConfigError with a sentence that says what to change
 * @example
 * const support = await createSupportServer({ dataFolder: './data', knowledgeFolder: './articles' });
 * const { url } = await support.listen({ port: 4000 });
 */
export async function createSupportServer(options: SupportServerOptions = {}): Promise<SupportServer> {
  const config = await resolveConfig(options);
  // The storage's thread loads its code while this one loads the rest of the server, which is most of a start.
  const thread = startStorageThread();
  try {
    const { openSupportServer } = await import('./open-support-server.ts');
    return await openSupportServer(config, thread, options);
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}
