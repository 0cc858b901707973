#!/usr/bin/env bash
# The programs can open no file and take no connection any more while people register, and then only one: who asks waits or
# gets a page that says to reload. No program ends or keeps a processor busy. As soon as it can, all goes on without a restart.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
people=$(short_or_long 20 500)

# The lowest number that is free: the next one that a program would get. Its peers have not come yet.
none() {
  local number=0
  while [[ -L /proc/$1/fd/$number ]]; do ((++number)); done
  echo "$number"
}
one() { echo $(($(none "$1") + 1)); }
have_complained() { grep -q accept_failed "$site/log/form.log"; }
seconds_used() { awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / tick }' "/proc/$1/stat"; }

make_roster
start_portal --roster "$scratch/roster.csv"
mails_are_in "$site/mail"
programs_before=$(for step in form confirm complete activate mailer; do process_of "portal-$step"; done)

it_happens
limit_programs nofile none portal-{form,confirm,complete,activate,mailer}
offer 6 --roster "$scratch/roster.csv" "$url"
follow_links 10
wait_for 30 have_complained || unexpected 'no program misses a descriptor'
pid=$(process_of portal-form)
before=$(seconds_used "$pid") from=$SECONDS
for _ in {1..20}; do
  visit /about  # what needs none of them is served
  expect_status 200
  sleep 0.1
done
awk -v used="$(seconds_used "$pid")" -v before="$before" 'BEGIN { exit used - before > 0.5 }' ||
  unexpected "form has used $before to $(seconds_used "$pid") s of a processor in $((SECONDS - from)) s, with nothing to do"
lift_limits
wait_for_accepted "$people"
limit_programs nofile one portal-{form,confirm,complete,activate,mailer}
sleep "$(short_or_long 3 60)"
lift_limits
wait_for_accepted "$people"
programs_now=$(for step in form confirm complete activate mailer; do process_of "portal-$step"; done)
[[ $programs_now == "$programs_before" ]] || unexpected 'a program has ended'
it_cost
