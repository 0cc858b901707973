-- What operators are told: which letter a mail was, why the portal itself did not send it, who acted.

-- letter: the kind of the letter that the last attempt carried. A mail may leave as another one than it was
-- queued as: an activation as the notice that the address is registered. Empty: nothing was tried, or nobody knows.
ALTER TABLE outbox ADD COLUMN letter TEXT NOT NULL DEFAULT '';

-- obstacle: a name of core/database/mail/mail_obstacle.h; empty: none.
ALTER TABLE outbox ADD COLUMN obstacle TEXT NOT NULL DEFAULT '';

ALTER TABLE mail_attempt ADD COLUMN letter TEXT NOT NULL DEFAULT '';

ALTER TABLE mail_attempt ADD COLUMN obstacle TEXT NOT NULL DEFAULT '';

-- What left before: a link was stored while its mail was prepared, at most 90 s before it was taken.
UPDATE mail_attempt SET letter = 'activation' WHERE outcome = 'delivered' AND EXISTS (
  SELECT 1 FROM outbox JOIN activation_link ON activation_link.registration_id = outbox.registration_id
  WHERE outbox.id = mail_attempt.outbox_id AND outbox.kind = 'activation'
    AND activation_link.sent_at <= mail_attempt.at AND activation_link.sent_at >= mail_attempt.at - 90);

-- Its registration is still there, and so would be its link.
UPDATE mail_attempt SET letter = 'registered' WHERE outcome = 'delivered' AND letter = '' AND EXISTS (
  SELECT 1 FROM outbox JOIN registration ON registration.id = outbox.registration_id
  WHERE outbox.id = mail_attempt.outbox_id AND outbox.kind = 'activation');

-- The others never were another letter, but for `reset`.
UPDATE mail_attempt SET letter = COALESCE((SELECT kind FROM outbox WHERE outbox.id = mail_attempt.outbox_id
    AND kind <> 'activation' AND kind <> 'reset'), '') WHERE outcome = 'delivered' AND letter = '';

UPDATE outbox SET letter = COALESCE((SELECT MAX(letter) FROM mail_attempt
    WHERE mail_attempt.outbox_id = outbox.id AND outcome = 'delivered'), '') WHERE state IN ('sent', 'bounced');

-- Who did it: an operator's name, or `web:` and who it was there. Empty: an earlier version did not note it.
ALTER TABLE audit ADD COLUMN actor TEXT NOT NULL DEFAULT '';

-- What operators did has no network.
CREATE INDEX audit_actor ON audit (actor, at) WHERE network = '';

-- How the hash of the seal was made: 2 covers the actors of its rows, 1 does not.
ALTER TABLE audit_seal ADD COLUMN format BIGINT NOT NULL DEFAULT 1;

-- When a mailer of each machine was last heard of.
CREATE TABLE mailer_heartbeat (
  host TEXT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL
);
