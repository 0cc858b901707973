#!/usr/bin/env bash
# Addresses as people type them and as mail programs make them lead to the right page; a prefetch
# changes nothing.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

leads_to() {  # ADDRESS RIGHT
  visit "$1"
  expect_status 308
  expect_header Location "($url)?$2"
}
leads_to /register/ /register
leads_to /REGISTER /register
leads_to //register /register
leads_to /login/ /login
leads_to /Password/Forgot/ /password/forgot
leads_to /register%E3%80%82 /register
leads_to /register%E3%80%80 /register
leads_to /register%20 /register
leads_to /register%EF%BC%89%E3%80%82 /register
leads_to /faq/ /faq
leads_to '/activate/?token=x' '/activate\?token=x'
leads_to '/Mail/Stop/?token=aB%20c' '/mail/stop\?token=aB%20c'
leads_to '//evil.example/' /evil.example
visit /nothing/
expect_status 308
visit /nothing
expect_status 404
visit /.well-known/change-password
expect_status 302
expect_header Location "($url)?/account"
visit /.well-known/security.txt
expect_status 200
expect_header Content-Type 'text/plain;.*'
grep -qE '^Contact: (mailto|https|tel):.' "$page" || unexpected "the file is $(<"$page")"

# What is behind the token of a mailed link does not count; a prefetch does not activate.
fill_in judo 契 0123456 7 8
apply
link=$(link_to kikin01@test.example)
visit -H 'Sec-Purpose: prefetch' "$link"
expect_status 503
expect_header Cache-Control '.*no-store.*'
visit -H 'Sec-Purpose: prefetch;prerender' "$link"
expect_status 503
expect_count 0 'SELECT count(*) FROM account'
visit --head -H 'Origin: https://elsewhere.example' "$link&token=twice"
expect_status 400
visit "$link&token=twice"
expect_status 400
shown() { [[ $(sql "SELECT count(*) FROM event WHERE name = 'error_shown'") -gt 0 ]]; }
wait_for 10 shown || unexpected 'nothing tells of the error page'
expect_count 1 "SELECT count(*) FROM event WHERE name = 'error_shown'"
expect_count 0 "SELECT count(*) FROM event WHERE name = 'link_opened'"
visit "$link%E3%80%82"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'
expect_count 1 'SELECT count(*) FROM account'
for tail in '>' '=' '%20' '%EF%BC%89' '。'; do
  visit "$link$tail"
  expect_status 200
  expect_text 'ユーザー登録が完了いたしました。'
done
