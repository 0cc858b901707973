#!/usr/bin/env bash
# While people register and follow their links, SIGKILL hits one process of the portal after another: a responder, the
# mailer, a worker of the web server, PostgreSQL's backends and postmaster. Each is started again, and nobody is lost.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
people=$(short_or_long 250 5000) pause=$(short_or_long 0.4 2)

make_roster
start_portal --roster "$scratch/roster.csv"
mails_are_in "$site/mail"
offer 6 --roster "$scratch/roster.csv" "$url"
follow_links 10
wait_for_accepted 10

it_happens
detail "seed $seed"
start_manager "$seed" "$pause"
most_have_come() { have_been_accepted "$people"; }
wait_for "$(short_or_long 400 7200)" most_have_come || unexpected "$(wc -l <"$scratch/accepted") of $people are accepted"
touch "$scratch/stop_killing"
wait_for_accepted 10
nobody_else_comes
wait_for 30 pass_the_waiting sql || unexpected 'the database does not come back'
it_cost
detail "killed: $(sed -n 's/^killed //p' "$scratch/managed" | sort | uniq -c | xargs)"
