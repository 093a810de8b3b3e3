import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { checks } from './checks/index.ts';
import { numbered } from './check.ts';
import { conformanceSuite, isConformant, partsOf, runCheck, selectChecks } from './run-suite.ts';
import { transportNames } from './wire/line.ts';
import { chapterOf, sections, type SectionNumber } from './sections.ts';
import { breakages } from './testing/breakages/index.ts';
import { referenceDriver } from './reference/reference-driver.ts';
import { ReferenceServer } from './reference/reference-server.ts';
import type { Seams } from './reference/seams.ts';
import type { Check } from './check.ts';

const numbers = numbered(checks);
/** What must come is waited for long where it comes, and not so long where it does not. */
const options = { patienceMs: 5_000, quietMs: 80 };
const brief = { ...options, patienceMs: 800 };

async function gradeOf(check: Check, seams: Partial<Seams>, options = brief) {
  const server = await ReferenceServer.start(seams);
  try {
    const target = { url: server.url, driver: referenceDriver(server) };
    const transport = check.needs?.transports?.[0] ?? 'websocket';
    const parts = await partsOf(target, { ...options, transport });
    return await runCheck(check, numbers.get(check) ?? '', parts, options);
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
      const { grade, reason } = await gradeOf(check, {}, options);
      assert.equal(grade, 'pass', reason);
    });
});

describe('a broken server', { concurrency: 4 }, () => {
  for (const { check: id, what, seams } of breakages)
    it(`${id} fails where ${what}`, async () => {
      const check = checks.find((one) => one.id === id);
      assert.ok(check);
      const { grade, reason } = await gradeOf(check, seams());
      assert.equal(grade, 'fail', reason);
      assert.doesNotMatch(reason ?? '', /broke off/);
    });
});

describe('the whole suite', () => {
  for (const transport of transportNames)
    it(`passes strictly on a sound server over ${transport}`, async () => {
      const server = await ReferenceServer.start();
      try {
        const target = { url: server.url, driver: referenceDriver(server) };
        const result = await conformanceSuite(target, { ...options, transport });
        const wrong = result.checks.filter(({ grade }) => grade === 'fail' || grade === 'non-strict');
        assert.deepEqual(wrong, []);
        assert.ok(isConformant(result, true));
        assert.ok(result.counts.pass > checks.length - 12, `${result.counts.pass} passed`);
      } finally {
        await server.close();
      }
    });

  it('is cut down to names, numbers, sections and chapters', () => {
    const idsOf = (only: string[]) => selectChecks({ only }).map(({ check }) => check.id);
    assert.deepEqual(idsOf(['seq-dense']), ['seq-dense']);
    assert.deepEqual(idsOf(['3.2/1']), ['seq-dense']);
    assert.deepEqual(idsOf(['3.2']), ['seq-dense', 'seq-concurrent-writers']);
    assert.ok(idsOf(['3']).length > 10);
    const core = selectChecks({ level: 'core' }).map(({ check }) => check.level);
    assert.deepEqual(new Set(core), new Set(['core']));
  });

  it('says of a backend without people that those checks are unimplemented', async () => {
    const server = await ReferenceServer.start({
      request: ({ url }, sound) => {
        const response = sound();
        if (url.pathname !== '/.well-known/sahay') return response;
        const body = { ...(response.body as object), capabilities: [] };
        return { ...response, body };
      },
    });
    try {
      const { checks: results } = await conformanceSuite(
        { url: server.url },
        { ...options, only: ['5.2', '5.7', '11'] },
      );
      assert.deepEqual(new Set(results.map(({ grade }) => grade)), new Set(['unimplemented']));
    } finally {
      await server.close();
    }
  });

  it('cannot begin where nothing answers', async () => {
    await assert.rejects(
      conformanceSuite({ url: 'http://127.0.0.1:9' }),
      /does not answer.*Start the backend/,
    );
  });
});

describe('the sections', () => {
  it('are those of the specification', async () => {
    const folder = new URL('../../../docs/protocol/', import.meta.url);
    for (const [number, title] of Object.entries(sections)) {
      const { page } = chapterOf(number as SectionNumber);
      const text = await readFile(new URL(page, folder), 'utf8');
      const heading = number.includes('.') ? `## ${number} ${title}` : `# ${number}. ${title}`;
      assert.ok(text.split('\n').includes(heading), `${heading} in ${page}`);
    }
  });
});
