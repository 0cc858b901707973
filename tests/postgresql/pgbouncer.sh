#!/usr/bin/env bash
# PgBouncer in between, set up with conf/pgbouncer/pgbouncer.ini: a person registers and activates; the server
# or the pooler restarts, or there is no session left, and the portal goes on by itself. In transaction and
# statement mode every program refuses to start and says what to change, however few connections the pooler
# has. When the mode changes under running programs, nobody is lost, and no registration is written with the
# synchronous_commit of a draft.
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"
command -v pgbouncer >/dev/null || { echo 'pgbouncer is not installed'; exit 77; }
longest=5  # seconds from the end of a fault to the first success
pooler='' pooler_port=$(free_port)

end_poolers() {
  local result=$?
  [[ -z $pooler ]] || kill -KILL "$pooler" 2>/dev/null || true
  end_servers "$result"
}
trap end_poolers EXIT

make_server one
start_server one
on_server one "CREATE ROLE site LOGIN PASSWORD 'secret'" postgres
on_server one 'CREATE DATABASE portal OWNER site' postgres
echo '"site" "secret"' >"$servers/userlist.txt"
echo "127.0.0.1:*:portal:site:secret" >"$scratch/pgpass"
chmod 600 "$scratch/pgpass"
connection="host=127.0.0.1 port=$pooler_port user=site dbname=portal passfile=$scratch/pgpass"

# set_up_pooler [SED-COMMAND]: the shipped file, for this machine.
set_up_pooler() {
  sed -E "s|^(portal = host=127.0.0.1 port=).*|\1${port_of[one]}|; s|^(listen_port = ).*|\1$pooler_port|
    s|/etc/pgbouncer\|/var/log/postgresql\|/var/run/postgresql|$servers|; ${1-}" \
    "$root/conf/pgbouncer/pgbouncer.ini" >"$servers/pgbouncer.ini"
}
is_pooling() { psql -XAtq "$connection" -c 'SELECT 1' >/dev/null 2>&1; }
start_pooler() {
  "${as_server[@]}" pgbouncer "$servers/pgbouncer.ini" >>"$servers/pooler.log" 2>&1 &
  pooler=$!
  wait_for 30 is_pooling || { echo 'PgBouncer does not start' >&2; return 1; }
}
stop_pooler() {
  kill -KILL "$pooler"
  wait "$pooler" 2>/dev/null || true
  rm -f "$servers/pgbouncer.pid"
}
change_pooler() {  # SED-COMMAND
  set_up_pooler "$1"
  kill -HUP "$pooler"
}

# --- session mode
((EUID != 0)) || chown nobody "$servers/userlist.txt"
touch "$servers/pgbouncer.log"
((EUID != 0)) || chown nobody "$servers/pgbouncer.log"
set_up_pooler
start_pooler
start_portal --connection "$connection"
fill_in ahaki 01234567 8 9
apply
visit "$(link_to kikin01@test.example)"
expect_text 'ユーザー登録が完了いたしました。'

"$programs/portalctl" --config "$site/portal.conf" check --stopped >"$page" || unexpected 'check finds a fault'
expect_text 'through a pooler that keeps sessions'

press_ok() { visit --data-urlencode "draft=$draft" /register/complete; }
is_accepted() { press_ok && [[ $status == 303 ]]; }
# meets NAME BEGIN END: whoever presses OK meanwhile is asked to reload, and the reload works.
meets() {
  local from back
  browser=$1
  fill_in judo 協 0123456 7 8
  entries[email]=$1@test.example
  send_form
  expect_redirect /register/confirm
  visit /register/confirm
  draft=$(shown_draft)
  $2
  from=$EPOCHREALTIME
  press_ok
  printf '%-14s %s after %5.2f s' "$1" "$status" "$(since "$from")"
  expect_status 503
  expect_text 'もう一度「OK」ボタンを押してください'
  $3
  from=$EPOCHREALTIME
  wait_for 30 is_accepted || unexpected "$1: the portal does not come back"
  back=$(since "$from")
  printf ', accepted %5.2f s after its end\n' "$back"
  awk -v back="$back" -v longest="$longest" 'BEGIN { exit back > longest }' || unexpected "$1: longer than $longest s"
}
since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f", to - from }'; }

