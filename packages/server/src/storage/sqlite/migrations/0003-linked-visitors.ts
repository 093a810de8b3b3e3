/** Which anonymous visitor became which known one, and what finds the things that move with her. */
export const linkedVisitors = `
CREATE TABLE visitor_links (
  former TEXT PRIMARY KEY,
  known TEXT NOT NULL,
  linked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX visitor_links_by_known ON visitor_links (known);
CREATE INDEX outboxes_by_owner ON outboxes (owner);
CREATE INDEX visitor_sessions_by_participant ON visitor_sessions (participant_id);
CREATE INDEX attachments_by_conversation ON attachments (conversation);
`;
