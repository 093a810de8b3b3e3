// No cycles, and one direction of imports between the packages (docs/architecture.md).
const may = {
  protocol: [],
  client: ['protocol'],
  connectors: ['client', 'protocol'],
  elements: ['client', 'protocol'],
  react: ['client', 'elements'],
  console: ['client', 'elements', 'protocol'],
  bot: ['protocol'],
  server: ['bot', 'protocol'],
  msw: ['protocol'],
  conformance: ['protocol'],
};
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'no-unresolvable',
      comment: 'mdast and node are packages of types alone.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(mdast|node)$' },
    },
    ...Object.entries(may).map(([name, allowed]) => ({
      name: `${name}-imports-only-${allowed.join('-') || 'itself'}`,
      severity: 'error',
      from: { path: `^packages/${name}/src`, pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
    })),
    {
      name: 'core-without-node',
      severity: 'error',
      comment: "The protocol and the bot's core also run in a page.",
      from: {
        path: '^packages/(protocol|client|bot)/src',
        pathNot: '\\.test\\.ts$|knowledge-node|/testing/',
      },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/|/scripts/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['sahay-source', 'import', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
