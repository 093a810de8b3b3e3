import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Puts a package of ours into a site's `node_modules`, with one file in it; returns its folder. */
export function installPackage(site: string, name: string, file = 'custom-elements.json'): string {
  const folder = join(site, 'node_modules', '@sahay', name);
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), '');
  writeFileSync(join(folder, 'custom-elements.json'), '{}');
  const exports = { './custom-elements.json': './custom-elements.json' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: `@sahay/${name}`, exports }));
  return folder;
}
