import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { conformanceSuite, isConformant, reportCheck, transportNames } from '@sahay/conformance';
import { ConformanceTarget } from './testing/conformance-target.ts';

describe('the reference server', () => {
  let server: ConformanceTarget;
  before(async () => {
    server = await ConformanceTarget.start();
  });
  after(() => server.dispose());

  for (const transport of transportNames)
    it(`conforms to the protocol strictly over ${transport}`, async () => {
      const result = await conformanceSuite(server.target, { transport });
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
    });
});
