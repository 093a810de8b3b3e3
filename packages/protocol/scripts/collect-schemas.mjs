// Takes from the bundled schema what some definitions need, under names and references that an API document uses.

const componentOf = (definition) => definition.replace(':', '.');

/**
 * @param bundle the whole protocol as one JSON Schema
 * @param roots the names of the definitions the document refers to
 */
export function collectSchemas(bundle, roots) {
  const schemas = {};
  const collect = (definition) => {
    const name = componentOf(definition);
    if (Object.hasOwn(schemas, name)) return;
    const node = bundle.definitions[definition];
    if (!node) throw new Error(`The schema has no definition "${definition}".`);
    schemas[name] = undefined;
    schemas[name] = rewritten(node);
  };
  const rewritten = (node) => {
    if (Array.isArray(node)) return node.map(rewritten);
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        if (key !== '$ref' || typeof value !== 'string') return [key, rewritten(value)];
        const definition = value.split('/').pop();
        collect(definition);
        return [key, schemaRef(definition).$ref];
      }),
    );
  };
  for (const root of roots) collect(root);
  return schemas;
}

/** A reference to a definition from anywhere in an API document. */
export const schemaRef = (definition) => ({ $ref: `#/components/schemas/${componentOf(definition)}` });
