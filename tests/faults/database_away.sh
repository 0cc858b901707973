#!/usr/bin/env bash
# PostgreSQL is killed while people register, is away for a while, comes back, and then stands still for a while.
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

make_server one
start_server one
on_server one 'CREATE DATABASE portal' postgres
make_roster
start_portal --connection "host=127.0.0.1 port=${port_of[one]} user=portal dbname=portal" --roster "$scratch/roster.csv"
mails_are_in "$site/mail"
offer 4 --roster "$scratch/roster.csv" "$url"
follow_links 10
wait_for_accepted 20

refusals() { cat "$site"/log/{form,complete}.log | grep -c 'status=503' || true; }
have_been_refused() { (($(refusals) >= $1)); }
it_happens
kill_at_once "${server_pid[one]}"
wait_for 60 have_been_refused "$(short_or_long 20 2000)" || unexpected 'nobody is refused'
start_server one
wait_for_accepted 20
mapfile -t family < <(family_of "${server_pid[one]}")
before=$(refusals)
halt "${family[@]}"
wait_for 120 have_been_refused $((before + $(short_or_long 4 40))) || unexpected 'nobody is refused'
go_on
wait_for_accepted 20
nobody_else_comes
pass_the_waiting on_server one
it_cost on_server one
