import type { Assignment, Command, Handoff } from '../../generated/types.ts';
import type { Decision, NewEvent } from '../types.ts';
import { accept, notice, profileOf, refuse, said, type Situation } from './outcome.ts';

const closed = (): Decision => refuse('conversation_closed', 'This conversation is closed. Reopen it first.');

/** Asks for people. Control goes to nobody until somebody takes it, so the bot is silent from here on. */
export function requestHandoff(
  command: Command<'handoff.request'>,
  { actor, conversation, env }: Situation,
): Decision {
  const { id, assignment } = conversation;
  if (conversation.status === 'closed') return closed();
  if (assignment.state === 'queued' || assignment.state === 'ringing' || assignment.state === 'assigned')
    return accept([], { handoffId: conversation.handoff?.handoffId });
  if (actor.role === 'bot' && assignment.controlledBy !== actor.id)
    return refuse('not_controller', 'Only the controller can hand over.');
  const handoff: Handoff = {
    handoffId: env.newId('h'),
    state: 'requested',
    reason: command.data.reason ?? 'asked_for_person',
    requestedBy: actor.id,
    requestedAt: env.now(),
  };
  const events: NewEvent[] = [said(id, 'handoff.requested', { handoff })];
  const { context } = command.data;
  if (context && actor.role === 'bot')
    events.push(said(id, 'handoff.context', { handoffId: handoff.handoffId, context }, 'staff'));
  events.push(
    said(id, 'assignment.changed', {
      assignment: { state: 'queued', since: env.now() },
      previous: assignment.controlledBy,
    }),
    notice(env, id, 'handoff_requested', 'A person was asked to join.'),
  );
  return accept(events, { handoffId: handoff.handoffId });
}

/** Takes the request back; the bot, where there is one, has control again. */
export function cancelHandoff({ actor, conversation, env }: Situation): Decision {
  const { id, handoff, assignment } = conversation;
  if (handoff?.state !== 'requested' || (assignment.state !== 'queued' && assignment.state !== 'ringing'))
    return accept([]);
  const events: NewEvent[] = [said(id, 'handoff.cancelled', { handoffId: handoff.handoffId, by: actor.id })];
  if (env.policy.bot) events.push(...toBot(conversation.id, env.policy.bot.id, env.now(), undefined));
  return accept(events);
}

/** Takes control. One agent at a time; taking what one has already changes nothing. */
export function acceptAssignment({ actor, conversation, env }: Situation): Decision {
  const { id, assignment, handoff } = conversation;
  if (conversation.status === 'closed') return closed();
  if (assignment.controlledBy === actor.id) return accept([], { conversationId: id });
  if (assignment.state === 'assigned')
    return refuse('already_controlled', 'Another agent has this conversation. Ask for a transfer.');
  const agent = profileOf(actor);
  const next: Assignment = { state: 'assigned', controlledBy: actor.id, since: env.now() };
  const events: NewEvent[] = [];
  if (handoff?.state === 'requested')
    events.push(said(id, 'handoff.accepted', { handoffId: handoff.handoffId, agent }));
  if (!conversation.participants.some((p) => p.id === actor.id && p.name === actor.name))
    events.push(said(id, 'participant.joined', { participant: agent }));
  events.push(
    said(id, 'assignment.changed', { assignment: next, previous: assignment.controlledBy }),
    notice(env, id, 'agent_joined', `${agent.name ?? 'Somebody'} joined the conversation.`, agent),
  );
  return accept(events, { conversationId: id });
}

/** Declines; the request stays open for others. */
export function declineAssignment(
  command: Command<'assignment.decline'>,
  { actor, conversation, env }: Situation,
): Decision {
  const { id, handoff, assignment } = conversation;
  if (handoff?.state !== 'requested') return accept([]);
  const events: NewEvent[] = [
    said(id, 'handoff.declined', { handoffId: handoff.handoffId, by: actor.id, reason: command.data.reason }),
  ];
  if (assignment.state === 'ringing')
    events.push(said(id, 'assignment.changed', { assignment: { state: 'queued', since: env.now() } }));
  return accept(events);
}

/** Passes control on: to an agent, whom it then rings, or to the queue. A transfer is a handoff with a previous assignee. */
export function transferAssignment(
  command: Command<'assignment.transfer'>,
  { actor, conversation, env }: Situation,
): Decision {
  const { id, assignment } = conversation;
  if (conversation.status === 'closed') return closed();
  if (assignment.controlledBy !== actor.id)
    return refuse('not_controller', 'Only the agent who has the conversation can pass it on.');
  const { toAgentId, note } = command.data;
  const now = env.now();
  const handoff: Handoff = {
    handoffId: env.newId('h'),
    state: 'requested',
    reason: 'transfer',
    requestedBy: actor.id,
    requestedAt: now,
    previousAssignee: actor.id,
  };
  const events: NewEvent[] = [
    said(id, 'handoff.requested', { handoff }),
    said(id, 'assignment.changed', {
      assignment: { state: toAgentId ? 'ringing' : 'queued', since: now },
      previous: actor.id,
    }),
    notice(env, id, 'transferred', 'The conversation is being passed on.', actor),
  ];
  if (note)
    events.push(
      said(
        id,
        'note.added',
        { note: { noteId: env.newId('n'), author: profileOf(actor), text: note, createdAt: now } },
        'staff',
      ),
    );
  return accept(events, { handoffId: handoff.handoffId });
}

const toBot = (id: string, botId: string, now: string, previous: string | undefined): NewEvent[] => [
  said(id, 'assignment.changed', { assignment: { state: 'bot', controlledBy: botId, since: now }, previous }),
];

export function returnToBot({ actor, conversation, env }: Situation): Decision {
  const { bot } = env.policy;
  if (conversation.status === 'closed') return closed();
  if (!bot) return refuse('capability_absent', 'There is no bot here to return the conversation to.');
  if (conversation.assignment.controlledBy !== actor.id)
    return refuse('not_controller', 'Only the agent who has the conversation can give it back.');
  return accept([
    ...toBot(conversation.id, bot.id, env.now(), actor.id),
    notice(env, conversation.id, 'returned_to_bot', 'The assistant has the conversation again.', actor),
  ]);
}

export function addNote(command: Command<'note.add'>, { actor, conversation, env }: Situation): Decision {
  const { text } = command.data;
  const { maxTextLength } = env.policy.limits;
  if (text.trim() === '') return refuse('message_empty', 'The note says nothing. Write something first.');
  if (text.length > maxTextLength)
    return refuse(
      'message_too_long',
      `The note has ${text.length} characters; at most ${maxTextLength} are accepted.`,
    );
  const noteId = env.newId('n');
  return accept(
    [
      said(
        conversation.id,
        'note.added',
        { note: { noteId, author: profileOf(actor), text, createdAt: env.now() } },
        'staff',
      ),
    ],
    { noteId },
  );
}
