/**
 * The log and its projections. Streams and events have numbers of their own inside the file, so that an entry of a
 * stream costs a few bytes, and appending goes to the end of the tables.
 */
export const log = `
CREATE TABLE streams (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  epoch TEXT NOT NULL,
  head INTEGER NOT NULL
) STRICT;

CREATE TABLE events (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  time TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

CREATE TABLE entries (
  stream INTEGER NOT NULL REFERENCES streams (n),
  seq INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES events (n),
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  visitor TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at TEXT NOT NULL,
  first_handoff_at TEXT,
  first_reply_at TEXT,
  score INTEGER,
  state TEXT NOT NULL,
  staff TEXT NOT NULL
) STRICT;
CREATE INDEX conversations_by_start ON conversations (tenant, started_at);
CREATE INDEX conversations_by_visitor ON conversations (visitor);

CREATE TABLE messages (
  conversation TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  id TEXT NOT NULL,
  author TEXT NOT NULL,
  role TEXT NOT NULL,
  client_message TEXT,
  status TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (conversation, ordinal)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX messages_by_id ON messages (id);
CREATE INDEX messages_by_client ON messages (client_message, conversation) WHERE client_message IS NOT NULL;
CREATE INDEX messages_streaming ON messages (conversation) WHERE status = 'streaming';

CREATE TABLE staff_items (
  conversation TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  time TEXT NOT NULL,
  outcome TEXT,
  json TEXT NOT NULL,
  PRIMARY KEY (conversation, kind, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_items_by_outcome ON staff_items (outcome, time) WHERE kind = 'trace';

CREATE TABLE attachments (
  id TEXT PRIMARY KEY,
  conversation TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL
) STRICT;

CREATE TABLE inbox_entries (
  conversation TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  status TEXT NOT NULL,
  waiting_since TEXT,
  changed_at TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX inbox_entries_by_change ON inbox_entries (tenant, status, changed_at);
CREATE INDEX inbox_entries_waiting ON inbox_entries (tenant, waiting_since) WHERE waiting_since IS NOT NULL;

CREATE TABLE inbox_agents (
  tenant TEXT NOT NULL,
  agent TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (tenant, agent)
) STRICT;

CREATE TABLE outboxes (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE lanes (
  outbox TEXT NOT NULL,
  lane TEXT NOT NULL,
  last_done INTEGER NOT NULL,
  PRIMARY KEY (outbox, lane)
) STRICT, WITHOUT ROWID;

CREATE TABLE lane_results (
  outbox TEXT NOT NULL,
  lane TEXT NOT NULL,
  n INTEGER NOT NULL,
  digest TEXT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (outbox, lane, n)
) STRICT, WITHOUT ROWID;
`;
