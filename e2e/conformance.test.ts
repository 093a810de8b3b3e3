// SAHAY_CONFORMANCE_KILL=1 kills the server (SIGKILL) after each check as well, and starts it again.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conformanceSuite, isConformant, reportCheck, transportNames } from '@sahay/conformance';
import { ConformanceTarget } from './testing/conformance-target.ts';

const crashAfterEach = process.env['SAHAY_CONFORMANCE_KILL'] === '1';

// Most of what a check does is wait; each transport has a server of its own, so they wait side by side.
describe(
  `the reference server${crashAfterEach ? ', killed after each check,' : ''}`,
  { concurrency: true },
  () => {
    for (const transport of transportNames)
      it(`conforms to the protocol strictly over ${transport}`, async (t) => {
        const server = await ConformanceTarget.start();
        t.after(() => server.dispose());
        const result = await conformanceSuite(server.target, { transport, crashAfterEach });
        const wrong = result.checks.filter(({ grade }) => grade === 'fail' || grade === 'non-strict');
        assert.deepEqual(
          wrong.map((check) => reportCheck(check)),
          [],
        );
        assert.ok(isConformant(result, true));
        const unimplemented = result.checks.filter(
          ({ grade, reason }) => grade === 'unimplemented' && !reason?.startsWith('says nothing about'),
        );
        assert.deepEqual(
          unimplemented.map(({ id, reason }) => `${id}: ${reason}`),
          [],
        );
        if (process.env['SAHAY_CONFORMANCE_TIMES'])
          for (const { id, durationMs } of result.checks
            .toSorted((a, b) => b.durationMs - a.durationMs)
            .slice(0, 15))
            t.diagnostic(`${id}: ${durationMs} ms`);
      });
  },
);
