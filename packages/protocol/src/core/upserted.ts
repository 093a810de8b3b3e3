/** A list with an item put in the place of the one with the same key, or at the end. */
export function upserted<T>(list: T[], item: T, keyOf: (item: T) => string): T[] {
  const index = list.findIndex((one) => keyOf(one) === keyOf(item));
  return index < 0 ? [...list, item] : list.with(index, item);
}
