// The servers that are measured, each in a process of its own: the support server, or a bare `ws` echo beside it.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { answer } from './processes.mjs';

const [what, port = '0', dataFolder] = process.argv.slice(2);
const many = { burst: 1e9, perSecond: 1e9 };
const servers = { support: serveSupport, echo: serveEcho };

/** As `sahay-server` runs, but for what protects it from one address that asks as often as a thousand visitors. */
async function serveSupport() {
  const { createSupportServer } = await import('@sahay/server');
  const support = await createSupportServer({
    dataFolder,
    host: '127.0.0.1',
    tuning: {
      commandRate: many,
      signalRate: many,
      frameRate: many,
      socketRate: many,
      mostWaitingForHello: 1e9,
    },
    httpRates: { sessions: many, agents: many, requests: many, uploads: many, searches: many },
  });
  const { url } = await support.listen({ port: Number(port) });
  return { url, signInUrl: await support.signInUrl(), close: () => support.close() };
}

async function serveEcho() {
  const { WebSocketServer } = createRequire(import.meta.resolve('@sahay/server'))('ws');
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data, { binary: false })));
  await new Promise((resolve) => http.listen(Number(port), '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${http.address().port}` };
}

const ready = servers[what]();
answer({
  ready: () => ready.then(({ url, signInUrl }) => ({ url, signInUrl })),
  /** Bytes held after everything that can go is gone. */
  memory: async () => {
    for (let round = 0; round < 3; round++) {
      globalThis.gc();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { rss, heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
    return { rss, heap: heapUsed, heapTotal, external, arrayBuffers };
  },
  /** Milliseconds of processor time so far. */
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
});
process.on('SIGTERM', async () => {
  await ready.then(({ close }) => close?.());
  process.exit(0);
});
