-- Fewer indexes of the outbox: each one is another page that OK and the mailer write.
-- needed by: nobody

-- LIKE, by which a request is looked for, never used it.
DROP INDEX outbox_request;

-- What is purged is found by outbox_due.
DROP INDEX outbox_done;

-- Nobody looks for the mails of no account, which most are.
DROP INDEX outbox_account;

CREATE INDEX outbox_account ON outbox (account_id, created_at) WHERE account_id <> '';
