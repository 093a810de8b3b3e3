// The examples of docs/protocol: traces are what the core really does, and every piece of JSON is what it says it is.
// SAHAY_WRITE_TRACES=1 writes the traces into the pages.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { apiDocuments } from '../scripts/api-documents.mjs';
import { fixtures } from './fixtures/index.ts';
import { schema } from './generated/schema.ts';
import { problemKinds } from './problem.ts';
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

interface Operation {
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
}
const { openapi } = apiDocuments({ schema, problemKinds, fixtures });
const paths = openapi['paths'] as Record<string, Record<string, Operation>>;

/** What is wrong with a body by the schema of a document's content; `undefined` when nothing is. */
function errorIn(
  content: Record<string, { schema: { $ref?: string } }> | undefined,
  type: string,
  body: string,
) {
  const $ref = content?.[type]?.schema.$ref;
  if (!$ref) return `the document has no ${type} here`;
  const verdict = validatorOf($ref.split('/').pop()!)(JSON.parse(body));
  return verdict.valid ? undefined : verdict.error;
}

/** Holds one exchange, as the pages write it, to the OpenAPI document. */
function assertExchange(block: string, where: string): void {
  const [request = '', answer = ''] = block.split('\n\n');
  const [line = '', ...sent] = request.split('\n');
  const [status = '', ...received] = answer.split('\n');
  const [method = '', address = ''] = line.split(' ');
  const path = Object.keys(paths).find((template) =>
    new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(
      address.split('?')[0]!,
    ),
  );
  const operation = path && paths[path]?.[method.toLowerCase()];
  assert.ok(operation, `${where}: ${line} is not in the OpenAPI document`);
  if (sent.length > 0)
    assert.equal(
      errorIn(operation.requestBody?.content, 'application/json', sent.join('\n')),
      undefined,
      where,
    );
  const [code = '', type] = status.split(' ');
  const documented = operation.responses[code];
  assert.ok(documented, `${where}: ${line} is not answered with ${code}`);
  if (type)
    assert.equal(errorIn(documented.content, type, received.join('\n')), undefined, `${where}: ${line}`);
  else assert.equal(documented.content, undefined, where);
}

test('every exchange over HTTP is one of the OpenAPI document', () => {
  const blocks = files.flatMap((file) =>
    [...read(file).matchAll(/^```http\n([\s\S]*?)\n```$/gm)].map(([, block]) => ({ file, block: block! })),
  );
  assert.ok(blocks.length >= 7);
  for (const { file, block } of blocks) assertExchange(block, file);
  assert.throws(
    () => assertExchange('GET /v1/sessions\n\n200 application/json\n{}', 'x'),
    /not in the OpenAPI/,
  );
  assert.throws(
    () => assertExchange('GET /healthz\n\n200 application/json\n{"status":"ill"}', 'x'),
    /status/,
  );
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
