import type { CheckResult, SuiteResult } from '../run-suite.ts';

/** The results as JUnit XML, which build servers read. Unimplemented checks are skipped ones. */
export function junitOf(results: readonly SuiteResult[]): string {
  const suites = results.map((result) => {
    const { checks, counts, durationMs, transport, startedAt } = result;
    const cases = checks.map((check) => caseOf(check)).join('\n');
    return `  <testsuite name="sahay ${transport}" tests="${checks.length}" failures="${counts.fail}" skipped="${counts.unimplemented}" time="${durationMs / 1000}" timestamp="${startedAt}">\n${cases}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function caseOf({
  number,
  id,
  section,
  durationMs,
  grade,
  reason,
  expected,
  came,
  source,
}: CheckResult): string {
  const open = `    <testcase classname="${escaped(`${section.number} ${section.title}`)}" name="${escaped(`${number} ${id}`)}" time="${durationMs / 1000}"`;
  if (grade === 'pass') return `${open}/>`;
  const message = escaped(reason ?? '');
  const inner = {
    fail: `<failure message="${message}">${escaped(`expected ${expected ?? ''}\ncame ${came ?? ''}\n${source}`)}</failure>`,
    unimplemented: `<skipped message="${message}"/>`,
    'non-strict': `<system-out>non-strict: ${message}</system-out>`,
    informational: `<system-out>informational: ${message}</system-out>`,
  }[grade];
  return `${open}>\n      ${inner}\n    </testcase>`;
}

/** Control characters cannot stand in XML at all, not even escaped. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .toWellFormed()
    .replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
}
