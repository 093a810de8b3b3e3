// Short runs of what `npm run prove:delivery` does at length; see docs/delivery.md.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faults, type FaultName } from './faults/fault-names.ts';
import { mutantPlan, shortPlan } from './run/plan.ts';
import { printOutcome } from './run/print-outcome.ts';
import { runDelivery, type Outcome } from './run/run-delivery.ts';

const seed = Math.floor(Math.random() * 2 ** 31) + 1;

/** All that is known of a run, for whoever has to find out why it failed. */
function report(outcome: Outcome): string {
  const lines: string[] = [];
  printOutcome(outcome, (line) => lines.push(line));
  return lines.join('\n');
}

describe('a crowd of real clients, whose server is killed and whose connections break', () => {
  it(`loses, doubles and reorders nothing, and sees one and the same (seed ${seed})`, async () => {
    const outcome = await runDelivery({ ...shortPlan(20), seed }, () => undefined);
    assert.ok(outcome.isProven, report(outcome));
  });
});

describe('a planted fault', () => {
  // One of them, to see that the run can fail at all; `--mutants` shows each.
  const name: FaultName = 'double-broadcast';

  it(`is caught: ${name} (seed ${seed})`, async () => {
    const outcome = await runDelivery(mutantPlan(name, seed, 5), () => undefined);
    assert.ok(
      faults[name].caughtBy.some((check) => outcome.found[check] > 0),
      report(outcome),
    );
  });
});
