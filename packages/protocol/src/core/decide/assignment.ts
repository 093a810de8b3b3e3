import type { Assignment, Command, Handoff, Note } from '../../generated/types.ts';
import { isBlank } from '../../is-blank.ts';
import { bounds, cut } from '../bounds.ts';
import type { Actor, Decision, Environment, NewEvent } from '../types.ts';
import { accept, isWanted, joined, notice, profileOf, refuse, said, type Situation } from './outcome.ts';

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
  const waits = assignment.state === 'queued' || assignment.state === 'ringing';
  if (!isWanted(handoff) || !waits) return accept([]);
  const events: NewEvent[] = [said(id, 'handoff.cancelled', { handoffId: handoff.handoffId, by: actor.id })];
  if (env.policy.bot) events.push(...toBot(conversation.id, env.policy.bot.id, env.now(), undefined));
  return accept(events);
}

/**
 * Takes control. One agent at a time; taking what one has already changes nothing. While it rings for one agent,
 * another may take it all the same: that the visitor is answered counts for more than by whom.
 */
export function acceptAssignment({ actor, conversation, env }: Situation): Decision {
  const { id, assignment, handoff } = conversation;
  if (conversation.status === 'closed') return closed();
  if (assignment.controlledBy === actor.id) return accept([], { conversationId: id });
  if (assignment.state === 'assigned')
    return refuse('already_controlled', 'Another agent has this conversation. Ask for a transfer.');
  const agent = profileOf(actor);
  const next: Assignment = { state: 'assigned', controlledBy: actor.id, since: env.now() };
  const events: NewEvent[] = [];
  if (isWanted(handoff)) events.push(said(id, 'handoff.accepted', { handoffId: handoff.handoffId, agent }));
  events.push(...joined(conversation, actor));
  events.push(
    said(id, 'assignment.changed', { assignment: next, previous: assignment.controlledBy }),
    notice(env, id, 'agent_joined', `${agent.name ?? 'Somebody'} joined the conversation.`, agent),
  );
  return accept(events, { conversationId: id });
}

/** Declines; the request stays open for others. Whom it does not ring for cannot stop the ringing. */
export function declineAssignment(
  command: Command<'assignment.decline'>,
  { actor, conversation, env }: Situation,
): Decision {
  const { id, handoff, assignment } = conversation;
  const rings = assignment.state === 'ringing';
  if (handoff?.state !== 'requested' || (rings && assignment.offeredTo !== actor.id)) return accept([]);
  const reason = cut(command.data.reason, bounds.reason);
  const events: NewEvent[] = [
    said(id, 'handoff.declined', { handoffId: handoff.handoffId, by: actor.id, reason }),
  ];
  if (rings)
    events.push(said(id, 'assignment.changed', { assignment: { state: 'queued', since: env.now() } }));
  return accept(events);
}

/** Whom a transfer cannot go to. Which agents there are is not known here; that a visitor is none is. */
function refusalOfTarget(toAgentId: string, { actor, conversation, env }: Situation): Decision | undefined {
  if (toAgentId === actor.id)
    return conversation.assignment.controlledBy === actor.id
      ? refuse('invalid_command', 'You have this conversation already.')
      : undefined;
  const known = conversation.participants.find((participant) => participant.id === toAgentId);
  if (toAgentId === env.policy.bot?.id || known?.role === 'bot')
    return refuse(
      'invalid_command',
      'A transfer goes to an agent. Use assignment.return_to_bot for the bot.',
    );
  if (known && known.role !== 'agent')
    return refuse('invalid_command', `${toAgentId} is no agent. Choose one, or none for the queue.`);
  return undefined;
}

