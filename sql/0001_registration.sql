-- The registration flow. The same text runs on SQLite and PostgreSQL:
-- times are UTC epoch seconds, ids and hashes are text (base64url), no type is an engine's own.
-- Statements are separated by a blank line.

CREATE TABLE roster (
  registration_number TEXT NOT NULL PRIMARY KEY,
  institution TEXT NOT NULL CHECK (institution IN ('judo', 'ahaki')),
  clinic_name TEXT NOT NULL,
  address TEXT NOT NULL,
  phone TEXT NOT NULL
);

CREATE TABLE draft (
  id TEXT NOT NULL PRIMARY KEY,
  sealed TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX draft_expires_at ON draft (expires_at);

CREATE TABLE registration (
  id TEXT NOT NULL PRIMARY KEY,
  draft_id TEXT NOT NULL UNIQUE,
  signup_hash TEXT NOT NULL UNIQUE,
  family_name TEXT NOT NULL,
  given_name TEXT NOT NULL,
  registration_number TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  activated_at BIGINT NOT NULL
);

CREATE INDEX registration_email_key ON registration (email_key);

CREATE INDEX registration_number ON registration (registration_number);

CREATE INDEX registration_expires_at ON registration (expires_at);

CREATE TABLE activation_link (
  token_hash TEXT NOT NULL PRIMARY KEY,
  registration_id TEXT NOT NULL REFERENCES registration (id) ON DELETE CASCADE,
  sent_at BIGINT NOT NULL,
  failed_attempts INTEGER NOT NULL
);

CREATE INDEX activation_link_registration ON activation_link (registration_id);

CREATE TABLE account (
  id TEXT NOT NULL PRIMARY KEY,
  family_name TEXT NOT NULL,
  given_name TEXT NOT NULL,
  registration_number TEXT NOT NULL UNIQUE,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE outbox (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  registration_id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
  created_at BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  lease_owner TEXT NOT NULL,
  leased_until BIGINT NOT NULL,
  done_at BIGINT NOT NULL,
  last_reply TEXT NOT NULL
);

CREATE INDEX outbox_due ON outbox (state, next_attempt_at);

CREATE INDEX outbox_registration ON outbox (registration_id, created_at);
