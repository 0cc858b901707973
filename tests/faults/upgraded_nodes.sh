#!/usr/bin/env bash
# Two nodes on one PostgreSQL have the newest programs and the database of the version before, and it is migrated
# while people register on both: that is the order of an upgrade (conf/install.md). No step becomes unhealthy, and
# nobody is refused. Then a newer version's database is seen by all programs, and they refuse it.
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

make_server one
start_server one
on_server one 'CREATE DATABASE portal' postgres
connection="host=127.0.0.1 port=${port_of[one]} user=portal dbname=portal"
ask() { on_server one "$1"; }

# --- the database of the version before, and a quickstart that leaves it so
mkdir "$scratch/sql" "$scratch/bin"
cp "$root"/sql/[0-9]*.sql "$scratch/sql"
newest=$(cd "$scratch/sql" && printf '%s\n' * | tail -n 1)
needed_by=$(sed -n 's/^-- needed by: //p' "$scratch/sql/$newest")
[[ -n $needed_by ]] || { echo 'skipped: every program needs the newest migration'; exit 77; }
rm "$scratch/sql/$newest"
printf '%s\n' 'database.connector = PostgreSQL' "database.connection = $connection" >"$scratch/portal.conf"
portalctl() { "$real/portalctl" --config "$scratch/portal.conf" "$@"; }
real=$programs
portalctl migrate --directory "$scratch/sql" >"$page"
# The roster's tables, filled by a portal of this version.
on_server one 'CREATE DATABASE model' postgres
model=(env "PORTAL_DATABASE_CONNECTION=${connection%portal}model" "$programs/portalctl" --config "$scratch/portal.conf")
"${model[@]}" migrate >"$page"
"${model[@]}" roster import "$root/sql/sample_roster.csv" >"$page"
ask 'TRUNCATE roster_current, roster_version, roster_quarantine, roster_edition'
pg_dump --data-only --table='roster_*' "${connection%portal}model" | psql -XAtq -v ON_ERROR_STOP=1 "$connection" >"$scratch/said"
ln -s "$programs"/portal-* "$scratch/bin"
printf '%s\n' '#!/bin/sh' 'exit 0' >"$scratch/bin/portalctl"  # it would migrate
chmod +x "$scratch/bin/portalctl"
programs=$scratch/bin

healthy_ones() { steps | grep -vwF -f <(tr ' ' '\n' <<<"$needed_by"); }

urls=()
for node in first second; do
  site="$scratch/node $node"
  start_portal --connection "$connection"
  urls+=("$url")
  nodes+=("$portal")
  portal=''
done

# --- each step of each node is asked all the time
look() {
  local step url
  while [[ -d $scratch && ! -e $scratch/looked_enough ]]; do
    for url in "${urls[@]}"; do
      while read -r step; do
        curl -s --noproxy '*' --max-time 20 -o "$scratch/health" -w "%{http_code} $url $step\n" "$url/healthz/$step" || true
      done < <(healthy_ones)
    done
  done
}
offer 4 "${urls[@]}"
look >"$scratch/looks" &
looking=$!
wait_for_accepted 20
it_happens
[[ $(portalctl migrate --pending) == 1 ]] || unexpected 'the database is not that of the version before'
portalctl migrate >"$page"
expect_text '1 migrations applied'
wait_for_accepted 20
touch "$scratch/looked_enough"
wait "$looking"
grep -v '^200 ' "$scratch/looks" >"$page" && unexpected 'a step was unhealthy'
[[ $(wc -l <"$scratch/looks") -gt 40 ]] || unexpected 'health was not asked'
# Only what waited for the migration may have said so.
grep -l 'unavailable error=' "$scratch"/node*/log/*.log >"$scratch/unavailable" || true
while read -r log; do
  name=${log##*/}
  grep -qwF "${name%.log}" <<<"$needed_by" || unexpected "$log: $(grep -m 1 unavailable error= "$log")"
done <"$scratch/unavailable"
it_cost ask

# --- a version that these programs do not know
ask "INSERT INTO schema_migration (version, name, applied_at) VALUES (99, '0099_next.sql', 0)"
while read -r step; do
  for url in "${urls[@]}"; do
    visit "$url/healthz/$step"
    expect_status 503
    expect_text 'is at version 99, newer than this program'
  done
  code=0
  "$real/portal-$step" --config "$site/portal.conf" --check 2>"$page" || code=$?
  [[ $code == 2 ]] || unexpected "portal-$step --check ends with $code"
  expect_text 'newer than this program'
done < <(steps)
browser=late
fill_in judo 協 0123456 7 8
entries[email]=late@test.example
send_form
expect_status 503
expect_text 'value="late@test.example"'
for command in 'roster list' 'account show a@example.jp' 'mail status' 'purge' 'audit verify' 'migrate'; do
  # shellcheck disable=SC2086 # words
  ! portalctl $command >"$scratch/said" 2>"$page" || unexpected "portalctl $command works"
  expect_text 'newer than this program'
done
code=0
"$real/portal-mailer" --config "$site/portal.conf" --once 2>"$page" || code=$?
[[ $code == 2 ]] || unexpected "the mailer ends with $code"
expect_text 'newer than this program'
