import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import pino, { type Logger } from 'pino';
import { resolveConfig, type ServerConfigInput } from '../config/index.ts';
import type { ServerTuning } from '../context.ts';
import { defaultTuning, openCore, type Core } from '../open-core.ts';
import type { PolicyData } from '../policy.ts';
import { atEnd } from '../storage/testing/at-end.ts';
import { botPolicy, tempFolder } from '../storage/testing/temp-store.ts';

/** How a test wants its server. */
export interface TestCoreOptions {
  config?: ServerConfigInput;
  policy?: PolicyData;
  tuning?: Partial<ServerTuning>;
  clock?: () => number;
  logger?: Logger;
}

/** A core that listens, and tokens for whoever the test needs. */
export interface TestCore extends Core {
  url: string;
  socketUrl: string;
  visitorToken(): Promise<{ id: string; token: string }>;
  agentToken(): Promise<{ id: string; token: string }>;
}

/** A real server on a real port over a real file; everything is gone when the test ends. */
export async function testCore(t: TestContext, options: TestCoreOptions = {}): Promise<TestCore> {
  const config = await resolveConfig({ dataFolder: tempFolder(t), tenantId: 'shop', ...options.config });
  const core = await openCore({
    config,
    policy: options.policy ?? botPolicy,
    logger: options.logger ?? pino({ level: 'silent' }),
    clock: options.clock ?? Date.now,
    tuning: { ...defaultTuning, ...options.tuning },
    onFatal: (error) => {
      throw error;
    },
  });
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on('upgrade', (request, socket, head) => core.sockets.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(t, async () => {
    await core.close();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...core,
    url,
    socketUrl: `${url.replace('http', 'ws')}/v1/socket`,
    visitorToken: async () => {
      const { participant, accessToken } = await core.identity.visitors.create();
      return { id: participant.id, token: accessToken };
    },
    agentToken: async () => {
      const code = await core.identity.agents.startCode();
      const { sessionSecret } = await core.identity.agents.signIn(code, 'Rumi');
      const { participant, accessToken } = await core.identity.agents.token(sessionSecret);
      return { id: participant.id, token: accessToken };
    },
  };
}
