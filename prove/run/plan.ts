import { isFault, type FaultName } from '../faults/fault-names.ts';

/** What a run does, and when it is enough. */
export interface Plan {
  seed: number;
  messages: number;
  kills: number;
  connectionFaults: number;
  /** The run ends after this long; what was not reached by then is not shown. */
  mostSeconds: number;
  /** It goes on for so long even when all is done: the numbers are floors then. 0 in runs that end with the last of them. */
  leastSeconds: number;
  visitors: number;
  messagesPerVisitor: number;
  timeSpeed: number;
  /** How often things happen to tabs; 1 in the usual run. */
  mishaps: number;
  /** The server's clock is set at one kill in so many. */
  clockJumpOneIn: number;
  /** How long the views of a conversation may take to agree once nobody writes any more, in seconds. */
  restSeconds: number;
  workers: number;
  /** Keeps the folder with the database and the history's findings. */
  keep: boolean;
  fault?: FaultName | undefined;
}

const base = {
  visitors: 32,
  messagesPerVisitor: 400,
  timeSpeed: 5,
  mishaps: 1,
  clockJumpOneIn: 5,
  restSeconds: 60,
  workers: 2,
  keep: false,
  leastSeconds: 0,
};

/** Runs by name. */
export const plans = {
  /** Within ten minutes, the part with strace after it included. */
  usual: { ...base, messages: 250_000, kills: 100, connectionFaults: 3_000, mostSeconds: 490 },
  /** Within 45 minutes. */
  full: { ...base, messages: 1_000_000, kills: 500, connectionFaults: 10_000, mostSeconds: 2_640 },
} satisfies Record<string, Omit<Plan, 'seed'>>;

/** A shorter run: so many seconds, and as much of everything as fits into them. */
export function shortPlan(seconds: number): Omit<Plan, 'seed'> {
  return {
    ...base,
    visitors: 24,
    messagesPerVisitor: 150,
    // Floors that a busy machine reaches too.
    messages: seconds * 10,
    kills: Math.max(2, Math.round(seconds / 8)),
    connectionFaults: seconds,
    leastSeconds: seconds,
    // A busy machine may take longer to reach the floors.
    mostSeconds: seconds * 5,
  };
}

/** A run with a fault planted in it, or without one, to see that what finds faults finds none: short, and rough. */
export function mutantPlan(fault: FaultName | undefined, seed: number, seconds: number): Plan {
  return {
    ...shortPlan(seconds),
    kills: Math.max(3, Math.round(seconds / 3)),
    connectionFaults: seconds * 8,
    mishaps: 3,
    clockJumpOneIn: 1,
    // Views that a fault has parted never agree.
    restSeconds: fault ? 8 : 60,
    seed,
    fault,
  };
}

/** What the command line says. */
export interface Arguments {
  plan: Plan;
  mutants: boolean;
  /** Whether the part with strace runs: after the usual runs, or alone. */
  durability: 'after' | 'alone' | 'no';
}

export const usage = `npm run prove:delivery -- [--full] [--seconds N] [--seed N] [--visitors N] [--mutants] [--durability] [--fault NAME] [--keep]`;

/** @throws Error that says what is wrong with the arguments */
export function readArguments(argv: readonly string[]): Arguments {
  const numbers: Record<string, number> = {};
  let [full, mutants, keep, durability] = [false, false, false, false];
  let fault: FaultName | undefined;
  for (let i = 0; i < argv.length; i++) {
    const flag = argv[i] ?? '';
    if (flag === '--full') full = true;
    else if (flag === '--mutants') mutants = true;
    else if (flag === '--keep') keep = true;
    else if (flag === '--durability') durability = true;
    else if (flag === '--fault') fault = faultOf(argv[++i] ?? '');
    else if (['--seed', '--seconds', '--visitors'].includes(flag)) {
      const value = Number(argv[++i]);
      if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${flag} needs a whole number above 0.`);
      numbers[flag] = value;
    } else throw new Error(`${flag} is not known. Usage: ${usage}`);
  }
  const seconds = numbers['--seconds'];
  const chosen = seconds === undefined ? (full ? plans.full : plans.usual) : shortPlan(seconds);
  const seed = numbers['--seed'] ?? Math.floor(Math.random() * 2 ** 31) + 1;
  return {
    mutants,
    durability: durability ? 'alone' : seconds === undefined ? 'after' : 'no',
    plan: { ...chosen, seed, keep, fault, visitors: numbers['--visitors'] ?? chosen.visitors },
  };
}

function faultOf(name: string): FaultName {
  if (!isFault(name))
    throw new Error(`There is no planted fault "${name}". See prove/faults/fault-names.ts.`);
  return name;
}
