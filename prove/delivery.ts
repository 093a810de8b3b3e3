// npm run prove:delivery: see docs/delivery.md.
import { runDurability, usualDurability } from './durability/run-durability.ts';
import { readArguments, usage } from './run/plan.ts';
import { printOutcome } from './run/print-outcome.ts';
import { runDelivery } from './run/run-delivery.ts';
import { runMutants } from './run/run-mutants.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return say(usage);
  const { plan, mutants, durability } = readArguments(process.argv.slice(2));
  if (mutants) {
    const isCaught = await runMutants(plan.seed, say, plan.fault && [plan.fault]);
    process.exitCode = isCaught ? 0 : 1;
    return;
  }
  if (durability === 'alone') {
    process.exitCode = (await runDurability(usualDurability, say)) ? 0 : 1;
    return;
  }
  say(
    `Seed ${plan.seed}. ${plan.messages} messages, ${plan.kills} server kills, ${plan.connectionFaults} connection faults, ${plan.leastSeconds > 0 ? `at least, for ${plan.leastSeconds} s` : `at most ${plan.mostSeconds} s`}.`,
  );
  const outcome = await runDelivery(plan, say);
  printOutcome(outcome, say);
  if (plan.keep || !outcome.isProven)
    say(`The folder ${outcome.folder} ${plan.keep ? 'was kept' : 'was removed; --keep keeps it'}.`);
  if (durability === 'after') say('\nDurability:');
  const isDurable = durability === 'no' || (await runDurability(usualDurability, say));
  process.exitCode = outcome.isProven && isDurable ? 0 : 1;
}

await main();
