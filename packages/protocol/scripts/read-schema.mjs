// Reads schema/*.schema.json: what stands for itself (definitions), and the catalogues of events, commands and signals.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const files = [
  'primitives',
  'parts',
  'resources',
  'endpoints',
  'events',
  'commands',
  'signals',
  'frames',
  'transports',
];

/** Which union each catalogue's entries make. */
export const catalogues = { events: 'LogEvent', commands: 'Command', signals: 'Signal' };

/** @returns {{ definitions: object, catalogue: { events: object, commands: object, signals: object }, fileOf: object }} */
export function readSchema() {
  const definitions = {};
  const fileOf = {};
  const catalogue = { events: {}, commands: {}, signals: {} };
  for (const file of files) {
    const schema = JSON.parse(readFileSync(`${root}schema/${file}.schema.json`, 'utf8'));
    for (const [name, definition] of Object.entries(schema.definitions)) {
      if (definitions[name] || catalogue[file]?.[name])
        throw new Error(`${file}: "${name}" is defined twice.`);
      if (file in catalogues && !name.endsWith('Envelope')) catalogue[file][name] = definition;
      else {
        definitions[name] = definition;
        fileOf[name] = file;
      }
    }
  }
  return { definitions, catalogue, fileOf };
}
