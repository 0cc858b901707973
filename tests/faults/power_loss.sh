#!/usr/bin/env bash
# The power fails while people register: at many moments, each with another part of what the disk was not yet waited for
# (power_loss.py). Whoever has seen 申請完了画面 or 登録完了画面 is in each of these databases, and with the last one the portal
# goes on.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

there=$(readlink -f "$scratch")/${site##*/}
make_roster
preloaded disk "DISK_RECORD=$scratch/record" "DISK_RECORDED=$there/portal.db:$there/mail/" -- \
  start_portal --roster "$scratch/roster.csv"
mails_are_in "$site/mail"
offer 4 --roster "$scratch/roster.csv" "$url"
follow_links 5
wait_for_accepted "$(short_or_long 30 1000)"
nobody_else_comes
no_link_is_followed

it_happens
kill_at_once "$portal"
portal=''
cp "$scratch/record" "$scratch/before"  # what is done from now on is another life of the disk
detail "seed $seed"
python3 "$faults/power_loss.py" "$programs/portalctl" "$site/portal.conf" "$scratch/before" "$scratch/report" \
  "$scratch/followed" "$(short_or_long 25 1500)" "$seed" "$scratch/image"
rm "$site"/portal.db*
cp "$scratch"/image/* "$site"
start_portal --roster "$scratch/roster.csv"
pass_the_waiting sql
crowd=report_after  # of other clinics than those whose links are followed now
tac "$scratch/roster.csv" >"$scratch/others.csv"
offer 2 --roster "$scratch/others.csv" "$url"
follow_links 10
wait_for_accepted 10
it_cost
