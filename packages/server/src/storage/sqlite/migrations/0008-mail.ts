/**
 * Which conversations have an answer that may have to be e-mailed, written with the answer itself. `claim` names the e-mail
 * that is being handed over, with the last message in it: one that is found at a start was cut off there. Of an address
 * that wants no more e-mails the keyed digest is kept. Times are ms since 1970.
 */
export const mail = `
CREATE TABLE mail_lanes (
  conversation TEXT PRIMARY KEY,
  waiting_since INTEGER,
  not_before INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  mailed_ordinal INTEGER NOT NULL DEFAULT -1,
  last_sent_at INTEGER,
  claim TEXT,
  claim_ordinal INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_lanes_waiting ON mail_lanes (waiting_since) WHERE waiting_since IS NOT NULL;

CREATE TABLE mail_refusals (
  address_digest TEXT PRIMARY KEY,
  refused_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
