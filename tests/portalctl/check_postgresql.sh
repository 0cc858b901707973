#!/usr/bin/env bash
# portalctl check on PostgreSQL: the server's settings, its clock, the schema and the roles, each as it
# should be and as it should not.
#
#   check_postgresql.sh PROGRAMS
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"

make_server one
start_server one
log_is() { [[ $(on_server one 'SHOW log_error_verbosity' postgres) == "$1" ]]; }
log_shall_be() {  # VALUE
  on_server one "ALTER SYSTEM SET log_error_verbosity = '$1'" postgres
  on_server one 'SELECT pg_reload_conf()' postgres >/dev/null
  wait_for 20 log_is "$1" || unexpected "log_error_verbosity does not become $1"
}
log_shall_be terse
on_server one "CREATE ROLE site LOGIN" postgres
on_server one "CREATE DATABASE portal OWNER site" postgres
at="host=127.0.0.1 port=${port_of[one]}"
cat >"$scratch/portal.conf" <<END
database.connector = PostgreSQL
database.connection = $at user=site dbname=portal
mail.maildir = $scratch/mail
templates.directory = $root/templates
password.blocklist = $root/conf/password-blocklist.txt
END
portalctl() { "$programs/portalctl" --config "$scratch/portal.conf" "$@"; }
portalctl migrate --directory "$root/sql" >/dev/null
portalctl roster import "$root/sql/sample_roster.csv" >/dev/null

# check [CONNECTION]: fills $page.
headers=/dev/null
check() {
  status=0
  PORTAL_DATABASE_CONNECTION=${1:-$at user=site dbname=portal} portalctl check --stopped >"$page" || status=$?
}
# expect LEVEL PROBE WORDS
expect() {
  grep -qE "^$1 +$2: .*$3" "$page" || unexpected "no '$1 $2: …$3'"
  [[ $1 != FAULT || $status == 1 ]] || unexpected "status $status in spite of a fault"
}
# with SQL UNDO LEVEL PROBE WORDS: as superuser.
with() {
  on_server one "$1"
  check
  expect "${@:3}"
  on_server one "$2"
}
# the same with a setting of the server
setting_is() { [[ $(on_server one "SHOW $1") == "$2" ]]; }
with_setting() {  # NAME VALUE LEVEL PROBE WORDS
  local usual
  usual=$(on_server one "SHOW $1")
  on_server one "ALTER SYSTEM SET $1 = '$2'"
  on_server one 'SELECT pg_reload_conf()' >/dev/null
  wait_for 20 setting_is "$1" "$2" || unexpected "$1 does not become $2"
  check
  expect "${@:3}"
  on_server one "ALTER SYSTEM RESET $1"
  on_server one 'SELECT pg_reload_conf()' >/dev/null
  wait_for 20 setting_is "$1" "$usual" || unexpected "$1 does not become $usual"
}

check
[[ $status == 0 ]] || unexpected 'faults where there are none'
expect ok database 'PostgreSQL, migrated'
expect ok schema 'as migrated'
expect ok postgresql "UTF8, synchronous_commit = on, connections for 2 nodes"
expect ok clock 'as of the database server'
expect n/a roles 'roles.sql makes four'
expect n/a sqlite PostgreSQL

# --- the server
with_setting fsync off FAULT postgresql 'a power failure damages the database'
with_setting full_page_writes off FAULT postgresql 'full_page_writes = off'
with_setting synchronous_commit off warning postgresql 'the portal raises it'

# --- its log: what a race of two for one address leaves there
two_for_one() {
  ! on_server one "CREATE TEMPORARY TABLE one (email TEXT PRIMARY KEY); INSERT INTO one VALUES ('a@b.test'), ('a@b.test')" 2>/dev/null ||
    unexpected 'two have one address'
}
logged() { grep -F '(email)=(a@b.test)' "$servers/one.log" >/dev/null; }
two_for_one
! logged || unexpected 'the log has an address'
log_shall_be default
check
expect warning postgresql "the server's log quotes people's addresses"
two_for_one
logged || unexpected 'log_error_verbosity makes no difference any more'
log_shall_be terse
with "ALTER ROLE site CONNECTION LIMIT 30" "ALTER ROLE site CONNECTION LIMIT -1" \
  FAULT postgresql 'gives the portal 30 connections, and a node takes up to 41'
check "$at user=portal dbname=portal"
expect warning postgresql 'the role portal is a superuser'
on_server one "CREATE DATABASE ascii OWNER site ENCODING 'SQL_ASCII' TEMPLATE template0" postgres
check "$at user=site dbname=ascii"
expect FAULT postgresql "encoding is SQL_ASCII"
expect FAULT database 'is not migrated: run .portalctl migrate'

# --- TLS: 0.0.0.0 leads here as well, but nobody can tell that by the name
elsewhere="host=0.0.0.0 port=${port_of[one]} user=site dbname=portal"
check "$elsewhere"
expect FAULT database 'server does not support SSL, but SSL was required: .*ssl = on at the server; .*sslmode=disable'
for weak in disable allow prefer; do
  check "$elsewhere sslmode=$weak"
  expect warning postgresql "sslmode=$weak to another machine: .*verify-full"
  expect ok database 'PostgreSQL, migrated'
done

# --- the clock
strange STRANGE_CLOCK=600 check
expect FAULT clock '(600|599|601) s ahead of the database server'
strange STRANGE_CLOCK=-20 check
expect warning clock '[0-9]+ s behind the database server'

