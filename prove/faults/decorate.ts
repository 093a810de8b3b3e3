/** An object that does some things differently and everything else as before. */
export function decorate<T extends object>(original: T, overrides: Partial<T>): T {
  return new Proxy(original, {
    get(target, key) {
      if (Object.hasOwn(overrides, key)) return overrides[key as keyof T];
      const value: unknown = Reflect.get(target, key, target);
      // Private fields are found on the original alone.
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
