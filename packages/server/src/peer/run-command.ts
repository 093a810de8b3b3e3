import { laneOf, type Problem } from '@sahay/protocol';
import type { Actor } from '@sahay/protocol/core';
import type { CommandOptions } from '../context.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { NumberedCommand, Reply } from '../storage/store.ts';
import { limitOf } from './limit-of.ts';
import type { PeerParts } from './peer.ts';

/**
 * Runs a command within its sender's rate.
 *
 * @throws whatever went wrong here and is no refusal
 */
export async function runCommand(
  { commandRate, agentCommandRate, context }: PeerParts,
  actor: Actor,
  numbered: NumberedCommand,
  options: CommandOptions,
): Promise<Reply> {
  const { outboxId, n, command } = numbered;
  const reject = (problem: Problem): Reply => ({
    type: 'reject',
    outboxId,
    n,
    lane: laneOf(command),
    problem: { ...problem, command: { outboxId, n } },
  });
  const limited = limitOf(actor.role === 'agent' ? agentCommandRate : commandRate, actor.id);
  if (limited) return reject(limited);
  try {
    return (await context.commands.execute(actor, numbered, options)).reply;
  } catch (error) {
    if (error instanceof ProblemError) return reject(error.problem);
    throw error;
  }
}
