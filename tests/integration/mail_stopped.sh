#!/usr/bin/env bash
# 「心当たりがない」: who got a mail that somebody else asked for cancels the registration and stops
# mail; no screen tells the other.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

address=kikin01@test.example
fill_in judo 契 0123456 7 8
apply
link=$(link_to "$address")
stop_link=$(stop_link_to "$address")
[[ $stop_link == /mail/stop\?token=* && $link == /activate\?token=* ]] || unexpected "$link $stop_link"

browser=owner
for method in --head --get; do  # a mail scanner
  visit "$method" "$stop_link"
  expect_status 200
done
expect_text 'k***@test.example'
expect_text みなと整骨院
expect_no_text "$address"
expect_header Referrer-Policy '.*(no-referrer|same-origin).*'
expect_count 0 'SELECT count(*) FROM registration WHERE cancelled_at > 0'

visit -H 'Sec-Fetch-Site: cross-site' -d action=stop "$stop_link"
expect_status 403
in_30_days() { TZ=JST-9 date -d '+30 days' +%Y年%-m月%-d日; }
day=$(in_30_days)
visit -d action=stop "$stop_link"
expect_status 200
expect_text メールを停止しました
grep -q "$day\|$(in_30_days)" "$page" || unexpected "$day is missing"  # midnight may have come
visit "$stop_link"
expect_text メールを停止しました

browser=first
visit "$link"
expect_status 410
expect_count 0 'SELECT count(*) FROM account'

apply  # the screens are the same as ever
is_withheld() { "$programs/portalctl" --config "$site/portal.conf" mail list --state withheld "$address" | grep -q '^id='; }
wait_for 20 is_withheld || unexpected 'the mail is not withheld'
list=$("$programs/portalctl" --config "$site/portal.conf" mail list "$address")
for words in 'state=withheld' 'the address asked for no more mail until' 'its owner stopped mail that others can cause until'; do
  [[ $list == *"$words"* ]] || unexpected "'$words' is missing in: $list"
done
mail_to "$address" 1 >"$scratch/mail"

browser=owner
visit -d action=resume "$stop_link"
expect_status 200
expect_text メールの停止を解除しました
browser=first
apply
visit "$(link_to "$address" 2)"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'

# On the phone, the call centre does the same.
visit -d action=stop "$stop_link"
expect_status 200
"$programs/portalctl" --config "$site/portal.conf" mail allow --yes --reason 'asked by phone' "$address" >"$scratch/out"
expect_count 0 'SELECT count(*) FROM mail_address WHERE stopped_until > 0'
for event in mail_stopped mail_allowed; do
  expect_count 2 "SELECT count(*) FROM audit WHERE event = '$event'"
done
