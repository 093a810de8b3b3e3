// A node:test reporter that writes, at the end, how many tests passed, failed and were skipped, how long each file took, and in which
// files how many failed, as JSON.
import { relative } from 'node:path';

export default async function* countsReporter(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const seconds = {};
  const failures = {};
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const file = data.file && relative(process.cwd(), data.file);
    if (data.nesting === 0 && file) {
      seconds[file] = (seconds[file] ?? 0) + data.details.duration_ms / 1000;
    }
    if (data.details?.type === 'suite') continue;
    if (data.skip !== undefined || data.todo !== undefined) counts.skipped++;
    else if (type === 'test:pass') counts.passed++;
    else {
      counts.failed++;
      failures[file] = (failures[file] ?? 0) + 1;
    }
  }
  yield JSON.stringify({ ...counts, seconds, failures });
}
