#!/usr/bin/env bash
# A link is good for one hour from its sending; afterwards, mangled or unknown it leads to the form.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 0123456 7 8
apply
link=$(link_to kikin01@test.example)
age_links 3590
browser=elsewhere
visit "$link"
expect_status 200
age_links 20
for browser in first elsewhere; do
  visit "$link"
  expect_status 410
  expect_text 'href="/register"'
done
visit -d "password=$password" "$link"
expect_status 410
expect_count 0 'SELECT count(*) FROM account'

for token in "${link%?}" 'token=' 'token=x' "token=$(printf 'A%.0s' {1..43})" "token=$(printf 'A%.0s' {1..3000})"; do
  visit "/activate?${token#*\?}"
  expect_status 404
  expect_text 'href="/register"'
done
visit /activate
expect_status 404

# Again from the start: nothing is in the way.
browser=again
apply
visit "$(link_to kikin01@test.example 2)"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'
