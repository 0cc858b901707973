#!/usr/bin/env bash
# One step's process is gone: its pages say 503 and when to come back, the others go on; no log tells
# a token.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

activate=$(process_of portal-activate)
socket=$(tr '\0' '\n' <"/proc/$activate/cmdline" | sed -n 's/^unix://p')
kill -KILL "$activate"
is_reported() { grep -q '^quickstart: activate ended: ' "$scratch/quickstart.log"; }
wait_for 10 is_reported || unexpected 'quickstart does not tell'

visit '/activate?token=secret'
expect_status 503
expect_header Retry-After 30
expect_header Content-Security-Policy "default-src 'none'; .*"
expect_header Content-Type 'text/html; *charset=utf-8'
expect_text 'lang="ja"'
expect_text '</footer>'
id=$(header X-Request-Id)
expect_text "お問い合わせ番号：<code>${id:0:4}-${id:4:4}</code>"
expect_header X-Request-Id '[0-9a-f]{32}'
visit -d password=secret '/activate?token=secret'
expect_status 503
! grep -rl secret "$site/log" || unexpected 'a log tells the token'

visit /register
expect_status 200
fill_in judo 契 0123456 7 8
apply
link=$(link_to kikin01@test.example)

# The same step again, by hand, in place of the socket that the dead one left.
"$programs/portal-activate" --config "$site/portal.conf" --listen "unix:$socket" \
  2>"$site/log/activate.log" &
activate=$!
trap 'kill "$activate" 2>/dev/null || true; end_scenario' EXIT
answers() { visit "$link" && [[ $status == 200 ]]; }
wait_for 10 answers || unexpected 'it does not come back'
expect_text 'ユーザー登録が完了いたしました。'
