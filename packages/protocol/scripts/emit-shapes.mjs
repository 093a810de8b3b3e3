// JSON Schema (the subset this protocol uses) → calls of the small combinators in src/validate/shape.ts.

const nameOf = (ref) => {
  const name = ref.split('/').pop();
  return name === 'Event' ? 'LogEvent' : name;
};
const known = new Set([
  '$ref',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'oneOf',
  'not',
  'pattern',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'description',
  'x-discriminator',
  'x-stream',
  'x-audience',
  'x-lane',
  'x-roles',
  'x-direction',
]);

export function emitShapes({ header, definitions, catalogue }) {
  const used = new Set();
  const use = (combinator, ...args) => {
    used.add(combinator);
    return `/* @__PURE__ */ ${combinator}(${args.filter((a) => a !== undefined).join(', ')})`;
  };

  function shapeOf(node) {
    for (const keyword of Object.keys(node))
      if (!known.has(keyword)) throw new Error(`The generator does not know the keyword "${keyword}".`);
    if (node.$ref) return nameOf(node.$ref);
    if (node.const !== undefined) return use('oneOf', JSON.stringify(node.const));
    if (node.enum) return use('oneOf', ...node.enum.map((value) => JSON.stringify(value)));
    if (node.oneOf) return variantOf(node);
    if (Array.isArray(node.type)) return use('types', ...node.type.map((type) => JSON.stringify(type)));
    switch (node.type) {
      case 'string':
        if (node.not) return use('otherThan', ...node.not.enum.map((value) => JSON.stringify(value)));
        return node.pattern
          ? use('matching', `/${node.pattern.replaceAll('/', '\\/')}/u`)
          : use('types', '"string"');
      case 'boolean':
        return use('types', '"boolean"');
      case 'integer':
        return use(
          'integer',
          node.minimum ?? (node.maximum === undefined ? undefined : '-Infinity'),
          node.maximum,
        );
      case 'number':
        return use(
          'number',
          node.minimum ?? (node.maximum === undefined ? undefined : '-Infinity'),
          node.maximum,
        );
      case 'array':
        return use(
          'arrayOf',
          shapeOf(node.items),
          node.maxItems ?? (node.minItems ? 'Infinity' : undefined),
          node.minItems,
        );
      case 'object':
        if (node.additionalProperties) return use('recordOf', shapeOf(node.additionalProperties));
        return objectOf(node);
      default:
        throw new Error(`The generator cannot express ${JSON.stringify(node)}.`);
    }
  }

  function objectOf(node) {
    const required = new Set(node.required);
    for (const name of required)
      if (!node.properties?.[name])
        throw new Error(`"${name}" is required, but not described among the properties.`);
    const fields = (wanted) => {
      const entries = Object.entries(node.properties ?? {}).filter(([name]) => required.has(name) === wanted);
      return entries.length
        ? `{ ${entries.map(([name, field]) => `${JSON.stringify(name)}: ${shapeOf(field)}`).join(', ')} }`
        : undefined;
    };
    const optional = fields(false);
    return use('object', fields(true) ?? (optional ? '{}' : undefined), optional);
  }

  function variantOf(node) {
    const by = node['x-discriminator'] ?? 'type';
    const cases = [];
    let other;
    for (const { $ref } of node.oneOf) {
      const name = nameOf($ref);
      const tag = definitions[name].properties[by].const;
      if (tag === undefined) other = name;
      else cases.push(`${JSON.stringify(tag)}: ${name}`);
    }
    return use('variant', JSON.stringify(by), `{ ${cases.join(', ')} }`, other);
  }

  const lines = [];
  const done = new Set();
  const referenced = (node, out = new Set()) => {
    if (Array.isArray(node)) node.forEach((one) => referenced(one, out));
    else if (node && typeof node === 'object')
      for (const [key, value] of Object.entries(node)) {
        if (key === '$ref') out.add(nameOf(value));
        else referenced(value, out);
      }
    return out;
  };
  const emit = (name) => {
    if (done.has(name)) return;
    done.add(name);
    const group = { LogEvent: 'events', Command: 'commands', Signal: 'signals' }[name];
    if (group) return emitCatalogue(name, group);
    const node = definitions[name];
    if (!node) throw new Error(`Nothing defines "${name}".`);
    referenced(node).forEach(emit);
    lines.push(`export const ${name}: Shape = ${shapeOf(node)};`);
  };
  const emitCatalogue = (name, group) => {
    const envelope = { events: 'EventEnvelope', commands: 'CommandEnvelope', signals: 'SignalEnvelope' }[
      group
    ];
    emit(envelope);
    for (const node of Object.values(catalogue[group])) referenced(node).forEach(emit);
    const cases = Object.entries(catalogue[group]).map(
      ([type, node]) => `  ${JSON.stringify(type)}: ${shapeOf(node)},\n`,
    );
    lines.push(`export const ${name}: Shape = ${use('catalogued', envelope, `{\n${cases.join('')}}`)};`);
  };
  Object.keys(definitions).forEach(emit);
  ['LogEvent', 'Command', 'Signal'].forEach(emit);
  return `${header}\nimport { ${[...used].sort().join(', ')}, type Shape } from '../validate/shape.ts';\n\n${lines.join('\n')}\n`;
}