end_server() {
  kill -INT "${server_pid[one]}"
  wait "${server_pid[one]}" || true
}
meets server 'end_server' 'start_server one'
meets pooler stop_pooler start_pooler

# All sessions of the pooler are in use: it has two from now on.
use_up_sessions() {
  change_pooler 's/^(default_pool_size = ).*/\12/'
  wait_for 60 hold_sessions || unexpected 'nobody holds the sessions'
}
# Whoever comes first gets them: again, if it was a program of the portal.
hold_sessions() {
  end_sessions ''
  for _ in 1 2 3; do psql -XAtq "$connection" -c 'SELECT pg_sleep(600)' >/dev/null 2>&1 & done
  wait_for 3 are_held
}
are_held() { [[ $(on_server one "SELECT count(*), count(*) FILTER (WHERE query LIKE '%pg_sleep(600)')
  FROM pg_stat_activity WHERE usename = 'site'" postgres) == '2|2' ]]; }
end_sessions() {  # PART-OF-QUERY
  on_server one "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'site'
    AND query LIKE '%$1%'" postgres >/dev/null
}
free_sessions() { change_pooler ''; }
meets no_session use_up_sessions free_sessions
end_sessions 'pg_sleep(600)'

# --- the mode changes under running programs
on_server one "CREATE TABLE relaxed (at timestamptz DEFAULT now())"
on_server one "CREATE FUNCTION note_relaxed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
  'BEGIN IF current_setting(''synchronous_commit'') = ''off'' THEN INSERT INTO relaxed DEFAULT VALUES; END IF;
  RETURN NEW; END'"
for table in registration outbox account; do
  on_server one "CREATE TRIGGER note_relaxed BEFORE INSERT ON $table FOR EACH ROW EXECUTE FUNCTION note_relaxed()"
done
offer 4 "$url"
wait_for_accepted 20
begun=$EPOCHREALTIME
change_pooler 's/^(pool_mode = ).*/\1transaction/'
is_told() { grep -q 'pool_mode = session' "$site"/log/*.log; }
wait_for 60 is_told || unexpected 'nobody says that the mode is wrong'
change_pooler ''
wait_for_accepted 20
nobody_else_comes
on_server one "SELECT email FROM registration WHERE EXISTS (SELECT 1 FROM outbox WHERE registration_id = \
registration.id AND kind = 'activation')" >"$scratch/found"
python3 "$tests/figures.py" "$scratch/report" "$scratch/found" "$begun"
[[ $(on_server one 'SELECT count(*) FROM relaxed') == 0 ]] || unexpected 'a registration waited for no disk'
stop_portal

# --- every other mode is refused at the start
refuses() {  # PROGRAM [OPTION...]
  local said
  said=$(timeout 60 "$programs/$1" --config "$site/portal.conf" "${@:2}" 2>&1) && result=0 || result=$?
  [[ $said == *'pool_mode = session'* ]] || unexpected "$1, $mode, $size connections: status $result, $said"
}
for mode in transaction statement; do
  for size in 1 20; do
    stop_pooler
    set_up_pooler "s/^(pool_mode = ).*/\1$mode/; s/^(default_pool_size = ).*/\1$size/"
    start_pooler
    refuses portal-complete --listen "unix:$scratch/complete.sock"
    [[ $result == 2 ]] || unexpected "portal-complete: status $result"
  done
  refuses portal-mailer --once
  [[ $result == 2 ]] || unexpected "portal-mailer: status $result"
  refuses portalctl registration list
  [[ $result == 1 ]] || unexpected "portalctl: status $result"
  refuses portalctl check --stopped
done
