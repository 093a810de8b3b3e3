import { commandLanes } from './generated/catalogue.ts';
import type { Command, Id } from './generated/types.ts';

/** The lane a command belongs to: its conversation's id, or `user`. */
export function laneOf(command: Pick<Command, 'type' | 'conversationId'>): Id {
  return commandLanes[command.type] === 'user' ? 'user' : (command.conversationId ?? 'user');
}
