import type { Worker } from 'node:worker_threads';
import pino from 'pino';
import { createBotRuntime, createConfiguredBot, createPolicy } from './bot-runtime/index.ts';
import type { ServerConfig } from './config/index.ts';
import { createHttpApp } from './http/index.ts';
import { loadKnowledge } from './knowledge/index.ts';
import { MountableServer } from './mountable-server.ts';
import { defaultTuning, openCore } from './open-core.ts';
import { startRetention } from './retention/start-retention.ts';
import type { StorageFailedError } from './storage/storage-failed-error.ts';
import type { SupportServer, SupportServerOptions } from './support-server.ts';

/**
 * Puts a server together.
 *
 * @param thread which opens the database; ended by whoever started it when this fails
 * @throws ConfigError with a sentence that says what to change
 */
export async function openSupportServer(
  config: ServerConfig,
  thread: Worker,
  options: SupportServerOptions,
): Promise<SupportServer> {
  const { clock = Date.now, tuning, httpRates, onFatal = throwUncaught } = options;
  const logger = options.logger ?? pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const knowledge = await loadKnowledge(config.knowledge);
  for (const warning of knowledge.warnings) logger.warn({ warning }, 'An article has a problem.');
  const policy = createPolicy(config, knowledge);
  const core = await openCore({
    config,
    policy,
    logger,
    clock,
    tuning: { ...defaultTuning, ...tuning },
    onFatal,
    thread,
  });
  try {
    const { context, identity, peers } = core;
    const app = await createHttpApp(context, { identity, knowledge, peers, rates: httpRates });
    const bot = createBotRuntime(context, { bot: createConfiguredBot(config, knowledge), knowledge });
    await bot.start();
    const { logDays } = config;
    const stopRetention = logDays && startRetention({ store: context.store, days: logDays, clock, logger });
    return new MountableServer(core, app, bot, stopRetention || (() => undefined));
  } catch (error) {
    await core.close();
    throw error;
  }
}

function throwUncaught(error: StorageFailedError): void {
  queueMicrotask(() => {
    throw error;
  });
}
