// Generates src/generated/ from schema/*.schema.json: types, the validators of browsers and servers, the bundled schema, the catalogue.
// JSON Schema is the source; nothing under src/generated is committed or edited.
import { mkdirSync, writeFileSync } from 'node:fs';
import { emitClientValidators } from './emit-client-validators.mjs';
import { emitGuard } from './emit-guard.mjs';
import { emitShapes } from './emit-shapes.mjs';
import { emitTypes } from './emit-types.mjs';
import { catalogues, readSchema, root } from './read-schema.mjs';

const { definitions, catalogue } = readSchema();

/** One file, draft-07, with the catalogues spelled out as if/then, so that any validator gives the full verdict. */
function bundle() {
  const out = {};
  const local = (node) => {
    if (Array.isArray(node)) return node.map(local);
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(
      Object.entries(node)
        .filter(([key]) => !key.startsWith('x-') || key === 'x-stream')
        .map(([key, value]) => [key, key === '$ref' ? renamed(value) : local(value)]),
    );
  };
  const renamed = (ref) => {
    const name = ref.split('/').pop();
    return `#/definitions/${name === 'Event' ? 'LogEvent' : name}`;
  };
  for (const [name, definition] of Object.entries(definitions)) out[name] = local(definition);
  for (const [group, union] of Object.entries(catalogues)) {
    const envelope = { events: 'EventEnvelope', commands: 'CommandEnvelope', signals: 'SignalEnvelope' }[
      group
    ];
    for (const [type, definition] of Object.entries(catalogue[group]))
      out[`${group}:${type}`] = local(definition);
    out[union] = {
      allOf: [
        { $ref: `#/definitions/${envelope}` },
        ...Object.keys(catalogue[group]).map((type) => ({
          if: { properties: { type: { const: type } } },
          then: { properties: { data: { $ref: `#/definitions/${group}:${type}` } } },
        })),
      ],
    };
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://sahay.dev/schema/v1/sahay.schema.json',
    title: 'The Sahay protocol, version 1',
    definitions: out,
  };
}

function emitCatalogue() {
  const pick = (group, key) =>
    Object.fromEntries(Object.entries(catalogue[group]).map(([type, d]) => [type, d[`x-${key}`]]));
  return `${header}
import type { CommandType, EventType, Role, SignalType } from './types.ts';

/** Which kind of stream an event type lives in. */
export const eventStreams: Record<EventType, 'conversation' | 'user' | 'inbox'> = ${JSON.stringify(pick('events', 'stream'))} as const;

/** Who may read an event type: everybody in the conversation, or staff alone. */
export const eventAudiences: Record<EventType, 'public' | 'staff'> = ${JSON.stringify(pick('events', 'audience'))} as const;

/** Which lane a command type uses. */
export const commandLanes: Record<CommandType, 'conversation' | 'user' | 'any'> = ${JSON.stringify(pick('commands', 'lane'))} as const;

/** Which roles may give a command. */
export const commandRoles: Record<CommandType, readonly Role[]> = ${JSON.stringify(pick('commands', 'roles'))};

/** Who sends a signal. */
export const signalDirections: Record<SignalType, 'both' | 'server'> = ${JSON.stringify(pick('signals', 'direction'))} as const;
`;
}

const header = '// Generated from schema/*.schema.json by scripts/generate.mjs. Do not edit.';
const out = `${root}src/generated/`;
mkdirSync(out, { recursive: true });
writeFileSync(`${out}types.ts`, emitTypes({ header, definitions, catalogue }));
writeFileSync(`${out}shapes.ts`, emitShapes({ header, definitions, catalogue }));
const guard = emitGuard({ header, definitions, catalogue });
writeFileSync(`${out}guard-table.ts`, guard.first);
writeFileSync(`${out}late-guard-table.ts`, guard.late);
writeFileSync(`${out}catalogue.ts`, emitCatalogue());
const bundled = bundle();
writeFileSync(
  `${out}schema.ts`,
  `${header}\n/** The whole protocol as one JSON Schema (draft-07). */\nexport const schema = ${JSON.stringify(bundled, null, 1)} as const;\n`,
);
writeFileSync(`${out}client-validators.ts`, emitClientValidators({ header, schema: bundled }));
