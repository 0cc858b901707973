#!/usr/bin/env bash
# The disk of the database is full while people register: whoever presses OK gets a page that says to reload, and
# the reload works as soon as there is room again. Nothing is restarted.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
site_on_a_disk 256m
mkdir "$scratch/log"
ln -s "$scratch/log" "$site/log"  # the logs stay readable
make_roster
start_portal --roster "$scratch/roster.csv"
mails_are_in "$site/mail"
offer 4 --roster "$scratch/roster.csv" "$url"
follow_links 10
wait_for_accepted 20

it_happens
fill "$site"
are_refused() { (($(cat "$site"/log/{form,complete}.log | grep -c 'status=503') >= 20)); }
wait_for 60 are_refused || unexpected 'nobody is refused on a full disk'
rm "$site/filler"
wait_for_accepted 20
nobody_else_comes
pass_the_waiting sql
it_cost
