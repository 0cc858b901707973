-- Why a mail was not delivered, and the pause of the whole queue, which all mailers obey.

-- fault: a name of core/mail/mail_fault.h; empty: none.
ALTER TABLE outbox ADD COLUMN fault TEXT NOT NULL DEFAULT '';

-- How many attempts the relay refused because of us: they do not bring the mail nearer to its end.
ALTER TABLE outbox ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;

-- How often the relay took another mail after it had refused this one.
ALTER TABLE outbox ADD COLUMN passed_over INTEGER NOT NULL DEFAULT 0;

ALTER TABLE mail_attempt ADD COLUMN fault TEXT NOT NULL DEFAULT '';

UPDATE outbox SET fault = 'unclear' WHERE state = 'bounced' OR (state = 'failed' AND attempts > 0);

-- One row while the queue is paused; none while it is open.
CREATE TABLE mail_pause (
  id TEXT NOT NULL PRIMARY KEY CHECK (id = 'outbox'),
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  reason TEXT NOT NULL
);

-- The mails that were refused since the relay took one.
CREATE TABLE mail_refused (
  outbox_id TEXT NOT NULL PRIMARY KEY REFERENCES outbox (id) ON DELETE CASCADE,
  at BIGINT NOT NULL
);
