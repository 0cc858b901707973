#!/usr/bin/env bash
# OK twice at once, reload and Back: one registration, one mail, no dead end.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 0123456 7 8
send_form
visit /register/confirm
draft=$(shown_draft)
for click in 1 2 3; do
  cp "$scratch/first.jar" "$scratch/click$click.jar"
  (
    browser=click$click page=$scratch/page$click headers=$scratch/headers$click
    visit -d "draft=$draft" /register/complete
    expect_redirect /register/complete
    visit /register/complete
    expect_status 200
  ) &
  clicks[click]=$!
done
for click in 1 2 3; do wait "${clicks[click]}"; done
expect_count 1 'SELECT count(*) FROM registration'
expect_count 1 'SELECT count(*) FROM outbox'

# Back to the confirmation and OK again; reload.
browser=click1
visit /register/confirm
expect_redirect /register/complete
visit -d "draft=$draft" /register/complete
expect_redirect /register/complete
visit /register/complete
expect_text 'kikin01@test.example'
expect_count 1 'SELECT count(*) FROM registration'

link=$(link_to kikin01@test.example)
visit "$link"
expect_text 'ユーザー登録が完了いたしました。'
visit "$link"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'
expect_count 1 'SELECT count(*) FROM account'
