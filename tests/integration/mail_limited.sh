#!/usr/bin/env bash
# The fourth mail to one address within an hour is not sent; the screens are the same.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

address=kikin01@test.example
screen() { sed -E "s/$address//; s/[0-9a-f]{32}//g" "$page"; }
fill_in judo 契 0123456 7 8
for number in 1 2 3; do
  browser=browser$number
  apply
  mail_to "$address" "$number" >"$scratch/mail"
done
usual=$(screen)
browser=fourth
apply
[[ $(screen) == "$usual" ]] || unexpected 'the screen is another'
is_withheld() { [[ $(sql "SELECT count(*) FROM outbox WHERE state = 'withheld'") == 1 ]]; }
wait_for 20 is_withheld || unexpected 'the fourth mail is not withheld'
mail_to "$address" 3 >"$scratch/mail"
list=$("$programs/portalctl" --config "$site/portal.conf" mail list --state withheld "$address")
[[ $list == *mail.limit.address_hour* ]] || unexpected "no reason in: $list"

entries[email]=other@test.example  # nobody else waits for that
browser=fifth
apply
mail_to other@test.example >"$scratch/mail"

sql 'UPDATE stop_link SET sent_at = sent_at - 3600' >"$scratch/out"
entries[email]=$address
browser=sixth
apply
visit "$(link_to "$address" 4)"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'
