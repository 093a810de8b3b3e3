// The server under test, in a process of its own that is killed, stopped and started again.
import { flushCompileCache } from 'node:module';
import type { SupportServerOptions } from '@sahay/server';
import { plantServerFault } from '../faults/plant-server-fault.ts';
import { mustBePlanted } from '../faults/server-faults.ts';
import type { ServedSetup, ToServed, FromServed } from './server-process.ts';

const setup = JSON.parse(process.argv[2] ?? '{}') as ServedSetup;
let offsetMs = setup.clockOffsetMs;
const say = (message: FromServed): void => void process.send?.(message);
const unlimited = { burst: 1e9, perSecond: 1e9 };

const options: SupportServerOptions = {
  dataFolder: setup.dataFolder,
  jwtKey: setup.hostSecret,
  jwtAlgorithm: 'HS256',
  clock: () => Date.now() + offsetMs,
  tuning: {
    // Low enough that the busiest visitor meets it now and then.
    commandRate: { burst: 120, perSecond: 60 },
    signalRate: unlimited,
    frameRate: unlimited,
    upgradeRate: unlimited,
    heartbeatMs: 10_000,
    presenceGraceMs: 1_000,
  },
  httpRates: { sessions: unlimited, agents: unlimited, requests: unlimited, uploads: unlimited },
};

process.on('message', (message: ToServed) => (offsetMs = message.clockOffsetMs));
process.on('disconnect', () => process.exit(0));
if (setup.fault) plantServerFault(setup.fault);
// Loaded now, so that what was planted is met.
const { createSupportServer } = await import('@sahay/server');
const server = await createSupportServer(options);
mustBePlanted();
const { url } = await server.listen({ port: setup.port, host: '127.0.0.1' });
// Whoever is killed keeps nothing at its end: the starts after the first one find this one's code compiled.
if (setup.wantsSignIn) flushCompileCache();
say({ kind: 'ready', signInUrl: setup.wantsSignIn ? await server.signInUrl(url) : undefined });
