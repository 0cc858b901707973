#!/usr/bin/env bash
# What goes wrong with a server that stays, as users meet it: restart, sessions cut, no session free, disk
# full, a lock that is held, a server that stands still. Whoever has pressed OK meanwhile gets a page that
# says to reload, whoever has sent the form gets it back filled in, and the reload works within 5 seconds
# of the fault's end. Nothing is restarted but the server. Prints a line for each fault.
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"
longest=5  # seconds from the end of a fault to the first success

make_server one
start_server one
# No superuser: that one would get a session when there is none left.
on_server one 'CREATE ROLE site LOGIN' postgres
on_server one 'CREATE DATABASE portal OWNER site' postgres
start_portal --connection "host=127.0.0.1 port=${port_of[one]} user=site dbname=portal"

since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f", to - from }'; }
press_ok() { visit --data-urlencode "draft=$draft" /register/complete; }
is_accepted() { press_ok && [[ $status == 303 ]]; }

# to_confirmation NAME: a new browser is there; sets draft.
to_confirmation() {
  browser=$1
  fill_in judo 契 0123456 7 8
  entries[email]=$1@test.example
  send_form
  expect_redirect /register/confirm
  visit /register/confirm
  draft=$(shown_draft)
}

# meets NAME BEGIN END: while the fault is there nobody loses what was typed, and afterwards all goes on.
meets() {
  local from answered back
  to_confirmation "$1"
  $2
  from=$EPOCHREALTIME
  press_ok
  answered=$(since "$from")
  expect_status 503
  expect_header Retry-After '[1-9][0-9]*'
  expect_text 'もう一度「OK」ボタンを押してください'
  entries[email]=typed@test.example
  browser=typing
  send_form
  expect_status 503
  expect_text 'value="typed@test.example"'
  expect_no_text "$password"
  $3
  from=$EPOCHREALTIME
  browser=$1
  wait_for 20 is_accepted || unexpected "$1: the portal does not come back"
  back=$(since "$from")
  expect_redirect /register/complete
  visit /register/complete
  expect_text "$1@test.example"
  printf '%-14s 503 after %5.2f s, accepted %5.2f s after its end\n' "$1" "$answered" "$back"
  awk -v back="$back" -v longest="$longest" 'BEGIN { exit back > longest }' || unexpected "$1: longer than $longest s"
}

# --- restarting
go_away() {
  kill -INT "${server_pid[one]}"
  wait "${server_pid[one]}" || true
}
meets restart go_away 'start_server one'

# --- no session free
use_up_sessions() {
  on_server one 'ALTER ROLE site CONNECTION LIMIT 0' postgres
  cut_sessions
}
cut_sessions() {
  on_server one "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'site'" postgres >/dev/null
}
free_sessions() { on_server one 'ALTER ROLE site CONNECTION LIMIT -1' postgres; }
meets no_session use_up_sessions free_sessions

# --- disk full, as the server says it (a disk to fill needs root)
fill_disk() {
  on_server one "CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE ''could not extend file: No space left on device'' USING ERRCODE = ''disk_full''; END'"
  for table in draft outbox; do
    on_server one "CREATE TRIGGER full_disk BEFORE INSERT ON $table EXECUTE FUNCTION no_space()"
  done
}
free_disk() { on_server one 'DROP FUNCTION no_space CASCADE' 2>/dev/null; }
meets disk_full fill_disk free_disk
grep -q 'No space left on device' "$site/log/complete.log" || unexpected 'the log does not say why'

# --- another holds a lock
hold_lock() {
  on_server one 'BEGIN; LOCK TABLE outbox, draft; SELECT pg_sleep(600)' >/dev/null 2>&1 &
  holder=$!
  wait_for 20 is_held || unexpected 'nobody holds the lock'
}
is_held() { [[ $(on_server one "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted \
AND relation IN ('outbox'::regclass, 'draft'::regclass)") == 2 ]]; }
release_lock() {
  on_server one "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)'
    AND pid <> pg_backend_pid()" >/dev/null
  wait "$holder" || true
}
meets locked hold_lock release_lock

# --- it stands still: neither an answer nor an end of the connection
stand_still() {
  mapfile -t family < <(family_of "${server_pid[one]}")
  halt "${family[@]}"
}
meets frozen stand_still go_on

# --- sessions are cut again and again while people register: nobody is lost
offer 4 "$url"
registered() { (($(on_server one 'SELECT count(*) FROM registration') >= $1)); }
wait_for 60 registered 20 || unexpected 'nobody registers'
killed=$(date +%s.%N)
for cut in 1 2 3 4 5; do
  cut_sessions
  count=$(on_server one 'SELECT count(*) FROM registration')
  wait_for 60 registered $((count + 10)) || unexpected "nobody registers after cut $cut"
done
nobody_else_comes
on_server one "SELECT email FROM registration WHERE EXISTS (SELECT 1 FROM outbox WHERE registration_id = \
registration.id AND kind = 'activation')" >"$scratch/found"
python3 "$tests/figures.py" "$scratch/report" "$scratch/found" "$killed"
