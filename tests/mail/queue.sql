-- Mails row:first … to t:first@test.example …, :number of them, each with a registration of its own;
-- for SQLite and PostgreSQL.

WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :first + :number)
INSERT INTO registration (id, draft_id, signup_hash, family_name, given_name, registration_number,
  phone, email, email_key, password_hash, created_at, expires_at, activated_at)
SELECT 'r' || i, 'd' || i, 's' || i, '髙﨑', '太郎', '契' || (1000000 + i) || '-0-0', '01201234567',
  't' || i || '@test.example', 't' || i || '@test.example', 'x', :now, :now + 90000, 0 FROM n;

INSERT INTO outbox (id, kind, registration_id, account_id, recipient, network, state, created_at,
  next_attempt_at, attempts, lease_owner, leased_until, done_at, last_reply)
SELECT 'row' || substr(id, 2), 'activation', id, '', email, '', 'queued', created_at, created_at, 0,
  '', 0, 0, '' FROM registration WHERE 'row' || substr(id, 2) NOT IN (SELECT id FROM outbox);
