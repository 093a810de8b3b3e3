import { commandRoles } from '../generated/catalogue.ts';
import type { ClientFrame, Command, CommandFrame, Problem } from '../generated/types.ts';
import { makeProblem } from '../problem.ts';

/** A command with its place in a lane. */
export type NumberedCommand = Pick<CommandFrame, 'outboxId' | 'n' | 'command'>;

/** What a piece of JSON from a client turned out to be. */
export type ReadFrame =
  | { kind: 'frame'; frame: ClientFrame }
  /** A command with a place in its lane that no rule could ever accept: it is refused there, so that the lane goes on. */
  | { kind: 'malformed command'; command: NumberedCommand; problem: Problem }
  | { kind: 'invalid'; problem: Problem };

type Validate = (value: unknown) => { valid: true; value: ClientFrame } | { valid: false; error: string };

/** Reads what a client sent, once it was parsed. Never throws, however hostile the value is. */
export function readClientFrame(value: unknown, validate: Validate): ReadFrame {
  if (isDeeperThan(value, deepest)) return tooDeep(value);
  const verdict = validate(value);
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

/** Levels of nesting in a frame; no frame of the protocol has half of them. */
const deepest = 64;

/** Looks no deeper than it must, so that no frame can exhaust the stack. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((field) => isDeeperThan(field, levels - 1));
}

/** Nothing further in could read or copy such a value safely: an empty command stands for it in its lane. */
function tooDeep(value: unknown): ReadFrame {
  const detail = `The frame nests deeper than ${deepest} levels. Flatten it.`;
  const command = numberedCommandOf(value);
  if (!command) return { kind: 'invalid', problem: makeProblem('invalid_frame', detail) };
  const { type, conversationId } = command.command;
  const standIn = { type, ...(conversationId !== undefined && { conversationId }), data: {} } as Command;
  return {
    kind: 'malformed command',
    command: { ...command, command: standIn },
    problem: makeProblem('invalid_command', detail),
  };
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
