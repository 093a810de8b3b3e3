import { commandRoles, makeProblem, type ClientFrame, type Command, type Problem } from '@sahay/protocol';
import { validateClientFrame } from '@sahay/protocol/validate-ajv';
import type { NumberedCommand } from '../storage/store.ts';

/** What a text frame turned out to be. */
export type ParsedFrame =
  | { kind: 'frame'; frame: ClientFrame }
  /** A command with a place in its lane that no rule could ever accept: it is refused there, so that the lane goes on. */
  | { kind: 'malformed command'; command: NumberedCommand; problem: Problem }
  | { kind: 'invalid'; problem: Problem }
  | { kind: 'not json' };

/** Reads a text frame. Never throws. */
export function parseFrame(text: string): ParsedFrame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'not json' };
  }
  const verdict = validateClientFrame(value);
  if (verdict.valid) return { kind: 'frame', frame: verdict.value };
  const command = numberedCommandOf(value);
  if (!command)
    return {
      kind: 'invalid',
      problem: makeProblem('invalid_frame', `The frame is not valid: ${verdict.error}.`),
    };
  const { type } = command.command;
  const problem = Object.hasOwn(commandRoles, type)
    ? makeProblem('invalid_command', `The command ${type} is not valid: ${verdict.error}.`)
    : makeProblem('unknown_command', `There is no command "${String(type).slice(0, 64)}" in this version.`);
  return { kind: 'malformed command', command, problem };
}

const id = /^[A-Za-z0-9_.-]{1,128}$/;
const isId = (value: unknown): value is string => typeof value === 'string' && id.test(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The outbox, number and lane of what is at least addressed like a command. */
function numberedCommandOf(value: unknown): NumberedCommand | undefined {
  if (!isObject(value) || value['type'] !== 'command') return undefined;
  const { outboxId, n, command } = value;
  if (!isId(outboxId) || !Number.isSafeInteger(n) || (n as number) < 1) return undefined;
  if (!isObject(command) || typeof command['type'] !== 'string') return undefined;
  if (command['conversationId'] !== undefined && !isId(command['conversationId'])) return undefined;
  return { outboxId, n: n as number, command: command as Command };
}
