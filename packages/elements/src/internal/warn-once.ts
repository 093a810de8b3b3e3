const warned = new Set<string>();

/** Warns on the console, once per `key` and page. Bad values from a host page are told, never thrown. */
export function warnOnce(key: string, message: string, ...details: unknown[]): void {
  if (warned.has(key)) return;
  warned.add(key);
  console.warn(`[sahay] ${message}`, ...details);
}

/**
 * Gives back `value` when it is allowed, else `fallback` after one warning.
 *
 * @param name The attribute or property, as its user writes it: `<sahay-chat color-scheme>`.
 */
export function allowedValue<T extends string>(
  name: string,
  value: string | null | undefined,
  allowed: readonly T[],
  fallback: T,
): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined || !value) return found ?? fallback;
  const choices = allowed.map((one) => `"${one}"`).join(', ');
  warnOnce(`${name}=${value}`, `${name} cannot be "${value}": use ${choices}.`);
  return fallback;
}
