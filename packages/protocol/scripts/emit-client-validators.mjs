// What a server checks of what clients send, compiled by Ajv ahead of time: compiling takes a tenth of a second and ten megabytes
// in every process that starts.
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';

/** As in `src/validate-ajv`. */
const options = {
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
  keywords: ['x-stream'],
};
const definitions = ['ClientFrame', 'PollRequest', 'Cursor'];

/** Nothing but the rules: what describes them is in no verdict. */
const bare = (node) => {
  if (Array.isArray(node)) return node.map(bare);
  if (node === null || typeof node !== 'object') return node;
  const isProse = (key, value) => ['description', 'title'].includes(key) && typeof value === 'string';
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !isProse(key, value))
      .map(([key, value]) => [key, bare(value)]),
  );
};

export function emitClientValidators({ header, schema }) {
  const ajv = new Ajv({ ...options, code: { source: true, esm: true, lines: true } });
  ajv.addSchema(bare(schema));
  const code = (standalone.default ?? standalone)(
    ajv,
    Object.fromEntries(definitions.map((name) => [`is${name}`, `${schema.$id}#/definitions/${name}`])),
  );
  if (/\brequire\(/.test(code))
    throw new Error('The validators of clients need a module of Ajv at run time; emit it with them.');
  const isUsed = (name) => code.split(new RegExp(`\\b${name}\\b`)).length > 2;
  const needed = code
    .split('\n')
    .filter((line) => !/^const (schema\d+) = /.test(line) || isUsed(/^const (\w+)/.exec(line)[1]));
  return `${header}\n// @ts-nocheck: this is JavaScript that Ajv wrote.\n${needed.join('\n')}\n`;
}
