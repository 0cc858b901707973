-- A range of a throttle's keys that its index finds; and fewer indexes, each of which is another page to write.
-- needed by: nobody

-- In the order of their bytes, as SQLite's are, keys with the same beginning stand together.
-- only: PostgreSQL
ALTER TABLE throttle ALTER COLUMN key TYPE TEXT COLLATE "C";

-- Its only use would be the purge, which asks for created_at, too, that has none: so it reads every session.
DROP INDEX web_session_seen_at;

-- PostgreSQL knows a search's filters when it plans, and finds the mails of an address by it. SQLite plans before that,
-- for every filter at once.
-- only: SQLite
DROP INDEX outbox_recipient;
