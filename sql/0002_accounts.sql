-- After activation: sessions, links for the account, throttles, and the audit.
-- A statement that only one engine takes stands behind a line `-- only: SQLite` or
-- `-- only: PostgreSQL`.

ALTER TABLE account ADD COLUMN state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled'));

ALTER TABLE account ADD COLUMN last_login_at BIGINT NOT NULL DEFAULT 0;

ALTER TABLE account ADD COLUMN last_login_client TEXT NOT NULL DEFAULT '';

ALTER TABLE outbox ADD COLUMN account_id TEXT NOT NULL DEFAULT '';

CREATE TABLE web_session (
  token_hash TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  client TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  previous_login_at BIGINT NOT NULL,
  previous_login_client TEXT NOT NULL
);

CREATE INDEX web_session_account ON web_session (account_id);

CREATE INDEX web_session_seen_at ON web_session (seen_at);

CREATE TABLE account_link (
  token_hash TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  purpose TEXT NOT NULL CHECK (purpose IN ('reset', 'email_change')),
  email TEXT NOT NULL,
  sent_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);

CREATE INDEX account_link_account ON account_link (account_id);

CREATE TABLE throttle (
  key TEXT NOT NULL PRIMARY KEY,
  tries INTEGER NOT NULL,
  first_at BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL
);

CREATE INDEX throttle_first_at ON throttle (first_at);

CREATE TABLE audit (
  id TEXT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  event TEXT NOT NULL,
  account_id TEXT NOT NULL,
  network TEXT NOT NULL,
  request_id TEXT NOT NULL,
  detail TEXT NOT NULL
);

CREATE INDEX audit_at ON audit (at);

CREATE INDEX audit_account ON audit (account_id, at);

CREATE TABLE audit_seal (
  number BIGINT NOT NULL PRIMARY KEY,
  sealed_at BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  hash TEXT NOT NULL
);

CREATE TABLE audit_sealed (
  audit_id TEXT NOT NULL PRIMARY KEY REFERENCES audit (id),
  seal_number BIGINT NOT NULL REFERENCES audit_seal (number),
  position BIGINT NOT NULL,
  UNIQUE (seal_number, position)
);

-- The audit is append only, and its rows are kept for ever. INSERT OR REPLACE would delete without
-- asking the trigger for DELETE.

-- only: SQLite
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'audit is append only');
END;

-- only: SQLite
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'audit is append only');
END;

-- only: SQLite
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id) BEGIN
  SELECT RAISE(ABORT, 'audit is append only');
END;

-- only: SQLite
CREATE TRIGGER audit_seal_no_update BEFORE UPDATE ON audit_seal BEGIN
  SELECT RAISE(ABORT, 'audit_seal is append only');
END;

-- only: SQLite
CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal BEGIN
  SELECT RAISE(ABORT, 'audit_seal is append only');
END;

-- only: SQLite
CREATE TRIGGER audit_seal_no_replace BEFORE INSERT ON audit_seal
WHEN EXISTS (SELECT 1 FROM audit_seal WHERE number = NEW.number) BEGIN
  SELECT RAISE(ABORT, 'audit_seal is append only');
END;

-- only: SQLite
CREATE TRIGGER audit_sealed_no_update BEFORE UPDATE ON audit_sealed BEGIN
  SELECT RAISE(ABORT, 'audit_sealed is append only');
END;

-- only: SQLite
CREATE TRIGGER audit_sealed_no_delete BEFORE DELETE ON audit_sealed BEGIN
  SELECT RAISE(ABORT, 'audit_sealed is append only');
END;

-- only: SQLite
CREATE TRIGGER audit_sealed_no_replace BEFORE INSERT ON audit_sealed
WHEN EXISTS (SELECT 1 FROM audit_sealed WHERE audit_id = NEW.audit_id) BEGIN
  SELECT RAISE(ABORT, 'audit_sealed is append only');
END;

-- only: PostgreSQL
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$body$;

-- only: PostgreSQL
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
EXECUTE FUNCTION audit_append_only();

-- only: PostgreSQL
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
EXECUTE FUNCTION audit_append_only();

-- only: PostgreSQL
CREATE TRIGGER audit_sealed_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_sealed
EXECUTE FUNCTION audit_append_only();
