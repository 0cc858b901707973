#!/usr/bin/env bash
# Somebody holds the database's write lock for long: 503 and Retry-After, nothing half done, and the
# same click works afterwards. What only reads goes on.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 0123456 7 8
send_form
visit /register/confirm
draft=$(shown_draft)

coproc holder { sqlite3 "$site/portal.db"; }
printf '%s\n' 'BEGIN IMMEDIATE;' 'SELECT 1;' >&"${holder[1]}"
# shellcheck disable=SC2154 # coproc sets it
holder_pid=$holder_PID
read -r _ <&"${holder[0]}"
visit -d "draft=$draft" /register/complete
expect_status 503
expect_header Retry-After '[1-9][0-9]*'
expect_text 'lang="ja"'
visit /register/confirm
expect_status 200
expect_text みなと整骨院
browser=other
send_form
expect_status 503
expect_text 'value="kikin01@test.example"'
expect_no_text "$password"
printf '%s\n' 'ROLLBACK;' '.quit' >&"${holder[1]}"
wait "$holder_pid"
expect_count 0 'SELECT count(*) FROM registration'
expect_count 0 'SELECT count(*) FROM outbox'

browser=first
visit -d "draft=$draft" /register/complete
expect_redirect /register/complete
expect_count 1 'SELECT count(*) FROM registration'
expect_count 1 'SELECT count(*) FROM outbox'
