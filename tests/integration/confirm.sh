#!/usr/bin/env bash
# 確認画面: all entries, the clinic's name, the password masked until 表示; without a draft the form.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

visit /register/confirm
expect_redirect "/register?draft=none"

fill_in judo 協 0123456 7 8
entries[password]='Hi<mi>tsU123' entries[password_confirmation]='Hi<mi>tsU123'
send_form
visit /register/confirm
expect_status 200
for text in 髙﨑 太郎 '施術所（柔道整復）' 協0123456-7-8 さくら接骨院 01201234567 kikin01@test.example 修正する; do
  expect_text "$text"
done
expect_no_text tsU123
expect_header Cache-Control '.*no-store.*'

visit -d show=password /register/confirm
expect_status 200
expect_text 'Hi&lt;mi&gt;tsU123'
visit /register/confirm
expect_no_text tsU123
