import type { ClientStorage } from './client-storage.ts';
import { FallbackStorage } from './fallback-storage.ts';
import { IndexedDbStorage } from './indexed-db-storage.ts';
import { MemoryStorage } from './memory-storage.ts';

/** The storage that was asked for, or the best there is. */
export function defaultStorage(
  storage: ClientStorage | 'memory' | undefined,
  namespace: string,
): ClientStorage {
  if (storage === 'memory' || (!storage && !hasIndexedDb())) return new MemoryStorage();
  return new FallbackStorage(storage ?? new IndexedDbStorage(namespace));
}

/** In a sandboxed frame even looking at `indexedDB` throws a `SecurityError`. */
function hasIndexedDb(): boolean {
  try {
    return Boolean(globalThis.indexedDB);
  } catch {
    return false;
  }
}
