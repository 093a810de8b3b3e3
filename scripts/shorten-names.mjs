// A Rollup plugin, after the minifier: shorter names for what only our own code can name.
// - Private names (`#outbox`) become short ones anew in every class. The minifier gives each of a file a name of its own, which compresses
//   worse: a class of 20 fields then needs 40 letters that occur nowhere else.
// - Style properties of ours (`--_border-strong`) become `--_a` and so on, the same in every bundle and in the stylesheets that servers link.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import MagicString from 'magic-string';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const property = /--_[a-z][a-z0-9-]*/g;
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const nth = (index) =>
  (index < letters.length ? '' : nth(Math.floor(index / letters.length) - 1)) +
  letters[index % letters.length];

/** Every style property of ours in the sources, and its short name; the same for the same sources. */
function shortProperties() {
  const counts = new Map();
  for (const file of globSync('{packages,examples}/*/{src,pages}/**/*.ts', { cwd: root })) {
    if (file.endsWith('.test.ts')) continue;
    for (const [name] of readFileSync(join(root, file), 'utf8').matchAll(property))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
  return new Map(names.map((name, index) => [name, `--_${nth(index)}`]));
}
const properties = shortProperties();

/** Text with the style properties of ours in their short names. */
export function shortenProperties(text) {
  return text.replace(property, (name) => {
    const short = properties.get(name);
    if (!short) throw new Error(`"${name}" is in no source that scripts/shorten-names.mjs reads.`);
    return short;
  });
}

/** The classes of a program, each with its private names and the places that use them, by a walk over its tree. */
function classesOf(program) {
  const found = [];
  const walk = (node, around) => {
    if (Array.isArray(node)) for (const one of node) walk(one, around);
    else if (node?.type === 'PrivateIdentifier')
      around.findLast(({ names }) => names.has(node.name)).uses.push(node);
    else if (typeof node?.type === 'string') {
      const here = node.type === 'ClassBody' ? [...around, privatesOf(node, around)] : around;
      if (here !== around) found.push(here.at(-1));
      for (const child of Object.values(node)) if (typeof child === 'object') walk(child, here);
    }
  };
  walk(program, []);
  return found;
}
/** A class within another one begins its names after that one's, which it may use too. */
function privatesOf({ body }, around) {
  const names = new Set(body.flatMap(({ key }) => (key?.type === 'PrivateIdentifier' ? [key.name] : [])));
  return { names, uses: [], first: around.reduce((sum, outer) => sum + outer.names.size, 0) };
}

export const shortenNames = () => ({
  name: 'shorten-names',
  renderChunk(code) {
    const edited = new MagicString(code);
    for (const { uses, first } of classesOf(this.parse(code))) {
      // In the order in which they come: neighbours in the text become neighbours in the alphabet.
      const order = [...new Set(uses.map(({ name }) => name))];
      for (const { name, start, end } of uses)
        edited.update(start + 1, end, nth(first + order.indexOf(name)));
    }
    for (const { 0: name, index } of code.matchAll(property))
      edited.update(index, index + name.length, shortenProperties(name));
    return edited.hasChanged()
      ? { code: edited.toString(), map: edited.generateMap({ hires: 'boundary' }) }
      : null;
  },
});
