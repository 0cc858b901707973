#!/usr/bin/env bash
# The link in another browser: changes nothing, asks for the password that was chosen.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 0123456 7 8
apply
link=$(link_to kikin01@test.example)

visit --head "$link"  # even in the browser that registered
expect_status 200
[[ ! -s $page || $(head -c 5 "$page") == HTTP/ ]] || unexpected 'HEAD has a body'
expect_count 0 'SELECT count(*) FROM account'

browser=phone
for _ in 1 2; do
  visit "$link"
  expect_status 200
  expect_text みなと整骨院
  expect_text kikin01@test.example
  expect_text 'name="password"'
  expect_count 0 'SELECT count(*) FROM account'
done
visit -d password=Chigau123 "$link"
expect_status 422
expect_text 'name="password"'
expect_text 'role="alert"'
expect_text 'id="password_error"'
expect_no_text Chigau123
expect_count 0 'SELECT count(*) FROM account'
visit -d "password=$password" "$link"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'
expect_count 1 'SELECT count(*) FROM account'
