import type { TestContext } from 'node:test';

const ends = new WeakMap<TestContext, (() => unknown)[]>();

/**
 * Has something done when a test ends: what came last goes first. The runner's own hooks go in the order they were made,
 * which would take a folder away from under the database that is still open in it.
 */
export function atEnd(t: TestContext, end: () => unknown): void {
  const held = ends.get(t);
  if (held) return void held.push(end);
  const stack = [end];
  ends.set(t, stack);
  t.after(async () => {
    for (let next = stack.pop(); next; next = stack.pop()) await next();
  });
}
