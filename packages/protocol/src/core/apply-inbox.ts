import type { AgentPresence, InboxEntry, InboxSnapshot } from '../generated/types.ts';
import { bounds } from './bounds.ts';
import type { Fact } from './apply-conversation.ts';
import { upserted } from './upserted.ts';

/** What the inbox shows, without its cursor. */
export type InboxState = Omit<InboxSnapshot, 'asOf' | 'kind'>;

/** An inbox of which nothing is known yet. */
export const emptyInboxState: InboxState = { entries: [], agents: [] };

/** Folds one event of the inbox stream. Pure. */
export function applyToInbox(state: InboxState, event: Fact): InboxState {
  switch (event.type) {
    case 'inbox.changed':
      return { ...state, entries: withEntry(state.entries, event.data.entry) };
    case 'agent.status_changed':
      return {
        ...state,
        agents: upserted<AgentPresence>(state.agents, event.data.presence, (p) => p.agent.id),
      };
    default:
      return state;
  }
}

/** Open conversations stay; of the closed ones, those whose entry came first go first. */
function withEntry(list: InboxEntry[], entry: InboxEntry): InboxEntry[] {
  const entries = upserted(list, entry, (e) => e.conversationId);
  if (entry.status === 'open') return entries;
  const excess = entries.filter((e) => e.status === 'closed').length - bounds.closedEntries;
  if (excess <= 0) return entries;
  const oldest = entries.findIndex((e) => e.status === 'closed' && e.conversationId !== entry.conversationId);
  return entries.toSpliced(oldest, 1);
}
