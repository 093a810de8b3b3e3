import { flushCompileCache } from 'node:module';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { getRequestListener } from '@hono/node-server';
import { serveDriver, type Driver } from '@sahay/conformance';
import type { Command, CommandResult, Part } from '@sahay/protocol';
import { defaultLimits } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import pino from 'pino';
import { resolveConfig, type WebhookInput } from '../../packages/server/src/config/index.ts';
import { createHttpApp } from '../../packages/server/src/http/index.ts';
import { loadKnowledge } from '../../packages/server/src/knowledge/index.ts';
import { defaultTuning, openCore, type Core } from '../../packages/server/src/open-core.ts';
import { jwt } from './host-token.ts';

/** What a child process is told; the data outlives it. */
const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    data: { type: 'string' },
    'clock-offset': { type: 'string', default: '0' },
    consent: { type: 'string' },
    webhooks: { type: 'string', default: '[]' },
  },
});
let clockOffset = Number(values['clock-offset']);
const clock = (): number => Date.now() + clockOffset;
const tenantId = 'default';
const bot: Actor = { id: 'bot', role: 'bot', name: 'Sahay', tenantId };
const partId = 'text';

const config = await resolveConfig({
  dataFolder: values.data,
  port: values.port,
  tenantId,
  jwtKey: process.env['SAHAY_JWT_KEY'],
  jwtAlgorithm: process.env['SAHAY_JWT_ALG'],
  webhooks: JSON.parse(values.webhooks) as WebhookInput[],
});
const { tenantId: _tenant, ...botParticipant } = bot;
const consent = values.consent
  ? { consent: [{ purpose: values.consent, commands: ['message.send' as const] }] }
  : {};
const core = await openCore({
  config,
  // No bot runs here: the driver is the bot.
  policy: { limits: defaultLimits, bot: botParticipant, greetings: {}, surveyOnClose: 'csat', ...consent },
  logger: pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true })),
  clock,
  tuning: {
    ...defaultTuning,
    // Enough that a run is not all waiting, few enough that a check can find the limit.
    commandRate: { burst: 60, perSecond: 40 },
  },
  onFatal: (error) => {
    throw error;
  },
});
const many = { burst: 10_000, perSecond: 1_000 };
const app = await createHttpApp(core.context, {
  identity: core.identity,
  peers: core.peers,
  knowledge: await loadKnowledge(undefined),
  rates: { sessions: many, agents: many, requests: many },
});

const sockets = new Set<Socket>();
const answer = getRequestListener((request, env) => app.fetch(request, env));
const server = createServer((request, response) => void answer(request, response));
server.on('connection', (socket: Socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
});
server.on('upgrade', (request, socket, head: Buffer) => core.sockets.handleUpgrade(request, socket, head));
await new Promise<void>((resolve) => server.listen(Number(values.port), '127.0.0.1', resolve));
const { url } = await serveDriver(driverOf(core));
// Whoever is killed keeps nothing at its end: later starts find this one's code compiled.
flushCompileCache();
console.log(`driver ${url}`);

/** What can be done from within this process. */
function driverOf({ context, identity }: Core): Driver {
  const { store, hub } = context;
  const agents = new Map<string, string>();
  const answers = new Map<string, { conversationId: string; text: string; next: number }>();
  const asBot = async (command: Command): Promise<CommandResult> => {
    const { reply } = await store.execute(bot, { outboxId: `o_${randomUUID()}`, n: 1, command });
    if (reply.type === 'ack') return reply.result;
    throw new Error(`The bot was refused: ${reply.problem.code}. ${reply.problem.detail}`);
  };
  const says = async (conversationId: string, parts: Part[], status: 'complete' | 'streaming') => {
    const data = { clientMessageId: randomUUID(), parts, status };
    const { messageId = '' } = await asBot({ type: 'message.send', conversationId, data });
    return { messageId };
  };
  const open = (messageId: string) => {
    const found = answers.get(messageId);
    if (!found) throw new Error(`There is no answer ${messageId} here.`);
    return found;
  };
  return {
    agentToken: async ({ name }) => {
      const secret = agents.get(name) ?? (await signIn(name));
      agents.set(name, secret);
      return identity.agents.token(secret);
    },
    visitorToken: async ({ subject }) => ({ accessToken: hostToken({ sub: subject }) }),
    foreignToken: async ({ subject }) => ({ accessToken: hostToken({ sub: subject, aud: 'another' }) }),
    dropConnections: async () => {
      for (const socket of sockets) socket.destroy();
    },
    advanceClock: async ({ ms }) => void (clockOffset += ms),
    rotateEpoch: ({ stream }) => store.rotateEpoch(stream),
    trimLog: async ({ stream, seq }) => {
      const { headSeq } = (await store.read(stream)).subscribed;
      await store.trim({ stream, keep: headSeq - seq });
    },
    takeBackup: async () => {
      const backup = `${values.data}/backup-${randomUUID()}.db`;
      await store.backup(backup);
      return { backup };
    },
    silenceBot: async () => {},
    botSay: ({ conversationId, parts }) => says(conversationId, parts, 'complete'),
    botBegin: async ({ conversationId }) => {
      const { messageId } = await says(conversationId, [{ partId, type: 'text', text: '' }], 'streaming');
      answers.set(messageId, { conversationId, text: '', next: 0 });
      return { messageId, partId };
    },
    botWrite: async ({ messageId, text }) => {
      const answer = open(messageId);
      answer.text += text;
      const { conversationId } = answer;
      const data = { conversationId, messageId, partId, index: answer.next++, text };
      await hub.signal(bot, { type: 'message.delta', data });
    },
    botEnd: async ({ messageId }) => {
      const { conversationId, text } = open(messageId);
      const parts: Part[] = [{ partId, type: 'text', text }];
      await asBot({ type: 'message.complete', conversationId, data: { messageId, parts } });
    },
  };

  async function signIn(name: string): Promise<string> {
    const { code } = await identity.agents.create(name);
    return (await identity.agents.signIn(code, name)).sessionSecret;
  }
}

function hostToken(claims: object): string {
  const now = Math.floor(clock() / 1000);
  return jwt({ iat: now, exp: now + 600, ...claims });
}
