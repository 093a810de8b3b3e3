import type { Breakage } from '../breakage.ts';

export const commandBreakages: readonly Breakage[] = [
  {
    check: 'send-retry-same-result',
    what: 'a command that comes again runs again',
    seams: () => {
      let again = 0;
      return {
        execute: (_actor, command, sound) => {
          const reply = sound();
          again++;
          return reply.type === 'ack' && reply.result.messageId !== undefined && command.n > 1
            ? { ...reply, result: { ...reply.result, messageId: `${reply.result.messageId}-${again}` } }
            : reply;
        },
      };
    },
  },
  {
    check: 'send-hole-refused',
    what: 'whatever number comes is taken',
    seams: () => ({
      execute: (_actor, { outboxId, n, command }, sound) => {
        const reply = sound();
        return reply.type === 'reject' && reply.problem.code === 'out_of_order'
          ? { type: 'ack', outboxId, n, lane: command.conversationId ?? 'user', result: {} }
          : reply;
      },
    }),
  },
];
