/**
 * Sessions, agents, sign-in codes, uploads and canned replies. The first release made these tables by itself when it
 * started, so in its databases they are there already. Times are ms since 1970; no secret is stored, only its digest.
 */
export const tablesBesideTheLog = `
CREATE TABLE IF NOT EXISTS visitor_sessions (
  session_id TEXT PRIMARY KEY,
  participant_id TEXT NOT NULL,
  generation INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  refreshed_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS visitor_sessions_ended ON visitor_sessions (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS agents (
  agent_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  is_owner INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS sign_in_codes (
  digest TEXT PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (agent_id),
  kind TEXT NOT NULL CHECK (kind IN ('start', 'invitation')),
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS agent_sessions (
  session_id TEXT PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  agent_id TEXT NOT NULL REFERENCES agents (agent_id),
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS agent_sessions_ended ON agent_sessions (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS uploads (
  attachment_id TEXT PRIMARY KEY,
  file_name TEXT NOT NULL UNIQUE,
  stored_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS canned_replies (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
`;
