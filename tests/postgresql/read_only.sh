#!/usr/bin/env bash
# A PostgreSQL server that answers, but takes no writes: /healthz/, `portalctl check`, the log and the metrics
# say so and what to do, and all is well by itself as soon as the server is. Once by the database's setting,
# once because the server is a standby.
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"

make_server one
start_server one
on_server one 'CREATE DATABASE portal' postgres
start_portal --connection "host=127.0.0.1 port=${port_of[one]} user=portal dbname=portal"
steps=$(steps)

is_healthy() { visit "/healthz/$1" && [[ $status == 200 ]]; }
is_ill() { visit "/healthz/$1" && [[ $status == 503 ]]; }
check() { "$programs/portalctl" --config "$site/portal.conf" check 2>&1 || true; }
writable() { [[ $(sed -n 's/^portal_database_writable{.*} //p' "$site/metrics/portal-$1-1.prom") == "$2" ]]; }

# Of every step and program, what there is to know: nothing can be stored, and why.
expect_told() {  # PATTERN
  local step said
  for step in $steps; do
    case $step in
      lookup | pages) is_healthy "$step" || unexpected "$step, which only reads, is not well" ;;
      *)
        wait_for 20 is_ill "$step" || unexpected "/healthz/$step: $status"
        expect_text 'read-only, so nothing can be stored'
        expect_text "$1"
        ;;
    esac
  done
  said=$(check)
  grep -E '^FAULT +database:' <<<"$said" | grep -qF 'read-only, so nothing can be stored' ||
    unexpected "check says $said"
  grep -E '^FAULT +postgresql:' <<<"$said" | grep -qE "$2" || unexpected "check says $said"
  fill_in judo 契 0123456 7 8
  send_form
  expect_status 503
  grep -rqF 'read-only, so nothing can be stored' "$site/log" || unexpected 'the log does not say why'
  for step in form mailer; do
    wait_for 30 writable "$step" 0 || unexpected "the metrics of $step say that it can write"
  done
}
expect_well() {
  local step
  for step in $steps; do wait_for 20 is_healthy "$step" || unexpected "/healthz/$step: $(<"$page")"; done
  [[ $(check | grep -E ' (database|postgresql):') != *FAULT* ]] || unexpected "check says $(check)"
  for step in form mailer; do wait_for 30 writable "$step" 1 || unexpected "$step cannot write"; done
}

expect_well

# The setting counts for sessions that begin later; the portal's own go on until they end.
on_server one 'ALTER DATABASE portal SET default_transaction_read_only = on' postgres
on_server one "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'portal'" postgres >"$page"
expect_told 'default_transaction_read_only' 'default_transaction_read_only is on for this database: ALTER DATABASE'
# Sessions that began meanwhile are given up at the first write.
on_server one 'ALTER DATABASE portal RESET default_transaction_read_only' postgres
fill_in judo 契 0123456 7 8
apply
expect_well

# A server that is the standby of nobody, as after a restore that was never finished.
kill -INT "${server_pid[one]}"
wait "${server_pid[one]}" || true
"${as_server[@]}" touch "$servers/one/standby.signal"
start_server one
expect_told 'target_session_attrs=read-write' 'this server is a standby'
on_server one 'SELECT pg_promote()' postgres >"$page"
expect_well
