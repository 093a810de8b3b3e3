// Every optionalDependency named in the lockfile must have an entry of its own, or `npm ci` stops with EUSAGE.
import { readFileSync } from 'node:fs';
const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const gaps = new Map();
for (const [path, p] of Object.entries(packages))
  for (const name of Object.keys(p.optionalDependencies ?? {})) {
    let dir = path,
      found = false;
    for (;;) {
      if (packages[`${dir ? dir + '/' : ''}node_modules/${name}`]) {
        found = true;
        break;
      }
      if (!dir) break;
      const i = dir.lastIndexOf('/node_modules/');
      dir = i < 0 ? '' : dir.slice(0, i);
    }
    if (!found)
      gaps.set(path || '(root)', [
        ...(gaps.get(path || '(root)') ?? []),
        `${name}@${p.optionalDependencies[name]}`,
      ]);
  }
for (const [k, v] of gaps) console.log(k, v.length, v.join(' '));
process.exitCode = gaps.size ? 1 : 0;
