// JSON Schema (the subset this protocol uses) → TypeScript.

const nameOf = (ref) => {
  const name = ref.split('/').pop();
  return name === 'Event' ? 'LogEvent' : name;
};
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const doc = (text, indent = '') => (text ? `${indent}/** ${text} */\n` : '');

function typeOf(node, indent) {
  if (node.$ref) return nameOf(node.$ref);
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (node.oneOf) return node.oneOf.map((one) => typeOf(one, indent)).join(' | ');
  if (Array.isArray(node.type)) return node.type.join(' | ');
  switch (node.type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
      return node.type;
    case 'array': {
      const item = typeOf(node.items, indent);
      return /[ |]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
    }
    case 'object':
      return objectOf(node, indent);
    default:
      return 'unknown';
  }
}

function objectOf(node, indent = '') {
  if (node.additionalProperties) return `Record<string, ${typeOf(node.additionalProperties, indent)}>`;
  if (!node.properties) return 'Record<string, unknown>';
  const required = new Set(node.required);
  const inner = `${indent}  `;
  const fields = Object.entries(node.properties).map(([name, field]) => {
    const optional = !required.has(name);
    return `${doc(field.description, inner)}${inner}${key(name)}${optional ? '?' : ''}: ${typeOf(field, inner)}${optional ? ' | undefined' : ''};\n`;
  });
  return `{\n${fields.join('')}${indent}}`;
}

/** A part of a vendor's own, or of a newer version, has a type this version cannot enumerate. */
const otherPart = `export interface OtherPart {
  partId: Id;
  type: \`x-\${string}\`;
  fallbackText: string;
  [field: string]: unknown;
}
`;

export function emitTypes({ header, definitions, catalogue }) {
  let out = `${header}\n\n`;
  for (const [name, node] of Object.entries(definitions)) {
    if (name.endsWith('Envelope')) continue;
    out += doc(node.description);
    if (name === 'OtherPart') out += otherPart;
    else if (node.type === 'object' && node.properties && !node.oneOf)
      out += `export interface ${name} ${objectOf(node)}\n`;
    else out += `export type ${name} = ${typeOf(node, '')};\n`;
    out += '\n';
  }
  const map = (title, description, group) => {
    out += `${doc(description)}export interface ${title} {\n`;
    for (const [type, node] of Object.entries(group))
      out += `${doc(node.description, '  ')}  ${JSON.stringify(type)}: ${objectOf(node, '  ')};\n`;
    out += '}\n\n';
  };
  map('EventDataMap', 'Every event type and its data.', catalogue.events);
  map('CommandDataMap', 'Every command type and its data.', catalogue.commands);
  map('SignalDataMap', 'Every signal type and its data.', catalogue.signals);
  out += `/** The type of an event this version knows. */
export type EventType = keyof EventDataMap;
/** The type of a command this version knows. */
export type CommandType = keyof CommandDataMap;
/** The type of a signal this version knows. */
export type SignalType = keyof SignalDataMap;

/** One event of a stream's log, as it is stored and sent. */
export type LogEvent<T extends EventType = EventType> = {
  [K in T]: { id: Id; type: K; stream: StreamName; epoch: Id; seq: Seq; time: Time; data: EventDataMap[K] };
}[T];
/** A mutation somebody asks for. */
export type Command<T extends CommandType = CommandType> = {
  [K in T]: { type: K; conversationId?: Id | undefined; data: CommandDataMap[K] };
}[T];
/** Something worth saying that may be lost. */
export type Signal<T extends SignalType = SignalType> = { [K in T]: { type: K; data: SignalDataMap[K] } }[T];
`;
  return out;
}
