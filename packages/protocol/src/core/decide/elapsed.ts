import type { Conversation, Handoff, Id, Time } from '../../generated/types.ts';
import type { Environment, NewEvent } from '../types.ts';
import { isWanted, notice, said } from './outcome.ts';

/** What time did: nobody gave a command, and something has to change all the same. */
export type Elapsed =
  | {
      /** An agent has been away for so long that she is not waited for. */
      kind: 'agent_absent';
      agentId: Id;
    }
  | {
      /** The agent for whom it rings did not answer. */
      kind: 'ringing_ended';
      /** The `since` of the ringing that is meant. */
      since: Time;
    }
  | {
      /** Nobody took over. */
      kind: 'handoff_ended';
      handoffId: Id;
    }
  | {
      /** Nobody is there who could take over. */
      kind: 'nobody_there';
      handoffId: Id;
    };

/**
 * Decides what becomes of a conversation for which time ran out. Nothing, when it has moved on meanwhile: a timer that comes
 * late does no harm. Pure.
 */
export function decideElapsed(elapsed: Elapsed, conversation: Conversation, env: Environment): NewEvent[] {
  if (conversation.status === 'closed') return [];
  switch (elapsed.kind) {
    case 'agent_absent':
      return agentAbsent(elapsed.agentId, conversation, env);
    case 'ringing_ended':
      return conversation.assignment.since === elapsed.since ? ringingEnded(conversation, env) : [];
    case 'handoff_ended':
      return handoffEnded(elapsed.handoffId, conversation, env);
    case 'nobody_there':
      return nobodyThere(elapsed.handoffId, conversation, env);
  }
}

/** Her conversation goes back to the queue, as a transfer from her; what rings for her rings for all. */
function agentAbsent(agentId: Id, conversation: Conversation, env: Environment): NewEvent[] {
  const { id, assignment } = conversation;
  if (assignment.offeredTo === agentId) return ringingEnded(conversation, env);
  if (assignment.state !== 'assigned' || assignment.controlledBy !== agentId) return [];
  const handoff: Handoff = {
    handoffId: env.newId('h'),
    state: 'requested',
    reason: 'transfer',
    requestedBy: 'system',
    requestedAt: env.now(),
    previousAssignee: agentId,
  };
  return [
    said(id, 'handoff.requested', { handoff }),
    said(id, 'assignment.changed', { assignment: { state: 'queued', since: env.now() }, previous: agentId }),
    notice(env, id, 'transferred', 'The conversation is being passed on.'),
  ];
}

function ringingEnded({ id, assignment, handoff }: Conversation, env: Environment): NewEvent[] {
  if (assignment.state !== 'ringing' || !assignment.offeredTo) return [];
  const declined =
    handoff?.state === 'requested'
      ? [
          said(id, 'handoff.declined', {
            handoffId: handoff.handoffId,
            by: assignment.offeredTo,
            reason: 'no answer',
          }),
        ]
      : [];
  return [...declined, said(id, 'assignment.changed', { assignment: { state: 'queued', since: env.now() } })];
}

/** The bot goes on where there is one; else the visitor's message waits for whoever comes. */
function handoffEnded(
  handoffId: Id,
  { id, assignment, handoff }: Conversation,
  env: Environment,
): NewEvent[] {
  const waits = assignment.state === 'queued' || assignment.state === 'ringing';
  if (!waits || !isWanted(handoff) || handoff.handoffId !== handoffId) return [];
  const { bot } = env.policy;
  return [
    said(id, 'handoff.timed_out', { handoffId }),
    ...(bot
      ? [
          said(id, 'assignment.changed', {
            assignment: { state: 'bot', controlledBy: bot.id, since: env.now() },
          }),
          notice(env, id, 'returned_to_bot', 'Nobody could take over in time. The assistant goes on.'),
        ]
      : []),
  ];
}

/** She is told, and stays in the queue: whoever comes takes the same request, and she can take it back meanwhile. */
function nobodyThere(handoffId: Id, { id, assignment, handoff }: Conversation, env: Environment): NewEvent[] {
  const waits = assignment.state === 'queued' && handoff?.state === 'requested';
  if (!waits || handoff.handoffId !== handoffId) return [];
  return [
    said(id, 'handoff.failed', { handoffId, reason: 'nobody_there' }),
    notice(env, id, 'handoff_failed', 'Nobody is here at the moment. Your request waits for whoever comes.'),
  ];
}
