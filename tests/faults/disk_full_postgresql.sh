#!/usr/bin/env bash
# The disk of PostgreSQL is full while people register, and with it those of logs and mails, which are the same here: whoever
# presses OK gets a page that says to reload, and the reload works as soon as there is room. Only PostgreSQL is started again,
# if it has given up.
set -- "${1-}" --database postgresql
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
site_on_a_disk 400m

make_roster
start_portal --roster "$scratch/roster.csv"
mails_are_in "$site/mail"
start_manager
offer 4 --roster "$scratch/roster.csv" "$url"
follow_links 10
wait_for_accepted 20

it_happens
fill "$site"
is_refused() {  # the log is full too
  browser=another
  fill_in judo 契 1310000 0 0
  send_form
  [[ $status == 503 ]]
}
wait_for 60 is_refused || unexpected 'nobody is refused on a full disk'
rm "$site/filler"
wait_for_accepted 20
nobody_else_comes
wait_for 30 pass_the_waiting sql
it_cost
