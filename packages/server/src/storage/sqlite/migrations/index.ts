import { log } from './0001-log.ts';
import { tablesBesideTheLog } from './0002-tables-beside-the-log.ts';
import { linkedVisitors } from './0003-linked-visitors.ts';
import { entriesWithoutKeys } from './0004-entries-without-keys.ts';
import { transcriptsAndErasure } from './0005-transcripts-and-erasure.ts';
import { webhooks } from './0006-webhooks.ts';
import { settings } from './0007-settings.ts';
import { mail } from './0008-mail.ts';
import { cannedParts } from './0009-canned-parts.ts';
import { placesInIndexes } from './0010-places-in-indexes.ts';

/**
 * All migrations in order: number 1 first. A released one never changes; what comes later goes into a new file with the
 * next number, and into this list.
 */
export const migrations: readonly string[] = [
  log,
  tablesBesideTheLog,
  linkedVisitors,
  entriesWithoutKeys,
  transcriptsAndErasure,
  webhooks,
  settings,
  mail,
  cannedParts,
  placesInIndexes,
];
