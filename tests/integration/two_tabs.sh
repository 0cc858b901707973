#!/usr/bin/env bash
# Two tabs: the second replaces the draft; OK in the first shows what changed instead of registering
# something that nobody looked at.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 0123456 7 8
send_form
visit /register/confirm
first_tab=$(shown_draft)
entries[phone]=0312345678
send_form
visit /register/confirm
second_tab=$(shown_draft)

visit -d "draft=$first_tab" /register/complete
expect_redirect '/register/confirm?changed=1'
visit '/register/confirm?changed=1'
expect_text '入力内容が変更されています'
expect_text 0312345678
expect_count 0 'SELECT count(*) FROM registration'

visit -d "draft=$second_tab" /register/complete
expect_redirect /register/complete
expect_count 0312345678 'SELECT phone FROM registration'
