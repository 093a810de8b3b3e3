import type { Locale } from '@sahay/elements/internal';
import type { AgentPresence, Conversation } from '@sahay/protocol';
import type { ConsoleStrings } from '../locales/console-strings.ts';

/** Who may speak to the visitor, as it concerns one agent. */
export interface Control {
  state: 'mine' | 'bot' | 'waiting' | 'offered' | 'offered-other' | 'other' | 'nobody' | 'closed';
  /** Of the colleague who has it, or is asked to take it. */
  name: string;
}

/**
 * Who has a conversation, seen by the agent `me`.
 *
 * @param agents who else answers: whom it was passed on to need not have been in it yet
 */
export function controlOf(
  { status, assignment, participants }: Conversation,
  me: string | undefined,
  agents: readonly AgentPresence[] = [],
): Control {
  const { state, controlledBy, offeredTo } = assignment;
  const known = [...participants, ...agents.map(({ agent }) => agent)];
  const nameOf = (id: string | undefined) => known.find((one) => one.id === id)?.name ?? '';
  if (status === 'closed') return { state: 'closed', name: '' };
  switch (state) {
    case 'bot':
      return { state: 'bot', name: nameOf(controlledBy) };
    case 'queued':
      return { state: 'waiting', name: '' };
    case 'ringing':
      return offeredTo === me
        ? { state: 'offered', name: '' }
        : { state: 'offered-other', name: nameOf(offeredTo) };
    case 'assigned':
      return controlledBy === me
        ? { state: 'mine', name: nameOf(me) }
        : { state: 'other', name: nameOf(controlledBy) };
    default:
      return { state: 'nobody', name: '' };
  }
}

/** Who has it, in words. */
export function controlWords({ state, name }: Control, words: Locale<ConsoleStrings>): string {
  const { strings } = words;
  const called = name || strings.agent;
  switch (state) {
    case 'mine':
      return strings.stateMine;
    case 'bot':
      return strings.stateBot;
    case 'waiting':
      return strings.stateWaiting;
    case 'offered':
      return strings.stateOffered;
    case 'offered-other':
      return words.text('stateOfferedOther', { name: called });
    case 'other':
      return words.text('stateOther', { name: called });
    case 'closed':
      return strings.stateClosed;
    default:
      return strings.stateNobody;
  }
}

/** Whether a closed conversation may still go on. */
export function isReopenable({ status, reopenableUntil }: Conversation): boolean {
  return status === 'closed' && (!reopenableUntil || Date.parse(reopenableUntil) > Date.now());
}

/**
 * Why the agent cannot write to the visitor; nothing when she can.
 *
 * @param gone whether the colleague who has it is not there
 */
export function whyNotWriting(
  { state, name }: Control,
  conversation: Conversation,
  words: Locale<ConsoleStrings>,
  gone = false,
): string | undefined {
  const { strings } = words;
  switch (state) {
    case 'mine':
      return undefined;
    case 'closed':
      return isReopenable(conversation) ? strings.closedReopen : strings.closedSince;
    case 'bot':
      return strings.botHasIt;
    case 'other':
      return words.text(gone ? 'otherGone' : 'otherHasIt', { name: name || strings.agent });
    default:
      return strings.takeOverFirst;
  }
}
