#!/usr/bin/env bash
# PostgreSQL over TLS, with its name verified and the password in a file: the right server is used, any
# other refused in one line that says why.
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"
ca=$servers/ca.crt

make_authority() {  # NAME
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$1" \
    -keyout "$servers/$1.key" -out "$servers/$1.crt" 2>/dev/null
}

make_authority ca
make_authority other
make_server one
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=db \
  -keyout "$servers/one/server.key" 2>/dev/null |
  openssl x509 -req -days 2 -CA "$ca" -CAkey "$servers/ca.key" -CAcreateserial \
    -extfile <(echo 'subjectAltName = DNS:db.portal.test') -out "$servers/one/server.crt" 2>/dev/null
chmod 600 "$servers/one/server.key"
chmod 644 "$servers"/*.crt
((EUID != 0)) || chown nobody "$servers"/one/server.*
start_server one -c ssl=on -c password_encryption=scram-sha-256
on_server one "ALTER ROLE portal PASSWORD 'Geheim-123'" postgres
on_server one 'CREATE DATABASE portal' postgres
echo 'hostssl portal portal 127.0.0.1/32 scram-sha-256' >"$servers/one/pg_hba.conf"
kill -HUP "${server_pid[one]}"

(umask 077; echo 'db.portal.test:*:portal:portal:Geheim-123' >"$servers/pgpass")
(umask 077; echo 'db.portal.test:*:portal:portal:Wrong-123' >"$servers/wrong")
install -m 644 "$servers/pgpass" "$servers/open"
cat >"$scratch/portal.conf" <<END
database.connector = PostgreSQL
templates.directory = $root/templates
password.blocklist = $root/conf/password-blocklist.txt
END

# by STRING: portalctl by that connection string. with WORD...: by a good one and those words, which count.
named="hostaddr=127.0.0.1 host=db.portal.test port=${port_of[one]} user=portal dbname=portal \
sslmode=verify-full sslrootcert=$ca"
good="$named passfile=$servers/pgpass"
by() {
  PORTAL_DATABASE_CONNECTION=$1 "$programs/portalctl" --config "$scratch/portal.conf" \
    migrate --directory "$root/sql" >"$page" 2>&1
}
with() { by "$good $*"; }
refused_is_on() { ! with dbname=portal sslmode=disable && grep -q 'no pg_hba.conf entry' "$page"; }
headers=/dev/null
wait_for 20 refused_is_on || unexpected 'a session without TLS is not refused'

by "$good" || unexpected 'the right server is refused'
PGPASSFILE=$servers/pgpass by "$named" || unexpected 'PGPASSFILE is not used'

expect_refusal() {  # REASON WORD...
  local reason=$1
  shift
  ! with "$@" || unexpected "$* is accepted"
  expect_text "$reason"
  expect_no_text 123
  [[ $(wc -l <"$page") == 1 ]] || unexpected "$*: more than a line"
}
expect_refusal 'server certificate for "db.portal.test" does not match host name "db2.portal.test"' \
  host=db2.portal.test
expect_refusal 'certificate verify failed' sslrootcert="$servers/other.crt"
expect_refusal 'does not exist' sslrootcert="$servers/none.crt"
expect_refusal 'password authentication failed for user "portal"' passfile="$servers/wrong"
expect_refusal 'no password supplied' passfile="$servers/none"
# Which others may read is not read: libpq says so itself on a line of its own.
! with passfile="$servers/open" || unexpected 'a password file that all can read is used'
expect_text 'has group or world access'

# Without a word TLS is required of another machine, by each name that it may have, and the backup's command
# says so too. 0.0.0.0 leads here as well, but nobody can tell that by the name. The role is none of a superuser's, of
# which check would warn.
as_portal() { PGPASSFILE=$servers/pgpass psql -XAtq "$named" -c "$1"; }
as_portal "CREATE ROLE site LOGIN PASSWORD 'Geheim-123'"
as_portal 'GRANT CREATE ON SCHEMA public TO site; GRANT ALL ON ALL TABLES IN SCHEMA public TO site'
echo 'host portal portal,site 127.0.0.1/32 scram-sha-256' >"$servers/one/pg_hba.conf"
kill -HUP "${server_pid[one]}"
elsewhere="port=${port_of[one]} user=site dbname=portal passfile=$servers/any"
(umask 077; echo '*:*:portal:site:Geheim-123' >"$servers/any")
encrypted() {  # STRING
  by "$1" || return
  PORTAL_DATABASE_CONNECTION=$1 "$programs/portalctl" --config "$scratch/portal.conf" check --stopped >"$page" || true
  grep -qE '^ok +postgresql: .*; by TLS, but any server passes for yours' "$page"
}
in_the_clear_is_on() { with sslmode=disable; }
wait_for 20 in_the_clear_is_on || unexpected 'the server takes no session without TLS'
for server in host=0.0.0.0 'host=db.portal.test hostaddr=0.0.0.0' 'host=127.0.0.1,0.0.0.0 hostaddr=0.0.0.0,0.0.0.0'; do
  encrypted "$server $elsewhere" || unexpected "$server without TLS"
done
PGHOST=0.0.0.0 encrypted "$elsewhere" || unexpected 'PGHOST without TLS'
PORTAL_DATABASE_CONNECTION="host=db.portal.test $elsewhere" "$programs/portalctl" --config "$scratch/portal.conf" \
  backup "$scratch/dump" >"$page" 2>&1 || true
grep -q "pg_dump .*sslmode=require'" "$page" || unexpected 'the backup may go in the clear'
! by "host=0.0.0.0 $elsewhere sslmode=disable passfile=$servers/none" || unexpected 'no password, and yet a session'
by "host=0.0.0.0 $elsewhere sslmode=disable" || unexpected 'sslmode=disable does not count'

# The whole portal.
headers=$scratch/headers
start_portal --connection "$good"
fill_in judo 契 0123456 7 8
apply
visit "$(link_to kikin01@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
tls=$(psql -XAtq "$good" -c \
  'SELECT count(*) FILTER (WHERE ssl), count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
   WHERE usename IS NOT NULL')
[[ ${tls%|*} == "${tls#*|}" ]] || unexpected "sessions with TLS and in all: $tls"
! grep -rqF Geheim "$site" || unexpected 'the password is in a log'
echo "sessions with TLS, all: $tls"
