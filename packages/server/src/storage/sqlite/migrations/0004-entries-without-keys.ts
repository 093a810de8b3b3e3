/**
 * Entries refer to events and streams without foreign keys: for each event that leaves the log SQLite would look through
 * all entries, or every append would pay for one more index.
 */
export const entriesWithoutKeys = `
CREATE TABLE entries_next (
  stream INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO entries_next SELECT stream, seq, event FROM entries ORDER BY stream, seq;
DROP TABLE entries;
ALTER TABLE entries_next RENAME TO entries;
`;
