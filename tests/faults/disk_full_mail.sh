#!/usr/bin/env bash
# The disk of the Maildir and of the logs is full while people register; that of the database has room. Nobody is refused,
# and the mails leave as soon as there is room.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
site_on_a_disk 16m mail log

make_roster
start_portal --roster "$scratch/roster.csv"
mails_are_in "$site/mail"
offer 4 --roster "$scratch/roster.csv" "$url"
follow_links 10
wait_for_accepted 20

it_happens
fill "$site/mail"
mails_wait() { (($(sql "SELECT count(*) FROM outbox WHERE state = 'queued' AND attempts > 0") > 0)); }
wait_for 60 mails_wait || unexpected 'a mail leaves on a full disk'
wait_for_accepted "$(short_or_long 20 1000)"
rm "$site/mail/filler"
nobody_else_comes
pass_the_waiting sql
crowd=report_after
tac "$scratch/roster.csv" >"$scratch/others.csv"
offer 4 --roster "$scratch/others.csv" "$url"
wait_for_accepted 20
it_cost
