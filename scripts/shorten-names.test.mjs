import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rollup } from 'rollup';
import { shortenNames, shortenProperties } from './shorten-names.mjs';

const source = `
export class Outer {
  #letterbox = 1;
  static #made = 0;
  static made = () => Outer.#made;
  #text = '#letterbox stays';
  constructor() { Outer.#made++; }
  get sum() {
    const outer = this;
    class Inner {
      #letterbox = 10;
      #own = 100;
      // Its own letterbox, and what only the class around it has.
      total() { return this.#letterbox + this.#own + outer.#text.length + Outer.#made; }
    }
    return new Inner().total() + this.#letterbox;
  }
  static is = (value) => #letterbox in value;
  read() { return this.#text; }
}
export class Other { #letterbox = 'other'; read() { return this.#letterbox; } }
export const styles = ':host{color:var(--_border-strong,var(--sahay-accent))}';
`;

async function built() {
  const bundle = await rollup({
    input: 'entry',
    plugins: [{ name: 'entry', resolveId: (id) => id, load: () => source }, shortenNames()],
  });
  const { output } = await bundle.generate({ format: 'es', sourcemap: true });
  return output[0];
}

test('private names are short, anew in every class, and mean what they meant', async () => {
  const { code, map } = await built();
  assert.deepEqual([...new Set(code.match(/(?<!')#\w+/g))].sort(), ['#a', '#b', '#c', '#d', '#e']);
  assert.ok(map.mappings.length > 0);
  const { Outer, Other } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const outer = new Outer();
  assert.equal(outer.sum, 1 + 10 + 100 + '#letterbox stays'.length + 1);
  assert.equal(outer.read(), '#letterbox stays');
  assert.equal(Outer.made(), 1);
  assert.deepEqual([Outer.is(outer), Outer.is(new Other())], [true, false]);
  assert.equal(new Other().read(), 'other');
});

test('style properties of ours are short, the public ones as they were', async () => {
  const { code } = await built();
  assert.match(code, /var\(--_\w{1,2},var\(--sahay-accent\)\)/);
  assert.equal(shortenProperties('--_text'), shortenProperties('--_text'));
  assert.notEqual(shortenProperties('--_text'), shortenProperties('--_text-s'));
  assert.throws(() => shortenProperties('--_nobodys'), /"--_nobodys" is in no source/);
});
