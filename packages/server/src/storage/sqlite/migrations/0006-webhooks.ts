/**
 * What is to be told to other programs, written with the event itself, and for each conversation how its first delivery
 * stands. `due_at` and `given_up_at` are ms since 1970.
 */
export const webhooks = `
CREATE TABLE webhook_deliveries (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  endpoint TEXT NOT NULL,
  conversation TEXT NOT NULL,
  event TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX webhook_deliveries_lane ON webhook_deliveries (endpoint, conversation, n);
CREATE INDEX webhook_deliveries_conversation ON webhook_deliveries (conversation);

CREATE TABLE webhook_lanes (
  endpoint TEXT NOT NULL,
  conversation TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (endpoint, conversation)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_lanes_due ON webhook_lanes (endpoint, due_at);

CREATE TABLE webhook_failures (
  event TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  conversation TEXT NOT NULL,
  reason TEXT NOT NULL,
  given_up_at INTEGER NOT NULL,
  PRIMARY KEY (event, endpoint)
) STRICT, WITHOUT ROWID;
`;
