#!/usr/bin/env bash
# A mistyped address: 「修正して登録しなおす」 leads to the form filled in, passwords excepted, with
# the focus on the address, in this browser only and only until the registration is activated.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 0123456 7 8
entries[email]=typo@exmaple.jp
apply
again=$(sed -nE 's/.*<a href="([^"]+)">修正して登録しなおす<.*/\1/p' "$page")
[[ -n $again ]] || unexpected 'no way to correct the address'
for path in "$again" /register; do
  visit "$path"
  expect_status 200
  for value in 髙﨑 太郎 0123456 01201234567 typo@exmaple.jp; do expect_text "value=\"$value\""; done
  expect_text 'value="agreed" required checked'
  expect_no_text "$password"
  expect_header Cache-Control '.*no-store.*'
done
visit "$again"
grep -qE 'name="email"[^>]* autofocus' "$page" || unexpected 'the focus is not on the address'

browser=stranger
visit "$again"
expect_no_text typo@exmaple.jp

browser=first
entries[email]=kikin01@test.example
apply
visit "$(link_to kikin01@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
visit "$again"
expect_no_text kikin01@test.example
expect_count kikin01@test.example 'SELECT email FROM account'
