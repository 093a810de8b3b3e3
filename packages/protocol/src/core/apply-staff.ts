import type { StaffState } from '../generated/types.ts';
import { bounds } from './bounds.ts';
import type { Fact } from './apply-conversation.ts';

/** What staff know of a conversation before anything is known. */
export const emptyStaffState: StaffState = { notes: [], traces: [], context: {} };

/** Folds one staff-only event; keeps the latest notes and traces. Pure. */
export function applyToStaff(state: StaffState, event: Fact): StaffState {
  switch (event.type) {
    case 'note.added':
      return { ...state, notes: [...state.notes, event.data.note].slice(-bounds.notes) };
    case 'answer.traced':
      return { ...state, traces: [...state.traces, event.data.trace].slice(-bounds.traces) };
    case 'context.updated':
      return { ...state, context: event.data.context };
    case 'handoff.context':
      return { ...state, handoffContext: event.data.context };
    default:
      return state;
  }
}
