// Writes docs/protocol/catalogue.md from the schema and the tables of codes; with --check it only says whether the file
// is fresh.
import { readFileSync, writeFileSync } from 'node:fs';
import { closeCodes } from '../src/close-codes.ts';
import { problemKinds } from '../src/problem.ts';
import { readSchema, root } from './read-schema.mjs';

const file = `${root}../../docs/protocol/catalogue.md`;
const { definitions, catalogue, fileOf } = readSchema();

const nameOf = (ref) =>
  ref
    .split('/')
    .pop()
    .replace(/^Event$/, 'LogEvent');
const code = (text) => `\`${text}\``;
const row = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

function typeOf(node) {
  if (node.$ref) return nameOf(node.$ref);
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (node.oneOf) return node.oneOf.map(typeOf).join(' | ');
  if (Array.isArray(node.type)) return node.type.join(' | ');
  if (node.type === 'array') return listOf(node);
  if (node.type === 'object') {
    if (node.additionalProperties) return `{ [name]: ${typeOf(node.additionalProperties)} }`;
    return node.properties ? `{ ${fieldsOf(node).join(', ')} }` : 'object';
  }
  return `${node.type}${rangeOf(node)}`;
}

function listOf(node) {
  const item = typeOf(node.items);
  const least = node.minItems ? `, at least ${node.minItems}` : '';
  const most = node.maxItems ? `, at most ${node.maxItems}` : '';
  return `${/[ |]/.test(item) ? `(${item})` : item}[]${least}${most}`;
}

function rangeOf({ minimum, maximum }) {
  if (maximum === Number.MAX_SAFE_INTEGER) return ` from ${minimum}`;
  if (minimum !== undefined && maximum !== undefined) return ` ${minimum}..${maximum}`;
  return minimum === undefined ? '' : ` from ${minimum}`;
}

const fieldsOf = (node) =>
  Object.entries(node.properties ?? {}).map(
    ([name, field]) => `${name}${node.required?.includes(name) ? '' : '?'}: ${typeOf(field)}`,
  );

const fields = (node, except = []) =>
  fieldsOf(node)
    .filter((field) => !except.some((name) => field.startsWith(`${name}:`)))
    .map(code)
    .join('<br>') || '–';

const events = (stream) =>
  table(
    ['event', 'who reads it', 'data', 'meaning'],
    Object.entries(catalogue.events)
      .filter(([, node]) => node['x-stream'] === stream)
      .map(([type, node]) => [
        code(type),
        node['x-audience'] === 'staff' ? 'staff' : 'all',
        fields(node),
        node.description,
      ]),
  );

const commands = table(
  ['command', 'lane', 'by', 'data', 'meaning'],
  Object.entries(catalogue.commands).map(([type, node]) => [
    code(type),
    node['x-lane'],
    node['x-roles'].join(', '),
    fields(node),
    node.description,
  ]),
);

const signals = table(
  ['signal', 'sent by', 'data', 'meaning'],
  Object.entries(catalogue.signals).map(([type, node]) => [
    code(type),
    node['x-direction'] === 'server' ? 'server' : 'both',
    fields(node),
    node.description,
  ]),
);

const tagged = (union, except) =>
  table(
    ['type', 'fields', 'meaning'],
    definitions[union].oneOf.map(({ $ref }) => {
      const node = definitions[nameOf($ref)];
      const tag = node.properties.type.const;
      return [tag === undefined ? 'any other' : code(tag), fields(node, except), node.description];
    }),
  );

const isShape = (name) =>
  ['primitives', 'parts', 'resources', 'endpoints', 'transports'].includes(fileOf[name]);
const isTagged = (name) => definitions.Part.oneOf.some(({ $ref }) => nameOf($ref) === name);

const shapes = table(
  ['name', 'shape', 'meaning'],
  Object.entries(definitions)
    .filter(([name]) => isShape(name) && !isTagged(name) && name !== 'Part')
    .map(([name, node]) => [
      name,
      node.properties && !node.oneOf ? fields(node) : code(node.pattern ?? typeOf(node)),
      [node.description, ...notes(node)].filter(Boolean).join(' '),
    ]),
);

function notes(node) {
  return Object.entries(node.properties ?? {})
    .filter(([, field]) => field.description)
    .map(([name, field]) => `${code(name)}: ${field.description}`);
}

const errors = table(
  ['code', 'status', 'try again?', 'title'],
  Object.entries(problemKinds).map(([name, { status, retryable, title }]) => [
    code(name),
    status,
    retryable ? 'yes' : 'no',
    title,
  ]),
);

const closes = table(
  ['code', 'reason', 'the client'],
  Object.entries(closeCodes).map(([number, { reason, reaction }]) => [
    number,
    reason,
    { reconnect: 'reconnects', refresh: 'refreshes its token, then reconnects', stop: 'stops' }[reaction],
  ]),
);

const text = `# Catalogue

<!-- Generated from packages/protocol/schema by packages/protocol/scripts/catalogue-docs.mjs. Do not edit. -->

Everything that goes over the wire, by name. A \`?\` marks a field that may be absent. Fields that are not named here are
allowed and ignored. What it all means is in the [specification](./index.md).

<!-- prettier-ignore-start -->

## Events of a conversation

${events('conversation')}

## Events of a user

${events('user')}

## Events of the inbox

${events('inbox')}

## Commands

${commands}

## Signals

${signals}

## Parts

Every part has a \`partId\`, and may carry a \`fallbackText\` for clients that do not know its type.

${tagged('Part', ['partId', 'type', 'fallbackText?'])}

## Frames a client sends

${tagged('ClientFrame', ['type'])}

## Frames a server sends

${tagged('ServerFrame', ['type'])}

The \`result\` of an \`ack\` has ${Object.keys(definitions.CommandResult.properties).map(code).join(', ')}, as far as the command led to
them; \`uploadUrl\`: ${definitions.CommandResult.properties.uploadUrl.description}

## Shapes

${shapes}

## Error codes

${errors}

## Close codes

${closes}

<!-- prettier-ignore-end -->
`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error(
    'docs/protocol/catalogue.md is not what the schema says. Run node packages/protocol/scripts/catalogue-docs.mjs',
  );
  process.exitCode = 1;
}
