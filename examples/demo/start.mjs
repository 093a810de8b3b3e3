// What `npm start` runs: the reference server with this repository's site, console, bubble and help articles, as a child process that is
// started again when it is killed.
// Every option of sahay-server works here too: npm start -- --port 5000 --data ./data --kb ./articles
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createControls } from './proof/controls.mjs';
import { Line } from './proof/line.mjs';
import { runSite } from './run-site.mjs';
import { Supervisor } from './supervisor.mjs';

const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const main = root('packages/server/dist/cli/main.js');
const pages = root('examples/demo/dist/pages');
if (!existsSync(main) || !existsSync(pages)) {
  console.error(
    'Sahay is not built yet. Run "npm start" in the repository\'s folder, which builds it first.',
  );
  process.exit(1);
}
/** An optional peer: without it, the gallery's model is its words and a download. */
function modelViewer() {
  try {
    return fileURLToPath(import.meta.resolve('@google/model-viewer'));
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
const given = process.argv.slice(2);
const isGiven = (flag) => given.some((word) => word === flag || word.startsWith(`${flag}=`));
const defaults = [
  ['--data', 'SAHAY_DATA', root('.data')],
  ['--kb', 'SAHAY_KB', root('docs/help')],
  ['--console', undefined, root('packages/console/dist/app')],
  ['--assets', undefined, root('packages/elements/dist/bundle')],
];
const args = [
  ...defaults.flatMap(([flag, variable, value]) =>
    isGiven(flag) || process.env[variable] ? [] : [flag, value],
  ),
  ...given,
];
process.env.SAHAY_LOG_LEVEL ??= 'warn';

const line = new Line({ target: () => supervisor.url, controls: (...about) => control(...about) });
await line.open();
if (!isGiven('--site')) {
  // Behind a public address the server is somebody's to rely on, and nobody's to break.
  const lineUrl = process.env.SAHAY_PUBLIC_URL ? undefined : line.url;
  args.unshift(
    '--site',
    runSite({ site: root('examples/demo/site'), pages, viewer: modelViewer(), lineUrl }),
  );
}
const supervisor = new Supervisor(main, args);
const control = createControls(supervisor);
process.exit(await supervisor.run());
