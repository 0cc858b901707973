#!/usr/bin/env bash
# Two people register one clinic at once: the first to activate has it, the other's link has expired,
# and from then on the form says so.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 0123456 7 8
entries[email]=first@test.example
apply
browser=second
entries[email]=second@test.example
apply
first_link=$(link_to first@test.example) second_link=$(link_to second@test.example)

visit "$second_link"
expect_status 200
browser=first
visit "$first_link"
expect_status 410
expect_text '新規ユーザー登録'
expect_count second@test.example 'SELECT email FROM account'

browser=third
entries[email]=third@test.example
send_form
expect_status 422
expect_text '<li><a href="#judo_number">'
expect_text 'お問い合わせ先'
