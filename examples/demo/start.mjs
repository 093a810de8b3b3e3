// What `npm start` runs: the reference server with this repository's site, console, bubble and help articles.
// Every option of sahay-server works here too: npm start -- --port 5000 --data ./data --kb ./articles
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const defaults = [
  ['--data', 'SAHAY_DATA', root('.data')],
  ['--kb', 'SAHAY_KB', root('docs/help')],
  ['--site', undefined, root('examples/demo/site')],
  ['--console', undefined, root('packages/console/dist/app')],
  ['--assets', undefined, root('packages/elements/dist/bundle')],
];

const main = root('packages/server/dist/cli/main.js');
if (!existsSync(main)) {
  console.error(
    'Sahay is not built yet. Run "npm start" in the repository\'s folder, which builds it first.',
  );
  process.exit(1);
}
const given = process.argv.slice(2);
const added = defaults.flatMap(([flag, variable, value]) =>
  given.some((word) => word === flag || word.startsWith(`${flag}=`)) || process.env[variable]
    ? []
    : [flag, value],
);
process.env.SAHAY_LOG_LEVEL ??= 'warn';
process.argv.splice(2, given.length, ...added, ...given);
await import(main);
