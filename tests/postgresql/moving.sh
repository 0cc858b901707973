#!/usr/bin/env bash
# A site on SQLite moves to PostgreSQL as conf/moving-to-postgresql.md says, while people use it, and
# with a portalctl that is killed in the middle. Nobody has to do anything twice: sessions, drafts
# and links that were mailed before go on working.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/../../conf/peers.sh
. "$root/conf/peers.sh"
clinics=200000

# --- PostgreSQL, where quickstart will look for it afterwards (what conf/peers.sh needs of it)
dir=$site connection=''
server_pid=''
start() { "${@:2}" 2>>"$scratch/$1.log" & server_pid=$!; }
run() { "${@:2}" >"$scratch/$1.log" 2>&1 || fail 1 "$1 failed: $(tail -n 3 "$scratch/$1.log")"; }
notice_ended() { ended=''; }
stop_server() {
  [[ -n $server_pid ]] || return 0
  kill -INT "$server_pid" || true
  wait "$server_pid" || true
  server_pid=''
  rm -rf "$postgresql_socket"
}

visitor='' copy=''
end_all() {
  local result=$?
  touch "$scratch/enough"
  [[ -z $visitor ]] || wait "$visitor" || true
  [[ -z $copy ]] || kill -KILL "$copy" 2>/dev/null || true
  [[ -z $portal ]] || stop_portal
  stop_server
  end_scenario "$result"
}
trap end_all EXIT

on_target() { psql_here -d portal -Atc "$1"; }
move_as_exec=''
portalctl() { $move_as_exec "$programs/portalctl" --config "$scratch/new.conf" "$@"; }
move() { portalctl migrate --directory "$root/sql" --from "sqlite:$site/portal.db" "$@"; }
seconds_since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'; }

# --- a site that has something of everything
start_portal
sql "INSERT INTO roster_version WITH RECURSIVE n(i) AS (SELECT 2000000 UNION ALL SELECT i + 1 FROM n
  WHERE i < 2000000 + $clinics - 1) SELECT '契' || i || '-0-0', 1, 1000000000, 'judo',
  '第' || i || '整骨院', '東京都港区本町' || i, '0312345678', '', 0 FROM n"

browser=member # registered, activated, logged in
fill_in judo 契 0123456 7 8
apply
visit "$(link_to kikin01@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
visit --data-urlencode email=kikin01@test.example -d "password=$password" /login
expect_redirect /account

browser=waiting # has the mail, and will follow its link after the move
fill_in ahaki 01234567 8 9
entries[email]=waiting@test.example
apply
waiting_link=$(link_to waiting@test.example)

browser=drafting # is at the confirmation screen
fill_in judo 契 1300001 0 0
entries[email]=drafting@test.example
send_form
expect_redirect /register/confirm

# --- copied while requests go on
prepare_postgresql
sed "s|^database.connector = .*|database.connector = $connector|
  s|^database.connection = .*|database.connection = $connection|" "$site/portal.conf" >"$scratch/new.conf"

use_the_site() {
  browser=visitor
  fill_in judo 契 2000001 0 0
  until [[ -e $scratch/enough ]]; do
    send_form
    expect_redirect /register/confirm
    visit /register/confirm
    expect_status 200
    printf . >>"$scratch/visits"
  done
}
use_the_site &
visitor=$!

(move_as_exec='exec' move >/dev/null 2>"$scratch/killed.log") &  # the program itself, to be killed
copy=$!
some_arrived() { [[ $(on_target 'SELECT count(*) FROM roster_version' 2>/dev/null) -gt 20000 ]]; }
wait_for 60 some_arrived || { cat "$scratch/killed.log" >&2; exit 1; }
kill -KILL "$copy"
wait "$copy" 2>/dev/null || true
copy=''
arrived=$(on_target 'SELECT count(*) FROM roster_version')
((arrived < clinics)) || { echo "it was done before it was killed" >&2; exit 1; }
portalctl check >"$scratch/check" 2>&1 && { echo 'check takes half a copy for a portal' >&2; exit 1; }
grep -q -- '--finish' "$scratch/check"

from=$EPOCHREALTIME
move --json >"$scratch/first.json"
echo "killed after $arrived rows, then copied the rest of $clinics clinics in $(seconds_since "$from") s"
touch "$scratch/enough"
wait "$visitor" || { cat "$scratch"/visitor* >&2; exit 1; }
visitor=''
(($(stat -c %s "$scratch/visits") > 3)) || { echo 'nobody visited meanwhile' >&2; exit 1; }

# --- what happens after the first copy
browser=late
fill_in judo 協 0123456 7 8
entries[email]=late@test.example
apply
late_link=$(link_to late@test.example)

# --- the last copy: the portal is away
from=$EPOCHREALTIME
stop_portal
move --finish --json >"$scratch/last.json"
pause=$(seconds_since "$from")
echo "stopped, copied the last changes and verified in $pause s"
awk -v pause="$pause" 'BEGIN { exit !(pause < 60) }'
portalctl audit verify >/dev/null
[[ $(sqlite3 "$site/portal.db" 'SELECT count(*) FROM roster_version') == \
  $(on_target 'SELECT count(*) FROM roster_version') ]]
grep -q '"table":"registration","rows":3,"added":1,"changed":0,"removed":0' "$scratch/last.json"
stop_server

# --- and on with PostgreSQL
peers+=(--database postgresql)
start_portal
browser=member
visit /account
expect_status 200
expect_text '契0123456-7-8'
visit -d '' /logout
visit --data-urlencode email=kikin01@test.example -d "password=$password" /login
expect_redirect /account
browser=waiting
visit "$waiting_link"
expect_text 'ユーザー登録が完了いたしました。'
browser=late
visit "$late_link"
expect_text 'ユーザー登録が完了いたしました。'
browser=drafting
visit /register/confirm
expect_status 200
expect_text 髙﨑接骨院
visit --data-urlencode "draft=$(shown_draft)" /register/complete
expect_redirect /register/complete
visit "$(link_to drafting@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
expect_count 4 'SELECT count(*) FROM account'
"$programs/portalctl" --config "$site/portal.conf" audit verify >/dev/null
"$programs/portalctl" --config "$site/portal.conf" check --stopped >/dev/null

# The site that is used now is not overwritten by the old one.
connection=$(sed -n 's/^database.connection = //p' "$site/portal.conf")
sed -i "s|^database.connection = .*|database.connection = $connection|" "$scratch/new.conf"
if move --finish 2>"$scratch/again.log"; then exit 1; fi
grep -q 'has rows that .* has not' "$scratch/again.log"
expect_count 4 'SELECT count(*) FROM account'
