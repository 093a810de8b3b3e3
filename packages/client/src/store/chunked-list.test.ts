import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ChunkedList } from './chunked-list.ts';

function listOf<T>(items: Iterable<T>): ChunkedList<T> {
  let list = new ChunkedList<T>();
  for (const item of items) list = list.append(item);
  return list;
}

const operation = fc.oneof(
  fc.record({ do: fc.constant('append' as const), value: fc.integer() }),
  fc.record({ do: fc.constant('begin anew' as const), values: fc.array(fc.integer(), { maxLength: 300 }) }),
  fc.record({ do: fc.constant('with' as const), at: fc.nat(), value: fc.integer() }),
);

describe('a chunked list', () => {
  it('is what an array would be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { maxLength: 400 }),
        fc.array(operation, { maxLength: 40 }),
        (start, operations) => {
          let array = start;
          let list = listOf(start);
          for (const one of operations) {
            const before = list;
            const copy = array;
            if (one.do === 'append') {
              list = list.append(one.value);
              array = [...array, one.value];
            } else if (one.do === 'begin anew') {
              list = listOf([...one.values, ...list]);
              array = [...one.values, ...array];
            } else if (array.length > 0) {
              list = list.with(one.at % array.length, one.value);
              array = array.with(one.at % array.length, one.value);
            }
            assert.deepEqual([...before], copy, 'the list before has not changed');
          }
          assert.deepEqual([...list], array);
          assert.equal(list.length, array.length);
          for (const index of [0, 1, 127, 128, 129, array.length - 1, array.length, -1, NaN])
            assert.equal(list.at(index), array[index]);
        },
      ),
    );
  });

  it('appends to 100,000 items about as fast as to 100', () => {
    const cost = (length: number): number => {
      let best = Infinity;
      for (let round = 0; round < 20; round++) {
        let list = listOf(Array.from({ length }, (_none, index) => index));
        const from = performance.now();
        for (let index = 0; index < 500; index++) list = list.append(index);
        best = Math.min(best, performance.now() - from);
      }
      return best;
    };
    cost(100);
    const [short, long] = [cost(100), cost(100_000)];
    // An array would be a thousand times slower; the room is for a busy machine.
    assert.ok(long < short * 20 + 1, `${short} ms against ${long} ms`);
  });
});
