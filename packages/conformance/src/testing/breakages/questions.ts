import { makeProblem } from '@sahay/protocol';
import type { Seams } from '../../reference/seams.ts';
import type { Breakage } from '../breakage.ts';
import { forgiving } from './forgiving.ts';

/** Whoever gave any answer counts as one who gave a right one. */
function anyAnswerWillDo(): Partial<Seams> {
  const answered = new Set<string>();
  return {
    execute: (actor, given, sound) => {
      const reply = sound();
      if (given.command.type === 'context.update') answered.add(actor.id);
      return answered.has(actor.id)
        ? forgiving('answers_required')().execute(actor, given, () => reply)
        : reply;
    },
  };
}

/** Questions that are asked wrongly. */
export const questionBreakages: readonly Breakage[] = [
  {
    check: 'answers-gate-send',
    what: 'a message needs no answers',
    seams: forgiving('answers_required'),
  },
  {
    check: 'answers-gate-send',
    what: 'any answer will do',
    seams: anyAnswerWillDo,
  },
  {
    check: 'answers-gate-send',
    what: 'nobody says which question is open',
    seams: () => ({
      execute: (_actor, _command, sound) => {
        const reply = sound();
        if (reply.type !== 'reject') return reply;
        const { field: _field, ...problem } = reply.problem;
        return { ...reply, problem };
      },
    }),
  },
  {
    check: 'answers-gate-send',
    what: 'whoever has answered is asked again in her next conversation',
    seams: () => {
      const first = new Map<string, string>();
      return {
        execute: (actor, given, sound) => {
          const { outboxId, n, command } = given;
          const { conversationId = 'user' } = command;
          if (command.type !== 'message.send' || actor.role !== 'visitor') return sound();
          const reply = sound();
          if (reply.type === 'reject') return reply;
          if (!first.has(actor.id)) first.set(actor.id, conversationId);
          if (first.get(actor.id) === conversationId) return reply;
          const problem = makeProblem('answers_required', 'Answer first.', { field: 'conformance-topic' });
          return { type: 'reject', outboxId, n, lane: conversationId, problem };
        },
      };
    },
  },
];
