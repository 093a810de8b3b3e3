import { guardTable } from '../generated/guard-table.ts';
import type { Discovery, MessagePage, ServerFrame, Session, Welcome } from '../generated/types.ts';

/** What can be looked over. */
export interface Guarded {
  ServerFrame: ServerFrame;
  Discovery: Discovery;
  Welcome: Welcome;
  Session: Session;
  MessagePage: MessagePage;
}

type Field = readonly [name: string, optional: boolean, type: string];

const shapes = /* @__PURE__ */ read(guardTable);
const scalars: Record<string, string> = { '': 'string', '#': 'number' };

/**
 * Looks over what a server says: whether a visitor's client can read it without stumbling. Asks for the fields a client needs
 * and for their coarse types, never for patterns, ranges or words, so it lets through all that `validateServerFrame` and its
 * like do, and more. What only staff get it does not look into.
 *
 * @example follows('ServerFrame', { type: 'pong' }) // true
 */
export function follows<K extends keyof Guarded>(name: K, value: unknown): value is Guarded[K] {
  return fits(value, name === 'ServerFrame' ? 'f/' : name);
}

/** From now on asks as much of what is no plain talk, see `lateShapes`; until then any will do. */
export function askOf(table: string): void {
  for (const [name, fields] of read(table)) shapes.set(name, fields);
}

function fits(value: unknown, type: string): boolean {
  const scalar = scalars[type];
  if (scalar) return typeof value === scalar;
  const items = type.slice(1);
  switch (type[0]) {
    case '*':
      return true;
    case '[':
      return Array.isArray(value) && value.every((item) => fits(item, items));
    case '{':
      return isObject(value) && Object.values(value).every((item) => fits(item, items));
    default:
      return isObject(value) && hasShape(value, type);
  }
}

type Data = Record<string, unknown>;

function hasShape(value: Data, name: string): boolean {
  const fields = shapes.get(name) ?? [];
  if (!hasFields(value, fields)) return false;
  const end = name.at(-1);
  if (end !== '/' && end !== '.') return true;
  const more = shapes.get(name + String(value[fields[0]![0]]));
  // What is new within a major version is fine, unless it is a whole frame.
  if (!more) return name !== 'f/';
  return hasFields(end === '.' ? (value['data'] as Data) : value, more);
}

function hasFields(value: Data, fields: readonly Field[]): boolean {
  return fields.every(
    ([name, optional, type]) => (optional && value[name] === undefined) || fits(value[name], type),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function read(table: string): Map<string, Field[]> {
  return new Map(
    table.split('\n').map((line) => {
      const [name = '', ...fields] = line.split(' ');
      return [
        name,
        fields.map((field): Field => {
          const [key = '', type = ''] = field.split(':');
          return [key.replace('?', ''), key.endsWith('?'), type];
        }),
      ];
    }),
  );
}
