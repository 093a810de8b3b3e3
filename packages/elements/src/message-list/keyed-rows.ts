import { noChange } from 'lit';
import {
  getCommittedValue,
  insertPart,
  removePart,
  setChildPartValue,
  setCommittedValue,
} from 'lit/directive-helpers.js';
import { Directive, directive, type ChildPart } from 'lit/directive.js';

/**
 * Draws rows that keep their elements by key, whatever comes before or after them: Lit's `repeat` at a third of its size, for a list
 * whose rows come and go but hardly ever change places.
 */
class KeyedRows extends Directive {
  #keys: string[] = [];

  render(_keys: string[], rows: unknown[]): unknown {
    return rows;
  }

  override update(container: ChildPart, [keys, rows]: [string[], unknown[]]): unknown {
    const before = getCommittedValue(container) as ChildPart[] | undefined;
    const known = this.#keys;
    this.#keys = keys;
    if (!Array.isArray(before)) return rows;
    const wanted = new Set(keys);
    const left = before
      .map((part, index) => ({ part, key: known[index]! }))
      .filter(({ part, key }) => wanted.has(key) || removePart(part));
    const parts = keys.map((key, index) => {
      const at = left.findIndex((one) => one.key === key);
      const found = left[at]?.part;
      const part = found && at === 0 ? found : insertPart(container, left[0]?.part, found);
      if (found) left.splice(at, 1);
      return setChildPartValue(part, rows[index]);
    });
    for (const { part } of left) removePart(part);
    setCommittedValue(container, parts);
    return noChange;
  }
}

/** @param keys One for each of the rows; none twice. */
export const keyedRows = directive(KeyedRows);
