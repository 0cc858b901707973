-- What the call centre asks about: what happened before there was a registration, and who waits
-- for a clinic to be in the roster.

-- An id begins with the time, so that new rows stand together: one is written at every form.
-- Found by who asks with the address, number or phone; who reads the table sees only hashes.
CREATE TABLE event (
  id TEXT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  name TEXT NOT NULL,
  email_hash TEXT NOT NULL,
  number_hash TEXT NOT NULL,
  phone_hash TEXT NOT NULL,
  registration_id TEXT NOT NULL,
  request_id TEXT NOT NULL,
  detail TEXT NOT NULL
);

CREATE INDEX event_email ON event (email_hash) WHERE email_hash <> '';

CREATE INDEX event_number ON event (number_hash) WHERE number_hash <> '';

CREATE INDEX event_phone ON event (phone_hash) WHERE phone_hash <> '';

CREATE INDEX event_registration ON event (registration_id) WHERE registration_id <> '';

CREATE INDEX registration_phone ON registration (phone);

CREATE INDEX account_phone ON account (phone);

CREATE TABLE waiting (
  id TEXT NOT NULL PRIMARY KEY,
  registration_number TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  network TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  notified_at BIGINT NOT NULL,
  UNIQUE (registration_number, email_key)
);

CREATE INDEX waiting_email_key ON waiting (email_key);

CREATE INDEX waiting_created_at ON waiting (created_at);
