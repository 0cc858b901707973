#!/usr/bin/env bash
# What a role of sql/roles.sql has no business with is refused, and the operators' work succeeds; that
# each program has what it needs is shown by every scenario of integration/, run by with_roles.sh as
# this one is.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"

start_portal
fill_in judo 契 0123456 7 8
apply
visit "$(link_to kikin01@test.example)"
connection=$(sed -n 's/^database.connection = //p' "$site/portal.conf")
as() { psql -XAtq -v ON_ERROR_STOP=1 "${connection/user=portal /user=portal_$1 }" -c "$2" 2>"$scratch/why"; }
portalctl() { "$programs/portalctl" --config "$site/portal.conf" "$@"; }
refused() { # WORDS ROLE SQL
  if as "$2" "$3"; then echo "portal_$2 may: $3" >&2; exit 1; fi
  grep -q "$1" "$scratch/why" || { cat "$scratch/why" >&2; exit 1; }
}
fill_in ahaki 01234567 8 9
entries[email]=second@test.example
browser=second
apply
visit "$(link_to second@test.example)"

for role in web mailer operator desk; do
  for table in account registration; do
    refused 'permission denied' "$role" "SELECT password_hash FROM $table"
    refused 'permission denied' "$role" "SELECT * FROM $table"
    refused 'permission denied' "$role" "SELECT 1 FROM $table WHERE password_hash LIKE '\$argon2id\$%'"
    refused 'permission denied' "$role" "UPDATE $table SET phone = phone WHERE password_hash > '' RETURNING id"
  done
  refused 'permission denied' "$role" 'UPDATE audit SET detail = 1'
  refused 'permission denied' "$role" 'TRUNCATE audit'
  refused 'must be owner' "$role" 'ALTER TABLE audit DISABLE TRIGGER ALL'
  refused 'permission denied' "$role" 'CREATE TABLE own (a TEXT)'
  refused 'permission denied' "$role" "INSERT INTO schema_migration VALUES (99, '', 0)"
done
for role in web mailer desk; do refused 'permission denied' "$role" 'DELETE FROM audit'; done
refused 'audit is append only' operator 'DELETE FROM audit' # which may remove what an archive holds
for role in mailer operator desk; do
  refused 'permission denied' "$role" "SELECT password_hash_of(id) FROM account LIMIT 1"
  refused 'permission denied' "$role" "UPDATE account SET password_hash = ''"
done
refused 'one password hash in a transaction' web 'SELECT password_hash_of(id) FROM account'
[[ $(as web "SELECT password_hash_of(id) FROM account WHERE email_key = 'second@test.example'") == \$argon2id\$* ]]
refused 'permission denied' web "UPDATE account SET state = 'active'"
refused 'permission denied' web "UPDATE roster_version SET clinic_name = ''"
refused 'permission denied' web 'SELECT detail FROM audit'
refused 'permission denied' mailer "DELETE FROM account"
refused 'permission denied' mailer "UPDATE account SET email = ''"
refused 'permission denied' mailer "SELECT token_hash FROM web_session"
refused 'permission denied' mailer "SELECT sealed FROM draft"

# --- the operators' other verbs
portalctl check --sockets "$site/run" --web-user "$(id -un)"
portalctl purge
portalctl audit seal
portalctl audit verify
portalctl mail list
portalctl timeline second@test.example
portalctl registration list
portalctl account disable kikin01@test.example --yes --reason test
portalctl account enable kikin01@test.example --yes --reason test
portalctl account unlock kikin01@test.example --yes --reason test
portalctl account release 契0123456-7-8 --yes --reason test
portalctl roster import "$root/sql/sample_roster.csv"
portalctl roster editions
portalctl roster quarantine
portalctl restored --yes --reason test
