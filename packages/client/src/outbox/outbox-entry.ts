import type { Command, CommandFrame, Problem } from '@sahay/protocol';
import { SahayError } from '../sahay-error.ts';

/** A command that waits in its lane, as it is stored. */
export interface OutboxEntry {
  readonly lane: string;
  /** Its place in the lane; stays when the command is numbered anew. */
  readonly position: number;
  readonly outboxId: string;
  readonly n: number;
  readonly command: Command;
  /** When it was taken, in ms since 1970. */
  readonly at: number;
  /** Why it was refused for good. A parked entry is not sent; it stays in sight until somebody retries or discards it. */
  readonly problem?: Problem | undefined;
  /** The page that keeps it apart, until the backend has said whose that page is: no other one sends it. */
  readonly page?: string | undefined;
  /** Whose the storage was when that page took it. */
  readonly under?: string | undefined;
}

/** What is stored about a lane. */
export interface LaneRecord {
  readonly outboxId: string;
  /** The number of the next command. */
  readonly next: number;
  readonly nextPosition: number;
  /** Whether the conversation's `conversation.start` was put. */
  readonly started: boolean;
  /** The ids it had before it was numbered anew, latest last. */
  readonly former?: readonly string[] | undefined;
}

/** The key of the message that an entry sends; `undefined` when it sends none. */
export function messageKeyOf({ command }: OutboxEntry): string | undefined {
  return command.type === 'message.send' ? command.data.clientMessageId : undefined;
}

/** The command as it will be on the wire, so that it is the same each time it is sent. */
export function asSent(command: Command): Command {
  try {
    return JSON.parse(JSON.stringify(command)) as Command;
  } catch (cause) {
    throw new SahayError('invalid_command', 'A command has to be plain data.', { cause });
  }
}

/** What is sent of an entry. */
export const frameOf = ({ outboxId, n, command }: OutboxEntry): CommandFrame => ({
  type: 'command',
  outboxId,
  n,
  command,
});

/** The bytes of an entry's frame. */
export const sizeOf = (entry: OutboxEntry): number =>
  new TextEncoder().encode(JSON.stringify(frameOf(entry))).length;
