import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SmallClient } from '../testing/small-client.ts';
import { clientSuite, runClientCheck, selectClientChecks } from './client-suite.ts';

const options = { patienceMs: 1_000 };

describe('the suite for clients', () => {
  it('passes a sound client', async () => {
    const { checks } = await clientSuite(() => new SmallClient(), { patienceMs: 5_000 });
    const wrong = checks.filter(({ grade }) => grade !== 'pass');
    assert.deepEqual(
      wrong.map(({ id, reason }) => `${id}: ${reason}`),
      [],
    );
  });

  it('numbers its checks by section, apart from those of backends', () => {
    const numbers = selectClientChecks().map(({ number }) => number);
    assert.equal(new Set(numbers).size, numbers.length);
    assert.ok(numbers.every((number) => /^\d+\.\d+\/c\d+$/.test(number)));
    assert.deepEqual(
      selectClientChecks({ only: ['2.7'] }).map(({ check }) => check.id),
      ['client-unknown-part'],
    );
  });
});

describe('a check for clients', { concurrency: 4 }, () => {
  for (const { check, number } of selectClientChecks())
    it(`${check.id} fails a client that breaks its rule`, async () => {
      const { grade, reason } = await runClientCheck(check, number, () => new SmallClient(check.id), options);
      assert.equal(grade, 'fail');
      assert.doesNotMatch(reason ?? '', /broke off/);
    });
});
