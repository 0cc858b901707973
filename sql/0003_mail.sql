-- What became of each mail: every attempt, bounces, mails that were not sent on purpose, and
-- addresses that asked for no more.

ALTER TABLE registration ADD COLUMN cancelled_at BIGINT NOT NULL DEFAULT 0;

-- A CHECK cannot be widened on both engines alike: the table is made anew.
CREATE TABLE new_outbox (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  registration_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  network TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'bounced', 'withheld')),
  created_at BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  lease_owner TEXT NOT NULL,
  leased_until BIGINT NOT NULL,
  done_at BIGINT NOT NULL,
  last_reply TEXT NOT NULL
);

INSERT INTO new_outbox (id, kind, registration_id, account_id, recipient, network, state, created_at, next_attempt_at, attempts, lease_owner, leased_until, done_at, last_reply)
SELECT id, kind, registration_id, account_id, recipient, '', state, created_at, next_attempt_at, attempts, lease_owner, leased_until, done_at, last_reply FROM outbox;

DROP TABLE outbox;

ALTER TABLE new_outbox RENAME TO outbox;

CREATE INDEX outbox_due ON outbox (state, next_attempt_at, id);

CREATE INDEX outbox_done ON outbox (state, done_at);

CREATE INDEX outbox_registration ON outbox (registration_id, created_at);

CREATE INDEX outbox_account ON outbox (account_id, created_at);

-- A bounce's address may have lost the id's case.
CREATE INDEX outbox_id_lower ON outbox (LOWER(id));

CREATE INDEX outbox_recipient ON outbox (LOWER(recipient), created_at);

CREATE TABLE mail_attempt (
  id TEXT NOT NULL PRIMARY KEY,
  outbox_id TEXT NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  reply TEXT NOT NULL
);

CREATE INDEX mail_attempt_outbox ON mail_attempt (outbox_id, at);

-- An address that registrations were mailed to. Its row is locked while a mail to it is prepared.
CREATE TABLE mail_address (
  email_key TEXT NOT NULL PRIMARY KEY,
  prepared_at BIGINT NOT NULL,
  stopped_until BIGINT NOT NULL
);

CREATE INDEX mail_address_prepared_at ON mail_address (prepared_at);

-- The link 「心当たりがない」 of each such mail: what it cancels, and whose mail it stops.
CREATE TABLE stop_link (
  token_hash TEXT NOT NULL PRIMARY KEY,
  outbox_id TEXT NOT NULL,
  email_key TEXT NOT NULL,
  registration_id TEXT NOT NULL,
  sent_at BIGINT NOT NULL
);

CREATE INDEX stop_link_email_key ON stop_link (email_key, sent_at);

CREATE INDEX stop_link_sent_at ON stop_link (sent_at);
