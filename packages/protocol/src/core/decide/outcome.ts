import { makeProblem, type ProblemExtras } from '../../problem.ts';
import type {
  CommandResult,
  Conversation,
  ErrorCode,
  EventDataMap,
  EventType,
  Handoff,
  Message,
  NoticePart,
  Participant,
} from '../../generated/types.ts';
import type { Actor, ConversationView, Decision, Environment, EventTarget, NewEvent } from '../types.ts';

/** All that a rule needs to decide about a command in an existing conversation. */
export interface Situation {
  actor: Actor;
  view: ConversationView;
  conversation: Conversation;
  env: Environment;
}

export const refuse = (code: ErrorCode, detail: string, extras?: ProblemExtras): Decision => ({
  problem: makeProblem(code, detail, extras),
});

export const accept = (events: NewEvent[], result: CommandResult = {}): Decision => ({ events, result });

/** An event of a conversation's stream, for everybody in it unless it is for staff alone. */
export function said<T extends EventType>(
  conversationId: string,
  type: T,
  data: EventDataMap[T],
  audience: 'public' | 'staff' = 'public',
): NewEvent {
  return { type, target: { kind: 'conversation', id: conversationId, audience }, data } as NewEvent;
}

/** An event of a user's stream. */
export function told<T extends EventType>(userId: string, type: T, data: EventDataMap[T]): NewEvent {
  const target: EventTarget = { kind: 'user', id: userId };
  return { type, target, data } as NewEvent;
}

/** The participant as others see it: without what only the token said. */
export function profileOf({ id, role, name, avatarUrl }: Participant): Participant {
  return { id, role, ...(name && { name }), ...(avatarUrl && { avatarUrl }) };
}

/** A line in the transcript that says what happened. */
export function notice(
  env: Environment,
  conversationId: string,
  kind: string,
  fallbackText: string,
  participant?: Participant,
): NewEvent {
  const part: NoticePart = {
    partId: 'notice',
    type: 'notice',
    kind,
    fallbackText,
    ...(participant && { participant: profileOf(participant) }),
  };
  const message: Message = {
    id: env.newId('m'),
    conversationId,
    author: { id: 'system', role: 'system' },
    status: 'complete',
    parts: [part],
    createdAt: env.now(),
  };
  return said(conversationId, 'message.created', { message });
}

/** That somebody takes part from now on, unless all know it. */
export function joined({ id, participants }: Conversation, actor: Actor): NewEvent[] {
  const participant = profileOf(actor);
  const known = participants.some((p) => p.id === participant.id && p.name === participant.name);
  return known ? [] : [said(id, 'participant.joined', { participant })];
}

export const isStaff = (actor: Actor): boolean => actor.role === 'agent' || actor.role === 'system';

/** Whether somebody may still meet a request: also one that failed, since who asked is in the queue all the same. */
export const isWanted = (handoff: Handoff | undefined): handoff is Handoff =>
  handoff?.state === 'requested' || handoff?.state === 'failed';
