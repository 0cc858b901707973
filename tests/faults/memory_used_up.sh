#!/usr/bin/env bash
# The programs get no more memory while people register; then they get it mostly, and one of a few thousand requests for
# some fails. Who asks gets a page that says to reload, or a program ends and is started again: nobody is lost.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

no_hash() { awk '/^VmSize/ { print ($2 + 12288) * 1024 }' "/proc/$1/status"; }  # which needs 19 MiB
are_refused() { (($(grep -c 'status=503' "$site/log/complete.log") >= 10)); }

make_roster
printf 0 >"$scratch/shortage"
preloaded shortage "SHORTAGE_OF_MEMORY=$scratch/shortage:$seed:20000" -- start_portal --roster "$scratch/roster.csv"
detail "seed $seed"
mails_are_in "$site/mail"
start_manager
it_happens
limit_programs as no_hash portal-{form,confirm,complete,activate,mailer}  # before anybody's password was hashed
offer 6 --roster "$scratch/roster.csv" "$url"
follow_links 10
wait_for 60 are_refused || unexpected 'nobody is refused without memory'
lift_limits
wait_for_accepted 20

printf 1 >"$scratch/shortage"
wait_for_accepted "$(short_or_long 60 2000)"
printf 0 >"$scratch/shortage"
wait_for_accepted 10
nobody_else_comes
wait_for 30 pass_the_waiting sql || unexpected 'the database does not come back'
it_cost
detail "$(cat "$site"/log/*.log | grep -c 'status=503') answers 503, $(grep -c ^started "$scratch/managed" || true) programs started again"
