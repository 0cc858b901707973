-- Who causes each mail: what a limit counts a stranger's mails by, so that they never count for their owner.
-- needed by: mailer

-- The SHA-256 of the cookie `device` of the browser that asked for the mail; empty: it has none, or no limit
-- asks. The mailer finds out whether the account knows it.
ALTER TABLE outbox ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- The client network that caused the mail, or the known device; empty: it is unknown, or an earlier version
-- did not note it.
ALTER TABLE stop_link ADD COLUMN cause TEXT NOT NULL DEFAULT '';

-- The kind of the letter, by which one is told from another that says the same.
ALTER TABLE stop_link ADD COLUMN letter TEXT NOT NULL DEFAULT '';

-- The client network that a draft is from, so that a flood displaces only drafts of its own; empty: it is unknown.
ALTER TABLE draft ADD COLUMN network TEXT NOT NULL DEFAULT '';

CREATE INDEX draft_network ON draft (network, expires_at);

-- What strangers can fill, a row an hour for each store (core/registration/stores.h): how many rows there were (-1: it was
-- not measured), and how many were only counted instead of being kept.
CREATE TABLE storage_hour (
  store TEXT NOT NULL,
  hour BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  not_kept BIGINT NOT NULL,
  PRIMARY KEY (store, hour)
);

-- Which seals of the audit, with their rows, are in a file (core/database/journal/audit_archives.h). A seal is in
-- one archive only.
CREATE TABLE audit_archive (
  through BIGINT NOT NULL PRIMARY KEY,
  first BIGINT NOT NULL UNIQUE,
  hash TEXT NOT NULL,
  row_count BIGINT NOT NULL,
  archived_at BIGINT NOT NULL,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL
);

-- The audit lets go of what is in an archive, and of nothing else.

-- only: SQLite
DROP TRIGGER audit_no_delete;

-- only: SQLite
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM audit_sealed JOIN audit_archive ON audit_archive.through >= audit_sealed.seal_number
                 WHERE audit_sealed.audit_id = OLD.id) BEGIN
  SELECT RAISE(ABORT, 'audit is append only');
END;

-- only: SQLite
DROP TRIGGER audit_seal_no_delete;

-- only: SQLite
CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal
WHEN NOT EXISTS (SELECT 1 FROM audit_archive WHERE through >= OLD.number) BEGIN
  SELECT RAISE(ABORT, 'audit_seal is append only');
END;

-- only: SQLite
DROP TRIGGER audit_sealed_no_delete;

-- only: SQLite
CREATE TRIGGER audit_sealed_no_delete BEFORE DELETE ON audit_sealed
WHEN NOT EXISTS (SELECT 1 FROM audit_archive WHERE through >= OLD.seal_number) BEGIN
  SELECT RAISE(ABORT, 'audit_sealed is append only');
END;

-- only: SQLite
CREATE TRIGGER audit_archive_no_update BEFORE UPDATE ON audit_archive BEGIN
  SELECT RAISE(ABORT, 'audit_archive is append only');
END;

-- only: SQLite
CREATE TRIGGER audit_archive_no_delete BEFORE DELETE ON audit_archive BEGIN
  SELECT RAISE(ABORT, 'audit_archive is append only');
END;

-- only: SQLite
CREATE TRIGGER audit_archive_no_replace BEFORE INSERT ON audit_archive
WHEN EXISTS (SELECT 1 FROM audit_archive WHERE through = NEW.through OR first = NEW.first) BEGIN
  SELECT RAISE(ABORT, 'audit_archive is append only');
END;

-- only: PostgreSQL
ALTER TABLE audit_sealed ALTER CONSTRAINT audit_sealed_audit_id_fkey DEFERRABLE;

-- only: PostgreSQL
CREATE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  seal BIGINT;
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'audit' THEN SELECT seal_number INTO seal FROM audit_sealed WHERE audit_id = OLD.id;
    WHEN 'audit_sealed' THEN seal := OLD.seal_number;
    WHEN 'audit_seal' THEN seal := OLD.number;
  END CASE;
  IF NOT EXISTS (SELECT FROM audit_archive WHERE through >= seal) THEN
    RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END
$body$;

-- only: PostgreSQL
DROP TRIGGER audit_append_only ON audit;

-- only: PostgreSQL
DROP TRIGGER audit_seal_append_only ON audit_seal;

-- only: PostgreSQL
DROP TRIGGER audit_sealed_append_only ON audit_sealed;

-- only: PostgreSQL
CREATE TRIGGER audit_append_only BEFORE UPDATE OR TRUNCATE ON audit
EXECUTE FUNCTION audit_append_only();

-- only: PostgreSQL
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR TRUNCATE ON audit_seal
EXECUTE FUNCTION audit_append_only();

-- only: PostgreSQL
CREATE TRIGGER audit_sealed_append_only BEFORE UPDATE OR TRUNCATE ON audit_sealed
EXECUTE FUNCTION audit_append_only();

-- only: PostgreSQL
CREATE TRIGGER audit_kept BEFORE DELETE ON audit FOR EACH ROW
EXECUTE FUNCTION audit_kept();

-- only: PostgreSQL
CREATE TRIGGER audit_seal_kept BEFORE DELETE ON audit_seal FOR EACH ROW
EXECUTE FUNCTION audit_kept();

-- only: PostgreSQL
CREATE TRIGGER audit_sealed_kept BEFORE DELETE ON audit_sealed FOR EACH ROW
EXECUTE FUNCTION audit_kept();

-- only: PostgreSQL
CREATE TRIGGER audit_archive_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_archive
EXECUTE FUNCTION audit_append_only();
