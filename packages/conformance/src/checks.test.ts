import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checks } from './checks/index.ts';
import { numbered } from './check.ts';
import { partsOf, runCheck } from './run-suite.ts';
import { breakages } from './testing/breakages/index.ts';
import { referenceDriver } from './testing/reference-driver.ts';
import { ReferenceServer } from './testing/reference-server.ts';
import type { Seams } from './testing/seams.ts';
import type { Check } from './check.ts';

const numbers = numbered(checks);
const options = { patienceMs: 800, quietMs: 80 };

async function gradeOf(check: Check, seams: Partial<Seams>) {
  const server = await ReferenceServer.start(seams);
  try {
    const target = { url: server.url, driver: referenceDriver(server) };
    return await runCheck(check, numbers.get(check) ?? '', await partsOf(target, options), options);
  } finally {
    await server.close();
  }
}

describe('every check', () => {
  it('has a name of its own and a breakage', () => {
    const names = checks.map(({ id }) => id);
    assert.equal(new Set(names).size, names.length);
    const broken = new Set(breakages.map(({ check }) => check));
    assert.deepEqual(
      names.filter((name) => !broken.has(name)),
      [],
    );
    assert.deepEqual(
      [...broken].filter((name) => !names.includes(name)),
      [],
    );
  });

  for (const check of checks)
    it(`${check.id} passes on a sound server`, async () => {
      const { grade, reason } = await gradeOf(check, {});
      assert.equal(grade, 'pass', reason);
    });

  for (const { check: id, what, seams } of breakages)
    it(`${id} fails where ${what}`, async () => {
      const check = checks.find((one) => one.id === id);
      assert.ok(check);
      const { grade, reason } = await gradeOf(check, seams());
      assert.equal(grade, 'fail', reason);
      assert.doesNotMatch(reason ?? '', /broke off/);
    });
});
