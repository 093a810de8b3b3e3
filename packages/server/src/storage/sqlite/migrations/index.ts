import { log } from './0001-log.ts';

/**
 * All migrations in order: number 1 first. A released one never changes; what comes later goes into a new file with the
 * next number, and into this list.
 */
export const migrations: readonly string[] = [log];
