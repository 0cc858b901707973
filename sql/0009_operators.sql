-- What operators are told: which letter a mail was, why the portal itself did not send it, who acted.
-- needed by: mailer

-- letter: the kind of the letter that the last attempt carried. A mail may leave as another one than it was
-- queued as: an activation as the notice that the address is registered. Empty: nothing was tried, or nobody knows.
ALTER TABLE outbox ADD COLUMN letter TEXT NOT NULL DEFAULT '';

-- obstacle: a name of core/database/mail/mail_obstacle.h; empty: none.
ALTER TABLE outbox ADD COLUMN obstacle TEXT NOT NULL DEFAULT '';

ALTER TABLE mail_attempt ADD COLUMN letter TEXT NOT NULL DEFAULT '';

ALTER TABLE mail_attempt ADD COLUMN obstacle TEXT NOT NULL DEFAULT '';

-- Who did it: an operator's name, or `web:` and who it was there. Empty: an earlier version did not note it.
-- It has no index: to make one, all that is written into a large audit would have to wait.
ALTER TABLE audit ADD COLUMN actor TEXT NOT NULL DEFAULT '';

-- How the hash of the seal was made: 2 covers the actors of its rows, 1 does not.
ALTER TABLE audit_seal ADD COLUMN format BIGINT NOT NULL DEFAULT 1;

-- When a mailer of each machine was last heard of.
CREATE TABLE mailer_heartbeat (
  host TEXT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL
);

-- The request that queued the mail; empty: none did, or an earlier version did not note it.
ALTER TABLE outbox ADD COLUMN request_id TEXT NOT NULL DEFAULT '';

CREATE INDEX outbox_request ON outbox (request_id);
