-- The browsers in which somebody has logged in to an account, or activated it: by the SHA-256 of a cookie's
-- token. One browser may be known to several accounts. It opens nothing: strangers' wrong passwords do not
-- hold it up.
CREATE TABLE known_device (
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, token_hash)
);

CREATE INDEX known_device_seen_at ON known_device (seen_at);
