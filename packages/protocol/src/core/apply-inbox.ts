import type { AgentPresence, InboxEntry, InboxSnapshot } from '../generated/types.ts';
import type { Fact } from './apply-conversation.ts';

/** What the inbox shows, without its cursor. */
export type InboxState = Omit<InboxSnapshot, 'asOf' | 'kind'>;

/** An inbox of which nothing is known yet. */
export const emptyInboxState: InboxState = { entries: [], agents: [] };

/** Folds one event of the inbox stream. Pure. */
export function applyToInbox(state: InboxState, event: Fact): InboxState {
  switch (event.type) {
    case 'inbox.changed':
      return {
        ...state,
        entries: replaced<InboxEntry>(state.entries, event.data.entry, (e) => e.conversationId),
      };
    case 'agent.status_changed':
      return {
        ...state,
        agents: replaced<AgentPresence>(state.agents, event.data.presence, (p) => p.agent.id),
      };
    default:
      return state;
  }
}

function replaced<T>(list: T[], item: T, key: (item: T) => string): T[] {
  const index = list.findIndex((one) => key(one) === key(item));
  return index < 0 ? [...list, item] : list.with(index, item);
}