# --- the schema
with 'DROP INDEX audit_at' 'CREATE INDEX audit_at ON audit (at)' FAULT schema 'index audit_at is missing'
with 'ALTER TABLE audit DISABLE TRIGGER audit_append_only' 'ALTER TABLE audit ENABLE TRIGGER audit_append_only' \
  FAULT schema 'trigger of audit for update is missing'
with 'ALTER TABLE audit DISABLE TRIGGER audit_kept' 'ALTER TABLE audit ENABLE TRIGGER audit_kept' \
  FAULT schema 'trigger of audit for delete is missing'
with 'CREATE TABLE own (mine TEXT)' 'DROP TABLE own' warning schema 'own.mine is none of the portal'
with 'ALTER TABLE waiting RENAME email_key TO key' 'ALTER TABLE waiting RENAME key TO email_key' \
  FAULT schema 'waiting.email_key is missing'

# --- the roles
psql -XAtq -v ON_ERROR_STOP=1 -1 -f "$root/sql/roles.sql" "$at user=portal dbname=portal"
check
expect ok roles 'portal_web, portal_mailer, portal_operator, portal_desk'
with 'ALTER ROLE portal_desk RENAME TO elsewhere' 'ALTER ROLE elsewhere RENAME TO portal_desk' \
  FAULT roles 'there is no role portal_desk: run roles.sql again'
with 'REVOKE UPDATE (last_login_at) ON account FROM portal_mailer' 'GRANT UPDATE (last_login_at) ON account TO portal_mailer' \
  FAULT roles 'not granted: UPDATE .last_login_at. ON account TO portal_mailer: run roles.sql again, as after each upgrade'
with 'REVOKE EXECUTE ON FUNCTION password_hash_of(TEXT) FROM portal_web' 'GRANT EXECUTE ON FUNCTION password_hash_of(TEXT) TO portal_web' \
  FAULT roles 'not granted: EXECUTE ON FUNCTION password_hash_of.TEXT. TO portal_web: run'
with 'REVOKE SELECT (phone) ON registration FROM portal_desk' 'GRANT SELECT (phone) ON registration TO portal_desk' \
  FAULT roles 'not granted: SELECT .phone. ON registration TO portal_desk: run'
with 'REVOKE ALL ON waiting FROM portal_web, portal_mailer, portal_operator, portal_desk' \
  'GRANT SELECT, INSERT, UPDATE, DELETE ON waiting TO portal_web, portal_mailer, portal_operator, portal_desk' \
  FAULT roles 'not granted: SELECT ON waiting TO portal_web, INSERT ON waiting TO portal_web, .* and [0-9]+ more: run'
with 'GRANT SELECT ON account TO portal_mailer' 'REVOKE SELECT ON account FROM portal_mailer' \
  FAULT roles 'password hashes can be read by portal_mailer of account'

# --- sort orders that have another version than when the indexes were made
with "CREATE INDEX own ON waiting (email_key COLLATE \"ja-x-icu\");
  UPDATE pg_collation SET collversion = '1.0' WHERE collname = 'ja-x-icu'" \
  "DROP INDEX own; ALTER COLLATION pg_catalog.\"ja-x-icu\" REFRESH VERSION" \
  FAULT collation 'COLLATION .*ja-x-icu.* was made with version 1.0 .*: .REINDEX DATABASE; ALTER COLLATION .* REFRESH VERSION'
check
expect ok collation 'the sort orders are those of the indexes'

# --- damage
expect n/a integrity 'the extension amcheck is not there'
on_server one 'CREATE EXTENSION amcheck'
check
expect n/a integrity 'this role may not use amcheck'
on_server one 'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO site'
check
expect ok integrity 'no damage found in the PostgreSQL database'
index=$servers/one/$(on_server one "SELECT pg_relation_filepath('audit_at')")
restart_with() {  # FILE: which becomes the index's second page
  on_server one CHECKPOINT
  kill -INT "${server_pid[one]}"
  wait "${server_pid[one]}" || true
  dd if="$1" of="$index" bs=8192 seek=1 count=1 conv=notrunc status=none
  start_server one
}
dd if="$index" of="$scratch/page.kept" bs=8192 skip=1 count=1 status=none
restart_with /dev/urandom
check
expect FAULT integrity 'is damaged: audit_at: .*restore a backup'
restart_with "$scratch/page.kept"
check
expect ok integrity 'no damage found'
expect ok replication 'no standby'

# --- a standby, and a server that is away
make_standby one two
check
expect unknown replication '1 standby; how far behind, this role may not see: GRANT pg_monitor TO site'
on_server one 'GRANT pg_monitor TO site'
check
expect ok replication '1 standby, 0 MB behind'
check "host=127.0.0.1 port=${port_of[two]} user=site dbname=portal"
expect FAULT postgresql 'this server is a standby'
with_setting synchronous_commit local FAULT postgresql 'a failover loses registrations'
kill -QUIT "${server_pid[two]}"
wait "${server_pid[two]}" || true
unset 'server_pid[two]'
standbys_are_gone() { [[ $(on_server one 'SELECT count(*) FROM pg_stat_replication') == 0 ]]; }
wait_for 30 standbys_are_gone || unexpected 'the standby stays'
check
expect FAULT replication 'but no standby is connected: every registration waits'
kill -QUIT "${server_pid[one]}"
wait "${server_pid[one]}" || true
unset 'server_pid[one]'
check
expect FAULT database 'Connection refused'
expect n/a postgresql 'see database'
