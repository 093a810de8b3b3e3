// A Rollup plugin: a chunk that could not be fetched is asked for anew when it is needed again. Browsers of the Chromium family keep the failure of a module
// for as long as the page lives, so that the same address fails for ever, whatever the network does; the next try has another query.
// So that this holds for what a chunk imports, too, chunks import nothing of each other: each waits for what it needs, asked for in the same way. What
// it takes is a copy: an export that is assigned anew later would be seen as it was.
// What other chunks import from the window they take from where it has arrived, since its own address may be one that failed. It is kept for the whole page:
// where the page asked for the entry by another address than the chunks do (`sahay.js?v=2`, a redirect), there are two of it, and only one fetched the window.
// On pages whose import maps hold hashes it stays with the one address: the hash would not be looked up for another.
import MagicString from 'magic-string';

const dynamic = /\bimport\((['"])\.{1,2}\/(?:chunks\/)?([^'"/]+)\1\)/g;
const fromWindow = /import (?:\{([^}]*)\} from )?'\.\/(window-[^']+)';\n?/g;
const fromChunk = /(import|export) (?:\{([^}]*)\} from )?'\.\/((?!window-)[^']+)';\n?/g;

const before = 'var fetching = {}, fetchQueries = {};';
/**
 * It stands at the end of the entry, beside the folder of the chunks, which all import it from there. What has arrived is kept by its name, which its
 * contents make. The `code` of the error tells who catches it that nothing has been begun, and that it may be tried again: not where a chunk arrived and
 * failed by itself, and not without end, since a chunk may be gone from the server. Asked for twice at once, it is fetched once: Safari gives the second
 * one a module that still waits for what it needs.
 */
const after = `
function fetchChunk(name) {
  const query = fetchQueries[name] ?? '';
  return fetching[name] ??= import('./chunks/' + name + query).then(
    (chunk) => (globalThis[name] = chunk),
    (error) => {
      fetching[name] = undefined;
      if (![...document.scripts].find((script) => /"integrity"/.test(script.text))) fetchQueries[name] = query + '?';
      if (/import/i.test(error) && !query[50]) error.code = 'network';
      throw error;
    },
  );
}
`;

/** What is asked for by import() is asked for by `fetchChunk`; whether there was any. */
function askByFetchChunk(code, edited) {
  const found = [...code.matchAll(dynamic)];
  for (const { 0: all, 2: name, index } of found) {
    edited.update(index, index + all.length, `fetchChunk('${name}')`);
  }
  return found.length > 0;
}

/** What is imported from the window is taken from the one that has arrived; whether there was any. */
function takeFromWindow(code, edited) {
  const found = [...code.matchAll(fromWindow)];
  for (const { 0: all, 1: names = '', 2: name, index } of found) {
    const taken = asNames(names);
    edited.update(index, index + all.length, taken && `const {${taken}} = globalThis['${name}'];`);
  }
  return found.length > 0;
}

const asNames = (names) => names.replaceAll(/ as /g, ': ');

/** What is imported from other chunks is waited for, all at once, in the first statement (see bench/sizes); whether there was any. */
function waitForChunks(code, edited) {
  const found = [...code.matchAll(fromChunk)];
  const chunks = new Map();
  const passedOn = [];
  for (const { 0: all, 1: keyword, 2: names = '', 3: name, index } of found) {
    const taken = chunks.get(name) ?? [];
    chunks.set(name, taken);
    if (keyword === 'import') taken.push(...(names.trim() ? [asNames(names)] : []));
    for (const given of keyword === 'export' ? names.split(',') : []) {
      const [inside, outside = inside] = given.trim().split(' as ');
      taken.push(`${inside}: ${inside}$passed`);
      passedOn.push(`${inside}$passed as ${outside}`);
    }
    edited.remove(index, index + all.length);
  }
  if (!found.length) return false;
  const patterns = [...chunks.values()].map((taken) => `{${taken.join(', ')}}`);
  const waits = [...chunks.keys()].map((name) => `fetchChunk('${name}')`);
  edited.prepend(`const [${patterns.join(', ')}] = await Promise.all([${waits.join(', ')}]);\n`);
  if (passedOn.length) edited.append(`\nexport { ${passedOn.join(', ')} };`);
  return true;
}

/** A chunk that waits for itself never arrives. */
function refuseCircles(chunks) {
  const walk = (name, path) => {
    if (path.includes(name))
      throw new Error(`These chunks wait for each other: ${[...path, name].join(' → ')}.`);
    for (const next of chunks[name]?.imports ?? []) walk(next, [...path, name]);
  };
  for (const name in chunks) walk(name, []);
}

/** Adds a name to the first list of names that the pattern finds, else makes one. */
function addName(code, edited, name, [pattern, makeList]) {
  const found = pattern.exec(code);
  if (found) edited.appendLeft(found.index + found[0].length, ` ${name},`);
  else makeList();
}

/** For bundles of one entry, which stands beside the folder `chunks`. */
export function retryImports() {
  return {
    name: 'retry-imports',
    renderChunk(code, { isEntry }, _options, { chunks }) {
      const edited = new MagicString(code);
      const asks = askByFetchChunk(code, edited);
      if (isEntry) {
        const name = 'fetchChunk as $f';
        addName(code, edited, name, [/^export \{(?=[^{}]*\};)/m, () => edited.append(`export { ${name} };`)]);
        edited.prepend(before).append(after);
      } else {
        const waits = waitForChunks(code, edited);
        const takes = takeFromWindow(code, edited);
        if (!asks && !takes && !waits) return null;
        refuseCircles(chunks);
        const entry = Object.values(chunks).find((chunk) => chunk.isEntry).fileName;
        const list = new RegExp(`import \\{(?=[^{}]*\\} from '\\.\\./${entry}';)`);
        const name = '$f as fetchChunk';
        if (asks || waits)
          addName(code, edited, name, [list, () => edited.prepend(`import { ${name} } from '../${entry}';`)]);
      }
      return { code: edited.toString(), map: edited.generateMap({ hires: 'boundary' }) };
    },
  };
}
