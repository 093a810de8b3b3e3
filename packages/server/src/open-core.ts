import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { policyWith } from '@sahay/protocol/core';
import type { Logger } from 'pino';
import { CommandGateway } from './commands/command-gateway.ts';
import { limitConversations } from './commands/limit-conversations.ts';
import { typesMeantBy, type ServerConfig } from './config/index.ts';
import type { ServerContext, ServerTuning } from './context.ts';
import { LiveHub } from './hub/live-hub.ts';
import { createIdentity, loadServerKeys, type ServerIdentity } from './identity/index.ts';
import type { PolicyData } from './policy.ts';
import { Peers } from './peer/peers.ts';
import { RoutingTimers } from './routing/routing-timers.ts';
import { Settings } from './settings/settings.ts';
import { SocketServer } from './socket/socket-server.ts';
import type { Store } from './storage/store.ts';
import { openSqliteStore } from './storage/sqlite/sqlite-store.ts';
import type { StorageFailedError } from './storage/storage-failed-error.ts';
import { failOrphans } from './storage/fail-orphans.ts';
import { startWebhooks } from './webhooks/start-webhooks.ts';

/** The numbers a server runs with unless told otherwise. */
export const defaultTuning: ServerTuning = {
  commandRate: { burst: 20, perSecond: 5 },
  signalRate: { burst: 40, perSecond: 20 },
  frameRate: { burst: 400, perSecond: 100 },
  upgradeRate: { burst: 3_000, perSecond: 100 },
  heartbeatMs: 25_000,
  lanePatienceMs: 1_000,
  helloTimeoutMs: 10_000,
  pollGraceMs: 10_000,
  presenceGraceMs: 5_000,
  hoursLookMs: 1_000,
  uploadQuota: { bytes: 250 * 1_048_576, files: 500 },
  mail: { delayMs: 60_000, lookMs: 5_000 },
  maxBufferedBytes: 4 * 1_048_576,
  routing: { agentAbsenceMs: 120_000, ringingMs: 30_000, nobodyThereMs: 120_000, lookMs: 5_000 },
};

/** What {@link openCore} needs. */
export interface CoreParts {
  config: ServerConfig;
  policy: PolicyData;
  logger: Logger;
  clock: () => number;
  tuning: ServerTuning;
  onFatal: (error: StorageFailedError) => void;
  /** Opens the database; default: one is started. */
  thread?: Worker | undefined;
}

/** A server without HTTP, bot and files: log, live delivery, identity and sockets. */
export interface Core {
  context: ServerContext;
  identity: ServerIdentity;
  /** Everybody who is connected, by whatever transport. */
  peers: Peers;
  sockets: SocketServer;
  /** Ends all connections, finishes what was begun and closes the database. */
  close(): Promise<void>;
}

/** Has the rules follow what agents set. Returns what has them follow whether people can answer now. */
async function followSettings(
  { store, logger }: { store: Store; logger: Logger },
  settings: Settings,
  policy: PolicyData,
): Promise<(isOpen: boolean) => void> {
  let isOpen = true;
  const setPolicy = (): Promise<void> =>
    store.setPolicy({
      ...policyWith(policy, settings.values, isOpen),
      emailsAnswers: settings.values.email?.enabled,
    });
  settings.onChange(setPolicy);
  await setPolicy();
  return (now) => {
    if (now === isOpen) return;
    isOpen = now;
    if (settings.values.preChat?.onlyWhileClosed)
      setPolicy().catch((error: unknown) => logger.error({ err: error }, 'The rules could not be changed.'));
  };
}

/** Opens the database and everything that stands directly on it. */
export async function openCore(parts: CoreParts): Promise<Core> {
  const { config, policy, logger, clock, tuning, onFatal, thread } = parts;
  const { tenantId, dataFolder } = config;
  const secrets = await loadServerKeys(dataFolder);
  let connected: Peers | undefined;
  const store = await openSqliteStore({
    path: join(dataFolder, 'sahay.db'),
    tenantId,
    policy,
    clock,
    thread,
    webhooks: config.webhooks.map(({ url, types }) => ({ url, types: typesMeantBy(types) })),
    onFatal: (error) => {
      logger.fatal({ err: error }, 'Storage failed; nothing more is acknowledged.');
      connected?.close(1011);
      onFatal(error);
    },
  });
  try {
    await failOrphans(store);
    const settings = await Settings.open({ sql: store.sql, clock });
    const onOpen = await followSettings({ store, logger }, settings, policy);
    const hub = await LiveHub.open({ store, tenantId, logger, clock, settings, tuning, onOpen });
    const routing = new RoutingTimers({ store, tenantId, clock, logger, limits: tuning.routing });
    const commands = new CommandGateway(store);
    commands.guard('conversation.start', limitConversations(store));
    const shared = {
      config,
      store,
      commands,
      hub,
      settings,
      logger,
      clock,
      tenantId,
      policy,
      secrets,
      tuning,
    };
    const identity = await createIdentity(shared);
    const context: ServerContext = { ...shared, identity };
    const peers = (connected = new Peers(context, hub));
    const sockets = new SocketServer(peers);
    const stopWebhooks = await startWebhooks({ endpoints: config.webhooks, store, clock, logger });
    const close = async (): Promise<void> => {
      peers.close();
      await sockets.close();
      routing.stop();
      hub.close();
      await stopWebhooks();
      await store.close();
    };
    return { context, identity, peers, sockets, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}
