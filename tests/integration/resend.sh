#!/usr/bin/env bash
# 再送: another mail after a cool-down; both links work; only for the browser that registered.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

visit -X POST /register/resend
expect_redirect "/register?draft=none"

fill_in judo 契 0123456 7 8
apply
first_link=$(link_to kikin01@test.example)
visit -X POST /register/resend
expect_status 429
expect_header Retry-After '[1-9][0-9]*'
expect_text 'お待ちいただく'

sql 'UPDATE outbox SET created_at = created_at - 3600'
visit -X POST /register/resend
expect_status 303
visit "$(header Location)"
expect_status 200
expect_text 'もう一度お送りしました'
second_link=$(link_to kikin01@test.example 2)
[[ $first_link != "$second_link" ]] || unexpected 'the same link again'
visit "$first_link"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'
