-- The roles that the portal's programs use on PostgreSQL, each with what it needs and no more:
--
--   portal_web       the responders
--   portal_mailer    portal-mailer
--   portal_operator  portalctl, but for migrate, which the owner of the tables runs
--   portal_desk      the responder of the call centre's site (conf/desk.md)
--
-- No migration: the owner of the tables runs it after each `portalctl migrate`, as often as he likes:
--
--   psql -X -v ON_ERROR_STOP=1 -1 -f roles.sql DATABASE
--
-- Only who may create roles can run it the first time. None of the four may read a column
-- password_hash; portal_web asks password_hash_of() for one hash in a transaction. None may change or
-- remove a row of the audit, or make or change tables. Give them passwords, or names in pg_ident.conf.

DO $body$
DECLARE
  role TEXT;
BEGIN
  FOREACH role IN ARRAY ARRAY['portal_web', 'portal_mailer', 'portal_operator', 'portal_desk'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', role);
    END IF;
    -- What an earlier version granted.
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', role);
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM %I', role);
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role);
  END LOOP;
END
$body$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION password_hash_of(TEXT) FROM PUBLIC;

-- All columns but password_hash, also those that a later migration has added.
DO $body$
DECLARE
  hashed TEXT;
  columns TEXT;
BEGIN
  FOREACH hashed IN ARRAY ARRAY['account', 'registration'] LOOP
    SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
    WHERE attrelid = format('public.%I', hashed)::regclass AND attnum > 0 AND NOT attisdropped
      AND attname <> 'password_hash';
    EXECUTE format('GRANT SELECT (%s) ON %I TO portal_web, portal_mailer, portal_operator, portal_desk',
                   columns, hashed);
  END LOOP;
END
$body$;

GRANT SELECT ON schema_migration TO portal_web, portal_mailer, portal_operator, portal_desk;

-- The roster: written by operators; the desk puts a row of the quarantine right.
GRANT SELECT ON roster_edition, roster_current, roster_version TO portal_web, portal_mailer, portal_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON roster_edition, roster_current, roster_version, roster_quarantine
  TO portal_operator;

-- The audit: append only for everybody.
GRANT INSERT ON audit TO portal_web;
GRANT SELECT, INSERT ON audit, audit_seal, audit_sealed TO portal_mailer, portal_operator;
-- The triggers let go of what is in an archive only.
GRANT SELECT, INSERT ON audit_archive TO portal_operator;
GRANT DELETE ON audit, audit_seal, audit_sealed TO portal_operator;

-- What responders do.
GRANT EXECUTE ON FUNCTION password_hash_of(TEXT) TO portal_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON draft, web_session, known_device, throttle, account_link, activation_link,
  waiting, mail_address, stop_link TO portal_web;
GRANT SELECT, INSERT, UPDATE ON storage_hour TO portal_web, portal_mailer;
-- To count them, and to find out whether an account knows the browser that asks for its mail.
GRANT SELECT (expires_at) ON draft TO portal_mailer;
GRANT SELECT (seen_at) ON web_session TO portal_mailer;
GRANT SELECT ON known_device TO portal_mailer;
GRANT INSERT, UPDATE (activated_at, cancelled_at, expires_at, password_hash) ON registration TO portal_web;
GRANT INSERT, DELETE,
  UPDATE (phone, email, email_key, password_hash, last_login_at, last_login_client) ON account TO portal_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO portal_web;
GRANT SELECT ON mail_attempt, mail_pause TO portal_web;
GRANT SELECT, INSERT ON event TO portal_web;

-- What the mailer does: it makes links, and notes what became of mails.
GRANT SELECT, INSERT ON activation_link, account_link, stop_link, mail_attempt, event TO portal_mailer;
GRANT UPDATE (expires_at) ON registration TO portal_mailer;
-- To lock the account while a mail to it is planned: PostgreSQL asks for a column that may be updated.
GRANT UPDATE (last_login_at) ON account TO portal_mailer;
GRANT SELECT, INSERT, UPDATE ON outbox, mail_address, throttle TO portal_mailer;
GRANT SELECT, UPDATE, DELETE ON waiting TO portal_mailer;
GRANT SELECT, INSERT, UPDATE, DELETE ON mail_pause, mail_refused, mailer_heartbeat TO portal_mailer;

-- What operators do.
GRANT SELECT, INSERT, UPDATE, DELETE ON draft, web_session, known_device, throttle, account_link, activation_link,
  outbox, mail_attempt, mail_address, mail_pause, mail_refused, stop_link, event, waiting TO portal_operator;
GRANT SELECT ON mailer_heartbeat TO portal_operator;
GRANT SELECT, INSERT, UPDATE, DELETE ON storage_hour TO portal_operator;
GRANT DELETE, UPDATE (state) ON account TO portal_operator;
GRANT DELETE, UPDATE (expires_at) ON registration TO portal_operator;

-- What the call centre does: it looks at everything but password hashes and links, and changes what its actions
-- change (core/actions). Its searches are kept as drafts are.
GRANT SELECT, INSERT ON audit TO portal_desk;
GRANT SELECT ON web_session, account_link, activation_link, waiting, mail_address, stop_link, outbox, mail_attempt,
  mail_pause, mailer_heartbeat, event, roster_quarantine, storage_hour TO portal_desk;
GRANT SELECT, INSERT, DELETE ON draft TO portal_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON throttle TO portal_desk;
GRANT INSERT, UPDATE ON outbox, waiting, storage_hour TO portal_desk;
GRANT INSERT ON event TO portal_desk;
GRANT DELETE ON web_session TO portal_desk;
GRANT UPDATE (email, email_key) ON registration TO portal_desk;
GRANT UPDATE (failed_attempts) ON activation_link TO portal_desk;
GRANT UPDATE ON mail_address TO portal_desk;
GRANT SELECT, DELETE ON mail_refused TO portal_desk;
GRANT DELETE ON mail_pause TO portal_desk;
GRANT DELETE, UPDATE (state) ON account TO portal_desk;
GRANT INSERT, UPDATE ON roster_version TO portal_desk;
GRANT UPDATE (edition) ON roster_current TO portal_desk;
GRANT DELETE ON roster_quarantine TO portal_desk;
