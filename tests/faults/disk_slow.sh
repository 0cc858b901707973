#!/usr/bin/env bash
# Each wait for the disk takes 200 ms more, for the database as for the Maildir. It is slow, and nobody is refused or lost.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

make_roster
preloaded disk DISK_SLOW=200 -- start_portal --roster "$scratch/roster.csv"
mails_are_in "$site/mail"
it_happens
offer 3 --roster "$scratch/roster.csv" "$url"
follow_links 5
wait_for_accepted "$(short_or_long 10 500)"
it_cost
