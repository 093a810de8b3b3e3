// The examples of docs/protocol: traces are what the core really does, and every piece of JSON is what it says it is.
// SAHAY_WRITE_TRACES=1 writes the traces into the pages.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { printTrace } from './testing/traces/print-trace.ts';
import { traces } from './testing/traces/traces.ts';
import { validateClientFrame, validateServerFrame, validatorOf } from './validate-ajv/index.ts';

const folder = new URL('../../../docs/protocol/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'catalogue.md');
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

/** `<!-- trace: a name -->`, and the block behind it. */
const traceBlock = /<!-- trace: ([^>]+) -->\n\n(?:```text\n[\s\S]*?\n```)?/g;
const written = (page: string): string =>
  page.replace(traceBlock, (_, name: string) => {
    const trace = traces[name];
    assert.ok(trace, `There is no trace "${name}".`);
    return `<!-- trace: ${name} -->\n\n\`\`\`text\n${printTrace(trace().lines)}\n\`\`\``;
  });

test('the traces in the specification are what the core does', () => {
  for (const file of files) {
    const page = read(file);
    const fresh = written(page);
    if (process.env['SAHAY_WRITE_TRACES']) writeFileSync(new URL(file, folder), fresh);
    else assert.equal(page, fresh, `${file}: run this test with SAHAY_WRITE_TRACES=1.`);
  }
});

test('every trace is shown somewhere, and none of its frames breaks the schema', () => {
  const shown = files.flatMap((file) => [...read(file).matchAll(traceBlock)].map(([, name]) => name));
  assert.deepEqual(shown.sort(), Object.keys(traces).sort());
  for (const [name, trace] of Object.entries(traces))
    for (const { way, frame } of trace().lines) {
      const json: unknown = JSON.parse(JSON.stringify(frame));
      const verdict = way === '→' ? validateClientFrame(json) : validateServerFrame(json);
      assert.ok(verdict.valid, `${name}, ${frame.type}: ${verdict.valid || verdict.error}`);
    }
});

test('every block of JSON says what it is, and is that', () => {
  let count = 0;
  for (const file of files)
    for (const [, label, block] of read(file).matchAll(
      /(?:<!-- ([\w:.]+) -->\n\n)?```json\n([\s\S]*?)\n```/g,
    )) {
      assert.ok(label, `${file}: a block of JSON without <!-- Definition --> before it: ${block}`);
      const verdict = validatorOf(label)(JSON.parse(block!));
      assert.ok(verdict.valid, `${file}, ${label}: ${verdict.valid || verdict.error}`);
      count++;
    }
  assert.ok(count > 0);
});
