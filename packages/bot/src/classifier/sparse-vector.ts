/** A vector of which only the cells that are not zero are written down; `indices` ascends. */
export interface SparseVector {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** Builds a sparse vector out of cell → value. */
export function sparseVector(cells: ReadonlyMap<number, number>): SparseVector {
  const sorted = [...cells].sort((a, b) => a[0] - b[0]);
  return {
    indices: Int32Array.from(sorted, ([index]) => index),
    values: Float32Array.from(sorted, ([, value]) => value),
  };
}

/** The dot product of a sparse vector with a dense one. */
export function dot(vector: SparseVector, dense: Float32Array | Float64Array): number {
  const { indices, values } = vector;
  let sum = 0;
  for (let at = 0; at < indices.length; at += 1) {
    sum += (values[at] as number) * (dense[indices[at] as number] as number);
  }
  return sum;
}
