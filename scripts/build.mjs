// Builds everything: generated protocol code, types and ES modules (tsc), bundles (rollup), the elements' manifest.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules', '.bin', name);
const shell = process.platform === 'win32';

function step(title, command, args) {
  const start = performance.now();
  process.stdout.write(`      ${title} … `);
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    process.stdout.write('failed\n');
    process.stdout.write(result.stdout + result.stderr);
    process.exit(result.status ?? 1);
  }
  process.stdout.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}

/** tsc leaves dynamic imports inside a decorated class as they are; published, they would point at nothing. */
function refuseSourceImports() {
  const wrong = globSync('packages/*/dist/**/*.js', { cwd: root }).filter((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .some((line) => /import\(\s*['"]\.[^'"]*\.ts['"]/.test(line) && !/^\s*\*/.test(line)),
  );
  if (wrong.length === 0) return;
  console.error(
    `These files import TypeScript sources: ${wrong.join(', ')}. Move the import() out of the decorated class.`,
  );
  process.exit(1);
}

step('protocol code from its schema', process.execPath, ['packages/protocol/scripts/generate.mjs']);
step('types and modules', bin('tsc'), ['-b']);
step('OpenAPI and AsyncAPI documents', process.execPath, ['packages/protocol/scripts/api-documents.mjs']);
refuseSourceImports();
step('bundles', bin('rollup'), ['--silent', '-c', 'rollup.config.mjs']);
step('stylesheets of what servers draw', process.execPath, ['packages/elements/scripts/served-styles.mjs']);
step('their hashes', process.execPath, ['packages/elements/scripts/integrity.mjs']);
if (existsSync(join(root, 'scripts/manifest.mjs'))) {
  step("the elements' manifest", process.execPath, ['scripts/manifest.mjs']);
}
