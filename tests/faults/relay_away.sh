#!/usr/bin/env bash
# While people register, the mail relay refuses connections, then takes them and is silent, then hangs up after it has taken
# a mail over. Nobody waits at the screen for it; each mail comes as soon as it is back, most of them once.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
people=$(short_or_long 10 500)

make_roster
start_portal --roster "$scratch/roster.csv"
start_relay
offer 3 --roster "$scratch/roster.csv" "$url"
follow_links 10
wait_for_accepted "$people"

attempts() { sql "SELECT count(*) FROM mail_attempt WHERE outcome <> 'delivered'"; }
has_failed() { (($(attempts) > before)); }
has_been_sent() { (($(sql "SELECT count(*) FROM outbox WHERE state = 'sent'") > sent)); }
it_happens
modes=(refuses drops)
! at_length || modes+=(hangs)  # the mailer gives up after 30 seconds without an answer
for mode in "${modes[@]}"; do
  before=$(attempts)
  echo "$mode" >"$scratch/relay.mode"
  wait_for_accepted "$people"
  wait_for 90 has_failed || unexpected "$mode: the mailer does not notice"
  ! at_length || sleep 180
  sent=$(sql "SELECT count(*) FROM outbox WHERE state = 'sent'")
  : >"$scratch/relay.mode"
  at_length || pass_the_waiting sql  # the minute of a pause, and of later tries
  wait_for "$(short_or_long 30 600)" has_been_sent || unexpected "$mode: no mail leaves when the relay is back"
done
wait_for_accepted "$people"
nobody_else_comes
pass_the_waiting sql
it_cost
