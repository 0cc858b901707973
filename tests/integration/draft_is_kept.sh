#!/usr/bin/env bash
# 修正する leads back to the filled-in form, without the password; a change replaces the draft.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 1300001 0 0
send_form
expect_redirect /register/confirm
grep -q '^draft=.*HttpOnly.*SameSite=Lax' <(header Set-Cookie) || unexpected 'no draft cookie'

visit /register
expect_status 200
for value in 髙﨑 太郎 1300001 01201234567 kikin01@test.example; do expect_text "value=\"$value\""; done
expect_no_text "$password"
expect_header Cache-Control '.*no-store.*'

entries[phone]=0312345678
send_form
expect_redirect /register/confirm
visit /register/confirm
expect_text 0312345678
expect_no_text 01201234567

browser=somebody_else
visit /register
expect_no_text 1300001
visit /register/confirm
expect_redirect "/register?draft=none"
