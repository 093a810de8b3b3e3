import type { NumberedCommand, Reply } from '../../reference/seams.ts';

const ack = ({ outboxId, n, command }: NumberedCommand): Reply => ({
  type: 'ack',
  outboxId,
  n,
  lane: command.conversationId ?? 'user',
  result: { messageId: 'm-none' },
});

/** Refusals with this code are turned into acceptance. */
export const forgiving = (code: string) => () => ({
  execute: (_actor: unknown, command: NumberedCommand, sound: () => Reply): Reply => {
    const reply = sound();
    return reply.type === 'reject' && reply.problem.code === code ? ack(command) : reply;
  },
});
