import { faultNames, faults, type FaultName } from '../faults/fault-names.ts';
import { mutantPlan } from './plan.ts';
import { runDelivery, type Outcome, type Tell } from './run-delivery.ts';

/** How long each short run lasts, in seconds. */
const seconds = 10;
/** A fault may slip through one short run; it may not slip through three. */
const tries = 3;

/**
 * Runs without a fault first, then with each planted fault, and says which check caught it.
 *
 * @returns whether every fault was caught, and nothing was found where there was none
 */
export async function runMutants(
  seed: number,
  say: Tell,
  names: readonly FaultName[] = faultNames,
): Promise<boolean> {
  const control = await runDelivery(mutantPlan(undefined, seed, seconds * 2), () => undefined);
  const caughtNothing = Object.values(control.found).every((count) => count === 0);
  say(row('without a fault', caughtNothing ? 'nothing found' : `FOUND ${findings(control)}`));
  if (!caughtNothing) say(control.details.join('\n'));
  let survivors = 0;
  for (const name of names) {
    const caught = await caughtBy(name, seed);
    if (!caught) survivors++;
    say(row(name, caught ?? 'SURVIVED'));
  }
  say('');
  say(
    survivors === 0 && caughtNothing
      ? `All ${names.length} planted faults were caught, and nothing was found without one (seed ${seed}).`
      : `${survivors} of ${names.length} planted faults survived; without a fault ${caughtNothing ? 'nothing' : 'something'} was found (seed ${seed}).`,
  );
  return survivors === 0 && caughtNothing;
}

async function caughtBy(name: FaultName, seed: number): Promise<string | undefined> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const outcome = await runDelivery(mutantPlan(name, seed + attempt, seconds), () => undefined);
    if (faults[name].caughtBy.some((check) => outcome.found[check] > 0)) return findings(outcome);
  }
  return undefined;
}

/** Which checks found something, the one that found most first. */
function findings({ found }: Outcome): string {
  return Object.entries(found)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([check, count]) => `${check} ${count}`)
    .join(', ');
}

function row(name: string, result: string): string {
  const where = name in faults ? faults[name as FaultName].what : '';
  return `${name.padEnd(28)} ${result}${where ? `\n${' '.repeat(29)}(${where})` : ''}`;
}
