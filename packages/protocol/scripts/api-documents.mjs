// Writes dist/openapi.json and dist/asyncapi.json. Runs after tsc, whose output holds the schema, the codes and the examples.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { emitAsyncApi } from './emit-asyncapi.mjs';
import { emitOpenApi } from './emit-openapi.mjs';
import { root } from './read-schema.mjs';

export const table = JSON.parse(readFileSync(`${root}schema/routes.json`, 'utf8'));

/** Both documents, from the schema, the error codes and the fixtures. */
export function apiDocuments({ schema, problemKinds, fixtures }) {
  const examples = Object.fromEntries(
    fixtures.filter(({ valid }) => valid).map(({ definition, value }) => [definition, value]),
  );
  const parts = { table, bundle: schema, problemKinds, examples };
  return { openapi: emitOpenApi(parts), asyncapi: emitAsyncApi(parts) };
}

if (process.argv[1] === import.meta.filename) {
  const [{ schema }, { problemKinds }, { fixtures }] = await Promise.all(
    ['schema', '.', 'fixtures'].map((folder) => import(`../dist/${folder}/index.js`)),
  );
  mkdirSync(`${root}dist`, { recursive: true });
  for (const [name, document] of Object.entries(apiDocuments({ schema, problemKinds, fixtures })))
    writeFileSync(`${root}dist/${name}.json`, `${JSON.stringify(document, null, 2)}\n`);
}
