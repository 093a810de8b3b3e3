// The support server without its rates, as a process of its own: a fuzzer that is slowed down finds nothing.
import { parseArgs } from 'node:util';
import pino from 'pino';
import { createSupportServer } from '@sahay/server';

const many = { burst: 1e9, perSecond: 1e9 };
const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } });
const server = await createSupportServer({
  port: values.port,
  dataFolder: values.data,
  logger: pino({ level: 'error' }, pino.destination({ dest: 2, sync: true })),
  tuning: { commandRate: many, signalRate: many, frameRate: many, upgradeRate: many },
  httpRates: { sessions: many, agents: many, requests: many, uploads: many, searches: many },
});
const { url } = await server.listen();
process.stdout.write(`Sahay is at ${url}\nSign in with ${await server.signInUrl()}\n`);
