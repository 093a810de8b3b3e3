/** What agents set for the whole installation, a section to a row. `changed_at` is ms since 1970. */
export const settings = `
CREATE TABLE settings (
  section TEXT PRIMARY KEY,
  json TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
