#!/usr/bin/env bash
# After the activation: login, own page, logout; a new password by mail; a new address by mail; the
# end.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

log_in() {  # ADDRESS PASSWORD
  visit --data-urlencode "email=$1" --data-urlencode "password=$2" /login
}

fill_in judo 契 0123456 7 8
apply
visit /account
expect_redirect '/login?return=/account'
log_in kikin01@test.example "$password"
expect_status 422 # not activated
expect_text '登録がまだ完了していません'
visit "$(link_to kikin01@test.example)"
expect_text 'ユーザー登録が完了いたしました。'

log_in kikin01@test.example Chigau123
expect_status 422
log_in kikin01@test.example "$password"
expect_redirect /account
# Before it, the cookie by which the account knows this browser: conf/limits.md.
[[ $(header Set-Cookie | tail -n 1) =~ ^'session='[A-Za-z0-9_-]{43}'; Max-Age=43200; Path=/; HttpOnly; SameSite=Lax'$ ]] ||
  unexpected "the last cookie is $(header Set-Cookie)"
visit /account
expect_status 200
expect_header Cache-Control no-store
for text in '髙﨑 太郎' 'みなと整骨院' '契0123456-7-8' 'kikin01@test.example'; do expect_text "$text"; done
visit -d '' -H 'Origin: https://evil.example' /logout
expect_status 403
visit -d '' /logout
expect_redirect /
visit /account
expect_status 303

# Forgotten: the link is looked at twice, used once.
visit --data-urlencode 'email=kikin01@test.example' /password/forgot
expect_redirect '/password/forgot?sent=1'
visit --data-urlencode 'email=nobody@test.example' /password/forgot
expect_redirect '/password/forgot?sent=1'
link=$(link_to kikin01@test.example 2)
for _ in 1 2; do
  visit "$link"
  expect_status 200
done
visit -d password=Atarashii1 -d password_confirmation=Atarashii1 "$link"
expect_redirect '/login?reset=1'
visit "$link"
expect_status 410
log_in kikin01@test.example "$password"
expect_status 422
log_in kikin01@test.example Atarashii1
expect_redirect /account

# Another address: by the link that only its owner has.
visit -d action=email --data-urlencode 'email=new@test.example' -d current_password=Atarashii1 /account
expect_redirect '/account?done=email'
new_address=$(link_to new@test.example)
visit "$new_address"
expect_status 200 # the link shows a button, and changes nothing
expect_count 0 "SELECT count(*) FROM account WHERE email = 'new@test.example'"
visit -d '' "$new_address"
expect_redirect '/account?done=email_changed'
mail_to kikin01@test.example 4 >/dev/null # activation, reset, password changed, address changed

visit -d action=leave -d current_password=Atarashii1 /account
expect_redirect /
expect_count 0 'SELECT count(*) FROM account'
mail_to new@test.example 2 >/dev/null
log_in new@test.example Atarashii1
expect_status 422
fill_in judo 契 0123456 7 8 # the clinic is free again
browser=second
apply
