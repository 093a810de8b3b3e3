import type { SqlStatement } from '../storage/store.ts';

/** Where each file lies; what it is called, how large it is and whose it is stand in the log. */
export const uploadTables: readonly SqlStatement[] = [
  {
    sql: `CREATE TABLE IF NOT EXISTS uploads (
      attachment_id TEXT PRIMARY KEY,
      file_name TEXT NOT NULL UNIQUE,
      stored_at INTEGER NOT NULL
    ) STRICT`,
  },
];
