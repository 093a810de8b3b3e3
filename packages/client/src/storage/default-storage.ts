import type { ClientStorage } from './client-storage.ts';
import { FallbackStorage } from './fallback-storage.ts';
import { IndexedDbStorage } from './indexed-db-storage.ts';

/** The storage that was asked for, or the best there is. */
export function defaultStorage(
  storage: ClientStorage | 'memory' | undefined,
  namespace: string,
): ClientStorage {
  if (storage === 'memory') return new FallbackStorage(undefined);
  return new FallbackStorage(storage ?? (hasIndexedDb() ? new IndexedDbStorage(namespace) : undefined));
}

/** In a sandboxed frame even looking at `indexedDB` throws a `SecurityError`. */
function hasIndexedDb(): boolean {
  try {
    return Boolean(globalThis.indexedDB);
  } catch {
    return false;
  }
}
