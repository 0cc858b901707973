-- Password hashes are read by this function only, so that roles of sql/roles.sql need no privilege on
-- the column. It answers for one account or registration in a transaction: no query, whoever
-- slipped it in, gets the hashes of all. SQLite has no roles; there the same is a SELECT.

-- only: PostgreSQL
CREATE FUNCTION password_hash_of(wanted TEXT) RETURNS TEXT LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $body$
DECLARE
  hash TEXT;
BEGIN
  -- Held to the end of the transaction, whoever would like to give it back.
  PERFORM pg_advisory_xact_lock_shared(7036876, hashtext(wanted));
  IF (SELECT COUNT(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'
      AND classid = 7036876) > 1 THEN
    RAISE EXCEPTION 'one password hash in a transaction' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT password_hash INTO hash FROM account WHERE id = wanted;
  IF hash IS NULL THEN
    SELECT password_hash INTO hash FROM registration WHERE id = wanted;
  END IF;
  RETURN COALESCE(hash, '');
END
$body$;
