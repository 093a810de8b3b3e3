// The documents are held to their official parsers, and what they say of a value to what the schema says of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import SwaggerParser from '@apidevtools/swagger-parser';
import { DiagnosticSeverity, Parser } from '@asyncapi/parser';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { apiDocuments, table } from '../scripts/api-documents.mjs';
import { fixtures } from './fixtures/index.ts';
import { schema } from './generated/schema.ts';
import { problemKinds } from './problem.ts';

const { openapi, asyncapi } = apiDocuments({ schema, problemKinds, fixtures });
const copyOf = <T>(value: T): T => structuredClone(value);

/** What the parser holds against a document; hints about style are none. */
async function asyncApiErrors(document: unknown): Promise<string[]> {
  const { diagnostics } = await new Parser().parse(JSON.stringify(document));
  return diagnostics
    .filter(({ severity }) => Number(severity) <= Number(DiagnosticSeverity.Warning))
    .map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const openApiIsValid = async (document: unknown): Promise<boolean> =>
  SwaggerParser.validate(copyOf(document) as never).then(
    () => true,
    (error: unknown) => {
      if (error instanceof SyntaxError || (error as { code?: string }).code === 'EMISSINGPOINTER')
        return false;
      throw error;
    },
  );

test('what is published is what the sources say', () => {
  for (const [name, document] of Object.entries({ openapi, asyncapi }))
    assert.deepEqual(
      JSON.parse(readFileSync(new URL(`../dist/${name}.json`, import.meta.url), 'utf8')),
      document,
      `dist/${name}.json is not fresh. Run npm run build.`,
    );
});

test('the OpenAPI document is valid by its parser, which refuses one that is not', async () => {
  assert.equal(openapi['openapi'], '3.1.0');
  assert.equal(await openApiIsValid(openapi), true);
  const spoil: Record<string, (document: typeof openapi) => unknown> = {
    'no title': (document) => delete document['info'].title,
    'no such place for a parameter': (document) =>
      (document['paths']['/v1/insights'].get.parameters[0].in = 'body'),
    'a response without description': (document) =>
      delete document['paths']['/healthz'].get.responses['200'].description,
    'a misspelt field of an operation': (document) => (document['paths']['/healthz'].get.requestBodies = {}),
    'a reference to nothing': (document) =>
      (document['components'].schemas.Session.properties.participant.$ref = '#/components/schemas/Nobody'),
  };
  for (const [why, change] of Object.entries(spoil)) {
    const document = copyOf(openapi);
    change(document);
    assert.equal(await openApiIsValid(document), false, why);
  }
});

test('that parser does not look into schemas: each is held to the dialect of OpenAPI 3.1 besides', async () => {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    allowUnionTypes: true,
    keywords: ['x-stream'],
  });
  const isSchema = (node: unknown): boolean => ajv.validateSchema(node as never) as boolean;
  const nonsense = copyOf(openapi);
  nonsense['components'].schemas.Session.properties.accessToken.type = 'strnig';
  assert.equal(await openApiIsValid(nonsense), true, 'the parser looks into schemas now; this test may go');
  assert.equal(isSchema(nonsense['components'].schemas.Session), false);
  for (const [name, node] of Object.entries(openapi['components'].schemas))
    assert.ok(isSchema(node), `${name}: ${ajv.errorsText()}`);
});

/** What says hello and ping, and nothing else: the parser takes ten seconds for the whole document. */
function smallAsyncApi(): typeof asyncapi {
  const document = copyOf(asyncapi);
  const parts = document['components'];
  const keep = (held: object, names: readonly string[]): object =>
    Object.fromEntries(Object.entries(held).filter(([name]) => names.includes(name)));
  const names = ['hello', 'welcome', 'problem', 'ping', 'pong'];
  document['operations'] = keep(document['operations'], ['socket.receive.hello', 'socket.receive.ping']);
  document['channels'] = keep(document['channels'], ['socket']);
  document['channels'].socket.messages = keep(document['channels'].socket.messages, names);
  parts.messages = keep(parts.messages, names);
  const schemas = new Set<string>();
  const collect = (node: unknown): void => {
    for (const [, name] of JSON.stringify(node).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (!name || schemas.has(name)) continue;
      schemas.add(name);
      collect(parts.schemas[name]);
    }
  };
  collect(parts.messages);
  parts.schemas = keep(parts.schemas, [...schemas]);
  return document;
}

