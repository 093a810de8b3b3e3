/**
 * What keeps a transcript's chain whole when its events are erased or leave the log, which exports and erasures there were,
 * and which files are still to be taken from the disk.
 */
export const transcriptsAndErasure = `
CREATE TABLE chain_secrets (
  conversation TEXT PRIMARY KEY,
  secret BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sealed_entries (
  stream INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  time TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE exports (
  id TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  requested_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE erasures (
  id TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE files_to_remove (
  file_name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
`;
