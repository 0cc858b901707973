# shellcheck shell=bash disable=SC2154
# What each fault of this folder is told with: people register all the time (offer), the fault happens
# (it_happens), people register again (wait_for_accepted), and the row of the table is printed (it_cost).
# To be sourced after scenario.sh or postgresql.sh.
faults=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
happened=''

it_happens() { happened=$EPOCHREALTIME; }

# it_cost [SQL-COMMAND...]: ends the offering and prints the row of this scenario, named after its file. The
# command, by default sql, runs the statement that it gets as its last argument on the database of the site.
# Fails when an accepted registration is lost or doubled, or when nobody was accepted after the fault.
it_cost() {
  local ask=("${@:-sql}") name=${0##*/}
  nobody_else_comes
  "${ask[@]}" "SELECT registration.email, count(*) FROM registration JOIN outbox ON outbox.registration_id = \
registration.id AND outbox.kind = 'activation' GROUP BY registration.email" >"$scratch/found"
  python3 "$faults/row.py" "${name%.sh}" "$scratch/report" "$scratch/found" "$happened"
}