/** Passes control on: to an agent, whom it then rings, or to the queue. A transfer is a handoff with a previous assignee. */
export function transferAssignment(command: Command<'assignment.transfer'>, situation: Situation): Decision {
  const { actor, conversation, env } = situation;
  const { id, assignment } = conversation;
  if (conversation.status === 'closed') return closed();
  const { toAgentId, note } = command.data;
  const takesOver = toAgentId === actor.id && assignment.controlledBy !== actor.id;
  if (assignment.controlledBy !== actor.id && !takesOver)
    return refuse('not_controller', 'Only the agent who has the conversation can pass it on.');
  const wrong = (toAgentId && refusalOfTarget(toAgentId, situation)) || (note && refusalOfNote(note, env));
  if (wrong) return wrong;
  if (takesOver) return takeOver(situation, note);
  const now = env.now();
  const handoff: Handoff = {
    handoffId: env.newId('h'),
    state: 'requested',
    reason: 'transfer',
    requestedBy: actor.id,
    requestedAt: now,
    previousAssignee: actor.id,
  };
  const next: Assignment = toAgentId
    ? { state: 'ringing', offeredTo: toAgentId, since: now }
    : { state: 'queued', since: now };
  const events: NewEvent[] = [
    said(id, 'handoff.requested', { handoff }),
    said(id, 'assignment.changed', { assignment: next, previous: actor.id }),
    notice(env, id, 'transferred', 'The conversation is being passed on.', actor),
  ];
  if (note?.trim()) events.push(noted(id, newNote(note, actor, env)));
  return accept(events, { handoffId: handoff.handoffId });
}

/**
 * Takes a conversation that a colleague has, in so many words: `assignment.accept`, which is for those that nobody has, is
 * refused for it. Whom it is taken from reads so in the assignment's `previous`.
 */
function takeOver(situation: Situation, note: string | undefined): Decision {
  const { actor, conversation, env } = situation;
  const { id, assignment } = conversation;
  if (assignment.state !== 'assigned') return acceptAssignment(situation);
  const agent = profileOf(actor);
  const now = env.now();
  const handoff: Handoff = {
    handoffId: env.newId('h'),
    state: 'requested',
    reason: 'transfer',
    requestedBy: actor.id,
    requestedAt: now,
    ...(assignment.controlledBy && { previousAssignee: assignment.controlledBy }),
  };
  const events: NewEvent[] = [
    said(id, 'handoff.requested', { handoff }),
    said(id, 'handoff.accepted', { handoffId: handoff.handoffId, agent }),
    ...joined(conversation, actor),
    said(id, 'assignment.changed', {
      assignment: { state: 'assigned', controlledBy: actor.id, since: now },
      previous: assignment.controlledBy,
    }),
    notice(env, id, 'agent_joined', `${agent.name ?? 'Somebody'} joined the conversation.`, agent),
  ];
  if (note?.trim()) events.push(noted(id, newNote(note, actor, env)));
  return accept(events, { handoffId: handoff.handoffId });
}

const toBot = (id: string, botId: string, now: string, previous: string | undefined): NewEvent[] => [
  said(id, 'assignment.changed', { assignment: { state: 'bot', controlledBy: botId, since: now }, previous }),
];

/** Gives control back to the bot, by the agent who has it. */
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

const newNote = (text: string, actor: Actor, env: Environment): Note => ({
  noteId: env.newId('n'),
  author: profileOf(actor),
  text,
  createdAt: env.now(),
});

const noted = (id: string, note: Note): NewEvent => said(id, 'note.added', { note }, 'staff');

function refusalOfNote(text: string, { policy }: Environment): Decision | undefined {
  const { maxTextLength } = policy.limits;
  if (text.length <= maxTextLength) return undefined;
  return refuse(
    'message_too_long',
    `The note has ${text.length} characters; at most ${maxTextLength} are accepted. Shorten it.`,
  );
}

/** Writes down what only staff may see; any agent may, in any conversation, also after its close. */
export function addNote(command: Command<'note.add'>, { actor, conversation, env }: Situation): Decision {
  const { text } = command.data;
  if (isBlank(text)) return refuse('message_empty', 'The note says nothing. Write something first.');
  const wrong = refusalOfNote(text, env);
  if (wrong) return wrong;
  const note = newNote(text, actor, env);
  return accept([noted(conversation.id, note)], { noteId: note.noteId });
}
