// Writes integrity.json beside the bundle: the sha384 of each script that a page or a script of ours loads, for `integrity` and import maps.
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bundle = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist/bundle');
const hashes = globSync('**/*.{js,css}', { cwd: bundle })
  .sort()
  .map((path) => [
    path.replaceAll('\\', '/'),
    `sha384-${createHash('sha384')
      .update(readFileSync(join(bundle, path)))
      .digest('base64')}`,
  ]);
writeFileSync(join(bundle, 'integrity.json'), `${JSON.stringify(Object.fromEntries(hashes), null, 1)}\n`);
