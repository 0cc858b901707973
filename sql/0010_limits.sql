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
