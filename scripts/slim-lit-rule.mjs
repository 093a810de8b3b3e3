// An ESLint rule: what the elements that visitors download must do without, since scripts/slim-lit.mjs cuts it out of Lit. The build checks it once more, in
// text alone; this one reads the templates as Lit does, and says it where it is written.

/** Directives that were tried on what is left of Lit. Another one may ask of its place what is no longer there. */
const tried = new Set(['guard', 'if-defined', 'keyed', 'live', 'repeat']);
const cutOptions = new Set(['converter', 'hasChanged', 'useDefault', 'noAccessor']);
const cutSteps = new Set(['shouldUpdate', 'scheduleUpdate', 'getUpdateComplete']);
const rawText = /^(?:script|style|textarea|title)$/i;

/**
 * Where in its HTML a template's value stands: `text` is all that comes before it.
 *
 * @returns Why it cannot stand there, if it cannot.
 */
export function misplaced(text) {
  if (text.lastIndexOf('<!--') > text.lastIndexOf('-->')) return 'a comment';
  // Quotes may hold a bracket: only what is outside of them opens and closes a tag.
  let tag;
  for (const [all, name] of text.matchAll(/<(\/?[a-zA-Z][^\s>/]*)(?:"[^"]*"|'[^']*'|[^'">])*(>?)/g))
    tag = { all, name };
  if (!tag) return undefined;
  if (!tag.all.endsWith('>')) {
    const inside = tag.all.replace(/\s[^\s=]+=(?:"[^"]*"|'[^']*')/g, '');
    return /=\s*(?:"[^"]*|'[^']*|[^\s"'=]*)$/.test(inside) ? undefined : "an element's own tag";
  }
  return rawText.test(tag.name) ? `the raw text of <${tag.name}>` : undefined;
}

const messages = {
  place:
    'A value stands in {{place}}: visitors get a Lit that knows values in text, attributes, properties and listeners alone.',
  comment: 'A comment in a template: visitors get a Lit that does not read comments. Put it into the code.',
  tag: 'A template of {{tag}}: visitors get a Lit that only knows html.',
  directive:
    '{{name}} was not tried with the Lit that visitors get. Look at scripts/slim-lit.mjs first, then add it to "tried".',
  option: '"{{name}}" of a property: visitors get a Lit without it.',
  json: 'An attribute of JSON: visitors get a Lit without those. Use a property.',
  step: '{{name}}() is not called in the Lit that visitors get.',
  listener: 'A listener that is an object: visitors get a Lit that only takes functions.',
};

const nameOf = ({ key }) => key?.name ?? key?.value;

/** What a template has that cannot be. */
function* problemsOf({ quasis, expressions }) {
  let text = '';
  for (const [index, quasi] of quasis.entries()) {
    text += quasi.value.cooked ?? '';
    const value = expressions[index];
    if (!value) break;
    const place = misplaced(text);
    if (place) yield { node: value, messageId: 'place', data: { place } };
    if (/@[\w-]+=["']?$/.test(text) && value.type === 'ObjectExpression')
      yield { node: value, messageId: 'listener' };
    // What a value brings is no markup of this template.
    text += 'x';
  }
}

export const slimLitRule = {
  meta: { type: 'problem', schema: [], messages },
  create: (context) => ({
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.name === 'svg' || tag.name === 'mathml')
        return context.report({ node: tag, messageId: 'tag', data: { tag: tag.name } });
      if (tag.name !== 'html') return undefined;
      for (const part of quasi.quasis)
        if (part.value.raw.includes('<!--')) context.report({ node: part, messageId: 'comment' });
      for (const problem of problemsOf(quasi)) context.report(problem);
      return undefined;
    },
    ImportDeclaration({ source }) {
      const name = /^lit(?:-html)?\/directives\/(.+)\.js$/.exec(source.value)?.[1];
      if (name && !tried.has(name)) context.report({ node: source, messageId: 'directive', data: { name } });
    },
    // In `@property({ … })`, and in `static properties = { name: { … } }`.
    'Decorator > CallExpression > ObjectExpression > Property, PropertyDefinition[static=true][key.name="properties"] > ObjectExpression > Property > ObjectExpression > Property'(
      node,
    ) {
      const name = nameOf(node);
      if (cutOptions.has(name)) context.report({ node, messageId: 'option', data: { name } });
      if (name === 'type' && /^(?:Object|Array)$/.test(node.value.name))
        context.report({ node, messageId: 'json' });
    },
    MethodDefinition(node) {
      const name = nameOf(node);
      if (cutSteps.has(name)) context.report({ node, messageId: 'step', data: { name } });
    },
  }),
};
