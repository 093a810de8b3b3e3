// Writes how many browser tests passed and failed, and in which files, to the file named by TEST_COUNTS, for scripts/test.mjs to add up.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

export function countsReporter() {
  return {
    onTestRunFinished({ sessions, testCoverage: _ }) {
      if (!process.env.TEST_COUNTS) return;
      const counts = { passed: 0, failed: 0, skipped: 0 };
      const failures = {};
      for (const session of sessions) {
        const before = counts.failed;
        const count = (suite) => {
          for (const test of suite.tests) {
            if (test.skipped) counts.skipped++;
            else if (test.passed) counts.passed++;
            else counts.failed++;
          }
          suite.suites.forEach(count);
        };
        if (session.testResults) count(session.testResults);
        // A file that could not load runs no test: that is a failure too.
        if (session.errors.length > 0 || (!session.passed && !session.testResults)) counts.failed++;
        const file = relative(process.cwd(), session.testFile);
        if (counts.failed > before) failures[file] = (failures[file] ?? 0) + counts.failed - before;
      }
      writeFileSync(process.env.TEST_COUNTS, JSON.stringify({ ...counts, failures }));
    },
  };
}