test('the AsyncAPI document is valid by its parser, which refuses one that is not', async () => {
  assert.deepEqual(await asyncApiErrors(asyncapi), []);
  assert.deepEqual(await asyncApiErrors(smallAsyncApi()), []);
  const spoil: Record<string, (document: typeof asyncapi) => unknown> = {
    'a type that does not exist': (document) =>
      (document['components'].schemas.HelloFrame.properties.token.type = 'strnig'),
    'a payload that is no schema': (document) => (document['components'].messages.hello.payload = 7),
    'a reply on a channel that is not there': (document) =>
      (document['operations']['socket.receive.hello'].reply.channel.$ref = '#/channels/pigeon'),
    'an operation on a channel that is not there': (document) =>
      (document['operations']['socket.receive.ping'].channel.$ref = '#/channels/pigeon'),
  };
  for (const [why, change] of Object.entries(spoil)) {
    const document = smallAsyncApi();
    change(document);
    assert.notDeepEqual(await asyncApiErrors(document), [], why);
  }
});

test('no payload names a schema format: under JSON Schema 2020-12 that parser accepts nonsense', async () => {
  const payloads = Object.values<{ payload: object }>(asyncapi['components'].messages);
  assert.ok(payloads.every(({ payload }) => !('schemaFormat' in payload)));
  const silent = smallAsyncApi();
  silent['components'].messages.hello.payload = {
    schemaFormat: 'application/schema+json;version=2020-12',
    schema: { type: 'strnig', required: 7 },
  };
  delete silent['components'].messages.hello.examples;
  assert.deepEqual(await asyncApiErrors(silent), [], 'the parser reads 2020-12 now; this test may go');
});

test('both documents give every fixture the verdict of the schema', () => {
  const judges: [Ajv | Ajv2020, typeof openapi][] = [
    [new Ajv2020({ strict: false }), openapi],
    [new Ajv({ strict: false }), asyncapi],
  ];
  for (const [ajv, document] of judges) {
    ajv.addSchema({ $id: 'api', components: document['components'] });
    const judged = fixtures.filter(({ definition }) => definition in document['components'].schemas);
    assert.ok(judged.length > 100);
    for (const { name, definition, value, valid } of judged)
      assert.equal(ajv.validate({ $ref: `api#/components/schemas/${definition}` }, value), valid, name);
  }
});

test('every frame type of the schema is a message of the AsyncAPI document, in the direction it travels', () => {
  type Operation = { action: string; messages: Ref[]; reply?: { messages: Ref[] } };
  type Ref = { $ref: string };
  const operations = Object.values(asyncapi['operations'] as Record<string, Operation>);
  const received = operations
    .filter(({ action }) => action === 'receive')
    .flatMap(({ messages }) => messages);
  const sent = operations.flatMap(({ action, messages, reply }) => [
    ...(action === 'send' ? messages : []),
    ...(reply?.messages ?? []),
  ]);
  const typesOf = (refs: Ref[]): Set<string> => new Set(refs.map(({ $ref }) => $ref.split('/').pop()!));
  for (const [union, travelling] of [
    ['ClientFrame', typesOf(received)],
    ['ServerFrame', typesOf(sent)],
  ] as const)
    for (const { name } of fixtures.filter(({ definition, valid }) => definition === union && valid)) {
      const [, type] = /^\w+Frame (\w+)$/.exec(name) ?? [];
      if (type) assert.ok(travelling.has(type), `${type} of ${union} does not travel`);
    }
});

test('every route and channel names a section that the specification has, and stands on its page', () => {
  for (const { section, ...entry } of [...table.routes, ...table.webhooks, ...table.channels]) {
    const page = table.pages[section.split('.')[0]!]!;
    const text = readFileSync(new URL(`../../../docs/protocol/${page}.md`, import.meta.url), 'utf8');
    assert.match(text, new RegExp(`^## ${section.replace('.', '\\.')} `, 'm'), JSON.stringify(entry));
    const name = 'route' in entry ? entry.route : 'address' in entry ? entry.address : entry.webhook;
    const pages = [text, readFileSync(new URL(`../../../docs/protocol/http.md`, import.meta.url), 'utf8')];
    assert.ok(
      pages.some((one) => one.includes(name)),
      `${name} is not on the page of § ${section}`,
    );
  }
});
