import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientSuite, reportCheck, transportNames } from '@sahay/conformance';
import { SahayClientAdapter } from './testing/sahay-client-adapter.ts';

describe('@sahay/client', { concurrency: true }, () => {
  for (const transport of transportNames)
    it(`keeps every rule for clients over ${transport}, whatever the server does`, async () => {
      const { checks } = await clientSuite(() => new SahayClientAdapter(transport));
      const wrong = checks.filter(({ grade }) => grade !== 'pass');
      assert.deepEqual(
        wrong.map((check) => reportCheck(check)),
        [],
      );
    });
});
