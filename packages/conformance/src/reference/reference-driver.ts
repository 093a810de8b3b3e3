import { randomUUID } from 'node:crypto';
import type { Command, Part } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { Driver } from '../driver/driver.ts';
import type { ReferenceServer } from './reference-server.ts';
import { bot, tenantId } from './world.ts';

const botActor: Actor = { ...bot, tenantId };
const partId = 'text';

/** Drives a reference server from within. */
export function referenceDriver(server: ReferenceServer) {
  const token = (actor: Actor) => Promise.resolve({ accessToken: server.tokens.mint(actor) });
  const asBot = (command: Command): string => {
    const reply = server.log.execute(botActor, { outboxId: `bot-${randomUUID()}`, n: 1, command });
    if (reply.type === 'reject') throw new Error(`The bot was refused: ${reply.problem.code}`);
    return reply.result.messageId ?? '';
  };
  const say = (conversationId: string, parts: Part[], status: 'complete' | 'streaming'): string =>
    asBot({
      type: 'message.send',
      conversationId,
      data: { clientMessageId: randomUUID(), parts, status },
    });
  const end = (messageId: string): void => {
    const answer = server.answers.get(messageId);
    if (!answer) return;
    const { conversationId, text } = answer;
    const parts: Part[] = [{ partId, type: 'text', text }];
    asBot({ type: 'message.complete', conversationId, data: { messageId, parts } });
  };
  return {
    agentToken: ({ name }) => token({ id: `a-${name.replaceAll(' ', '-')}`, role: 'agent', name, tenantId }),
    visitorToken: ({ subject }) => token({ id: `k-${subject}`, role: 'visitor', tenantId }),
    foreignToken: ({ subject }) => token({ id: `k-${subject}`, role: 'visitor', tenantId: 'another' }),
    dropConnections: async () => server.drop(),
    advanceClock: async ({ ms }) => server.clock.advance(ms),
    rotateEpoch: async ({ stream }) => server.log.backend.rotateEpoch(stream),
    trimLog: async ({ stream, seq }) => server.log.trim(stream, seq),
    takeBackup: async () => ({ backup: String(server.log.length) }),
    restoreBackup: async ({ backup }) => {
      server.drop();
      server.log.restore(Number(backup));
    },
    crash: async () => {
      server.drop();
      server.seams.crash(server.log);
      server.failAnswers();
    },
    silenceBot: async () => {},
    botSay: async ({ conversationId, parts }) => ({ messageId: say(conversationId, parts, 'complete') }),
    botBegin: async ({ conversationId }) => ({
      messageId: say(conversationId, [{ partId, type: 'text', text: '' }], 'streaming'),
      partId,
    }),
    botWrite: async ({ messageId, text }) => {
      const signal = server.answers.grow(bot.id, messageId, text);
      if (signal) server.tell(signal, signal.data.conversationId);
    },
    botEnd: async ({ messageId }) => end(messageId),
    botDie: async () => server.seams.producerDied(() => server.failAnswers()),
    requireConsent: async ({ purpose }) => void (server.requiredConsent = purpose),
    sendWebhooks: async ({ url, secrets = [] }) =>
      server.webhooks.set(url === undefined ? undefined : { url, secrets }),
  } satisfies Driver;
}

/** Everything a reference server can be told. */
export type ReferenceDriver = ReturnType<typeof referenceDriver>;
