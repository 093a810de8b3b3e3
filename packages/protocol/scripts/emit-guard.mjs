// JSON Schema → the table of src/validate/guard.ts: what a client has to be sure of before it looks into what a server says.
//
// One line a shape: its name, then its fields. A field is its name, `?` when it may be absent, `:` and a type when it is no
// string: `#` number, `!` boolean, `*` anything, `%` any object, `[T` array of T, `{T` record of T, else the name of a shape.
// A shape whose name ends in `/` goes on with the shape `<name><tag>`, where its first field holds the tag; one whose name ends
// in `.` asks that of its field `data`. A tag without a shape is fine, unless it is a
// frame's: within a major version there are only additions.

const roots = ['ServerFrame', 'Discovery', 'Welcome', 'Session'];
/** What a client asks for only later. */
const lateRoots = ['MessagePage'];
/** What only staff get is checked with the full validators, which their clients load. */
const unchecked = new Set(['StaffState', 'InboxSnapshot', 'HandoffContext', 'VisitorSettings']);
/** Of these a client only compares words, times and ids: any will do, and none. */
const compared = new Set([
  'Conversation', 'Assignment', 'Handoff', 'Survey', 'ConversationSummary', 'Consent', 'Feedback', 'Queue',
]); // prettier-ignore
/** Scalars that a client reckons with, joins or takes apart; what it shows or compares may be anything. */
const reckoned = new Set([
  'type', 'id', 'text', 'stream', 'seq', 'headSeq', 'index', 'accessToken', 'heartbeatMs',
]); // prettier-ignore
/** Events that change nothing in a visitor's client. */
const unread = [
  'attachment.',
  'handoff.declined',
  'action.',
  'conversation.erased',
  'visitor.',
  'identity.',
  'data.',
];
const scalars = { string: '', integer: '#', number: '#', boolean: '!' };

/** Events that a client folds from the first moment on: `isTalk` of src/core/talk.ts names them too. */
const isTalk = (type) =>
  /^(message\.(created|checkpoint|completed)|conversation\.|participant\.|assignment\.|receipt\.)/.test(type);

/** Signals that say nothing to a client before then: it has no stream that they could go on with. */
const lateSignals = new Set(['message.delta', 'message.replaced']);

export function emitGuard({ header, definitions, catalogue }) {
  const lines = [];
  /** What is asked of the rest, once a client can use it. */
  const late = [];
  /** The shapes without a name of their own, by their fields. */
  const shared = new Map();
  const done = new Set();
  const nameOf = (ref) => ref.split('/').pop();
  const resolved = (node) => (node.$ref && definitions[nameOf(node.$ref)]) || node;

  /** The type of a value, as the table says it. */
  function typeOf(node) {
    const name = node.$ref && nameOf(node.$ref);
    if (name === 'Event') return catalogued('e.', definitions.EventEnvelope, visible(catalogue.events));
    if (name === 'Signal') return catalogued('s.', definitions.SignalEnvelope, catalogue.signals);
    if (unchecked.has(name)) return '%';
    const full = resolved(node);
    if (full.const !== undefined || full.enum) return scalars[typeof (full.const ?? full.enum[0])];
    if (full.oneOf) return variant(full);
    if (Array.isArray(full.type)) return '*';
    if (full.type in scalars) return scalars[full.type];
    if (full.type === 'array') return `[${typeOf(full.items)}`;
    if (full.additionalProperties) return `{${typeOf(full.additionalProperties)}`;
    return shape(fieldsOf(compared.has(name) ? structureOf(full) : full));
  }

  /** Optional scalars are left out: what shows them shows anything. */
  function fieldsOf({ properties = {}, required = [] }, first) {
    return Object.entries(properties)
      .sort(([a], [b]) => Number(b === first) - Number(a === first))
      .flatMap(([name, node]) => {
        const type = typeOf(node);
        const needed = required.includes(name);
        if (isScalar(type) && !(needed && (name === first || reckoned.has(name)))) return [];
        return `${name}${needed ? '' : '?'}${type && `:${type}`}`;
      })
      .join(' ');
  }

  const structureOf = (node) => ({
    ...node,
    properties: only(node.properties ?? {}, (key) => !isScalar(typeOf(node.properties[key]))),
  });

  /** Shapes with the same fields share a line; an object of which nothing is asked needs none. */
  function shape(fields, name) {
    if (name) lines.push(`${name} ${fields}`);
    else if (!fields) return '%';
    else if (!shared.has(fields)) {
      shared.set(fields, shared.size.toString(36));
      lines.push(`${shared.get(fields)} ${fields}`);
    }
    return name ?? shared.get(fields);
  }

  const groups = { Part: 'p/', Snapshot: 'n/', ServerFrame: 'f/' };
  function variant({ oneOf }) {
    const name = Object.keys(groups).find((one) => definitions[one].oneOf === oneOf);
    const group = groups[name];
    if (done.has(group)) return group;
    done.add(group);
    const by = definitions[name]['x-discriminator'] ?? 'type';
    const cases = oneOf.map(({ $ref }) => definitions[nameOf($ref)]);
    const common = Object.keys(cases[0].properties).filter((key) =>
      cases.every(({ required }) => required.includes(key)),
    );
    shape(
      fieldsOf({ ...cases[0], properties: only(cases[0].properties, (key) => common.includes(key)) }, by),
      group,
    );
    for (const [index, one] of cases.entries()) {
      const tag = one.properties[by].const;
      if (tag === undefined || unchecked.has(nameOf(oneOf[index].$ref))) continue;
      const fields = fieldsOf({ ...one, properties: only(one.properties, (key) => !common.includes(key)) });
      if (fields || group === 'f/') shape(fields, group + tag);
    }
    return group;
  }

  function catalogued(group, envelope, entries) {
    if (done.has(group)) return group;
    done.add(group);
    shape(fieldsOf(envelope, 'type'), group);
    for (const [type, node] of Object.entries(entries)) {
      // A client compares what an event says in one word, or looks it up: any word will do, and none.
      const told = group === 'e.' ? structureOf(node) : node;
      const fields = fieldsOf(told);
      if (!fields) continue;
      const isLate = group === 'e.' ? !isTalk(type) : lateSignals.has(type);
      if (isLate) late.push(`${group}${type} ${fields}`);
      else shape(fields, group + type);
    }
    return group;
  }

  for (const root of roots) {
    const { oneOf, ...node } = definitions[root];
    if (oneOf) variant({ oneOf });
    else shape(fieldsOf(node), root);
  }
  for (const root of lateRoots) late.push(`${root} ${fieldsOf(definitions[root])}`);
  const table = (name, shapes) =>
    `${header}\n/** What scripts/emit-guard.mjs says it is. */\nexport const ${name} =\n  \`${shapes.map((line) => line.trim()).join('\n')}\`;\n`;
  return { first: table('guardTable', lines), late: table('lateGuardTable', late) };
}

const isScalar = (type) => Object.values(scalars).includes(type);
const only = (record, wanted) => Object.fromEntries(Object.entries(record).filter(([key]) => wanted(key)));
const visible = (events) =>
  Object.fromEntries(
    Object.entries(events).filter(
      ([type, node]) =>
        node['x-audience'] !== 'staff' &&
        node['x-stream'] !== 'inbox' &&
        !unread.some((one) => type.startsWith(one)),
    ),
  );
