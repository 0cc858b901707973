-- The roster in editions: a row is a version of a clinic, which readers see while
-- from_edition <= the current edition < to_edition. An import writes the next edition beside the
-- current one and then moves the pointer, so that every reader has one whole edition.

CREATE TABLE roster_edition (
  number BIGINT NOT NULL PRIMARY KEY,
  previous BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('staging', 'current', 'past', 'undone', 'failed')),
  owner TEXT NOT NULL,
  leased_until BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT NOT NULL,
  file TEXT NOT NULL,
  scope TEXT NOT NULL,
  counts TEXT NOT NULL
);

CREATE TABLE roster_current (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  edition BIGINT NOT NULL REFERENCES roster_edition (number)
);

-- to_edition 1000000000: for as long as no edition says otherwise. closed_at 0: open.
CREATE TABLE roster_version (
  registration_number TEXT NOT NULL,
  from_edition BIGINT NOT NULL,
  to_edition BIGINT NOT NULL,
  institution TEXT NOT NULL CHECK (institution IN ('judo', 'ahaki')),
  clinic_name TEXT NOT NULL,
  address TEXT NOT NULL,
  phone TEXT NOT NULL,
  designated_on TEXT NOT NULL,
  closed_at BIGINT NOT NULL,
  PRIMARY KEY (registration_number, from_edition)
);

INSERT INTO roster_edition (number, previous, state, owner, leased_until, started_at, finished_at, file, scope, counts)
VALUES (1, 0, 'current', '', 0, 0, 0, '', '', '');

INSERT INTO roster_current (id, edition) VALUES (1, 1);

INSERT INTO roster_version (registration_number, from_edition, to_edition, institution, clinic_name, address, phone, designated_on, closed_at)
SELECT registration_number, 1, 1000000000, institution, clinic_name, address, phone, '', 0 FROM roster;

DROP TABLE roster;

CREATE INDEX roster_version_from ON roster_version (from_edition, registration_number);

CREATE INDEX roster_version_to ON roster_version (to_edition, registration_number) WHERE to_edition < 1000000000;

CREATE INDEX roster_version_closed ON roster_version (registration_number) WHERE closed_at <> 0;

-- Rows of files that could not be used, as they were given.
CREATE TABLE roster_quarantine (
  id BIGINT NOT NULL PRIMARY KEY,
  edition BIGINT NOT NULL REFERENCES roster_edition (number),
  file TEXT NOT NULL,
  line BIGINT NOT NULL,
  reason TEXT NOT NULL,
  registration_number TEXT NOT NULL,
  given_number TEXT NOT NULL,
  clinic_name TEXT NOT NULL,
  address TEXT NOT NULL,
  phone TEXT NOT NULL,
  designated_on TEXT NOT NULL
);

CREATE INDEX roster_quarantine_edition ON roster_quarantine (edition);

CREATE INDEX roster_quarantine_given ON roster_quarantine (given_number, clinic_name);
