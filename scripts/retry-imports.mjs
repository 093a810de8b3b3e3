// A Rollup plugin: a chunk that could not be fetched is asked for anew when it is needed again. Browsers of the Chromium family keep the failure of a module
// for as long as the page lives, so that the same address fails for ever, whatever the network does; the next try has another query.
// What other chunks import from the window they take from where it has arrived, since its own address may be one that failed.
// On pages whose import map holds hashes it stays with the one address: the hash would not be looked up for another.
import MagicString from 'magic-string';

const dynamic = /\bimport\((['"])\.{1,2}\/(?:chunks\/)?([^'"/]+)\1\)/g;
const fromWindow = /import (?:\{([^}]*)\} from )?'\.\/window-[^']+';/g;

const before = 'var fetchQueries = {}, fetchedWindow;';
/**
 * It stands at the end of the entry, beside the folder of the chunks, which all import it from there. The `code` of the error tells who catches
 * it that nothing has been begun, and that it may be tried again.
 */
const after = `
function fetchChunk(name) {
  const query = fetchQueries[name] ?? '';
  return import('./chunks/' + name + query).catch((error) => {
    if (!/integrity/.test(document.querySelector('[type=importmap]')?.text)) fetchQueries[name] = query + '?';
    error.code = 'network';
    throw error;
  });
}
`;
const exported = { fetchChunk: '$f', fetchedWindow: '$w' };

/** What is asked for by import() is asked for by `fetchChunk`; whether there was any. */
function askByFetchChunk(code, edited, isEntry) {
  const found = [...code.matchAll(dynamic)];
  for (const { 0: all, 2: name, index } of found) {
    const keep = isEntry && name.startsWith('window-') ? '.then((chunk) => (fetchedWindow = chunk))' : '';
    edited.update(index, index + all.length, `fetchChunk('${name}')${keep}`);
  }
  return found.length > 0;
}

/** What is imported from the window is taken from the one that has arrived; whether there was any. */
function takeFromWindow(code, edited) {
  const found = [...code.matchAll(fromWindow)];
  for (const { 0: all, 1: names = '', index } of found) {
    const taken = names.replaceAll(/ as /g, ': ');
    edited.update(index, index + all.length, taken && `const {${taken}} = fetchedWindow;`);
  }
  return found.length > 0;
}

/** Adds names to the first list of names that the pattern finds, else makes one. */
function addNames(code, edited, names, [pattern, makeList]) {
  const found = pattern.exec(code);
  if (found) edited.appendLeft(found.index + found[0].length, ` ${names},`);
  else makeList();
}

/** For bundles of one entry, which stands beside the folder `chunks`. */
export function retryImports() {
  return {
    name: 'retry-imports',
    renderChunk(code, { isEntry }, _options, { chunks }) {
      const edited = new MagicString(code);
      const asks = askByFetchChunk(code, edited, isEntry);
      if (isEntry) {
        const names = Object.entries(exported).map(([name, as]) => `${name} as ${as}`);
        addNames(code, edited, names, [
          /^export \{(?=[^{}]*\};)/m,
          () => edited.append(`export { ${names} };`),
        ]);
        edited.prepend(before).append(after);
      } else {
        const takes = takeFromWindow(code, edited);
        const entry = Object.values(chunks).find((chunk) => chunk.isEntry).fileName;
        const names = Object.entries(exported)
          .filter(([name]) => (name === 'fetchChunk' ? asks : takes))
          .map(([name, as]) => `${as} as ${name}`);
        if (names.length === 0) return null;
        const list = new RegExp(`import \\{(?=[^{}]*\\} from '\\.\\./${entry}';)`);
        addNames(code, edited, names, [
          list,
          () => edited.prepend(`import { ${names} } from '../${entry}';`),
        ]);
      }
      return { code: edited.toString(), map: edited.generateMap({ hires: 'boundary' }) };
    },
  };
}
