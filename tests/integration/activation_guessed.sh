#!/usr/bin/env bash
# Five wrong passwords end the link, even for who knows the right one then.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 0123456 7 8
apply
link=$(link_to kikin01@test.example)
browser=stranger
for guess in 1 2 3 4 5; do
  visit -d "password=Guess000$guess" "$link"
  expect_status 422
  left=$((5 - guess))
  ((left == 0)) || expect_text "あと${left}回まちがえると、このリンクは使えなくなります。"
done
is_ended() {
  expect_status 410
  expect_text '5回まちがえたため'
  expect_text '新規ユーザー登録'
}
for browser in stranger another first; do
  visit -d "password=$password" "$link"
  is_ended
  visit "$link"
  is_ended
done
expect_count 1 'SELECT count(*) FROM registration WHERE activated_at = 0'
expect_count 5 'SELECT sum(failed_attempts) FROM activation_link'
expect_count 0 'SELECT count(*) FROM account'
