// A node:test reporter that writes, at the end, how many tests passed, failed and were skipped, and how long each file took, as JSON.
import { relative } from 'node:path';

export default async function* countsReporter(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const seconds = {};
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.nesting === 0 && data.file) {
      const file = relative(process.cwd(), data.file);
      seconds[file] = (seconds[file] ?? 0) + data.details.duration_ms / 1000;
    }
    if (data.details?.type === 'suite') continue;
    if (data.skip !== undefined || data.todo !== undefined) counts.skipped++;
    else if (type === 'test:pass') counts.passed++;
    else counts.failed++;
  }
  yield JSON.stringify({ ...counts, seconds });
}
