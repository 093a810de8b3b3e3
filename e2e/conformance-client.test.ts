import assert from 'node:assert/strict';
import { it } from 'node:test';
import { clientSuite, reportCheck } from '@sahay/conformance';
import { SahayClientAdapter } from './testing/sahay-client-adapter.ts';

it('@sahay/client keeps every rule for clients, whatever the server does', async () => {
  const { checks } = await clientSuite(() => new SahayClientAdapter());
  const wrong = checks.filter(({ grade }) => grade !== 'pass');
  assert.deepEqual(
    wrong.map((check) => reportCheck(check)),
    [],
  );
});
