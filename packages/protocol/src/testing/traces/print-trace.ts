import type { TraceLine } from './recorder.ts';

const widest = 100;

/** JSON on one line where it fits, else one field a line. */
export function printJson(value: unknown, indent = ''): string {
  const line = spaced(value);
  if (indent.length + line.length <= widest || typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const items = Array.isArray(value)
    ? value.map((item) => printJson(item, inner))
    : Object.entries(value)
        .filter(([, field]) => field !== undefined)
        .map(([key, field]) => `${JSON.stringify(key)}: ${printJson(field, inner)}`);
  return `${open}\n${items.map((item) => `${inner}${item}`).join(',\n')}\n${indent}${close}`;
}

function spaced(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return value.length ? `[${value.map(spaced).join(', ')}]` : '[]';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const written = fields.map(([key, field]) => `${JSON.stringify(key)}: ${spaced(field)}`);
  return fields.length ? `{ ${written.join(', ')} }` : '{}';
}

/** A trace as the specification shows it. The connection is named where there are several. */
export function printTrace(lines: readonly TraceLine[]): string {
  const speakers = new Set(lines.map(({ who }) => who));
  return lines
    .map(({ who, way, frame }) => `${speakers.size > 1 ? `${who} ` : ''}${way} ${printJson(frame)}`)
    .join('\n');
}
