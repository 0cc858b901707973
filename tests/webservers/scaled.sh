#!/usr/bin/env bash
# A step with two processes (--scale): both work, one is enough, with none its pages answer 503.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_portal -- --scale login=2
first=$(process_of portal-login)
socket=$(tr '\0' '\n' <"/proc/$first/cmdline" | sed -n 's/^unix://p')

ask_often() {
  for _ in {1..40}; do
    visit /login
    expect_status 200
  done
}
# The second is not there yet.
ask_often

"$programs/portal-login" --config "$site/portal.conf" --listen "unix:${socket%.sock}-2.sock" \
  2>"$site/log/login-2.log" &
second=$!
trap 'kill "$second" 2>/dev/null || true; end_scenario' EXIT
second_works() { visit /login && grep -q 'request step=login' "$site/log/login-2.log"; }
wait_for 30 second_works || unexpected 'the second process gets nothing'

kill -KILL "$first"
is_reported() { grep -q '^quickstart: login ended: ' "$scratch/quickstart.log"; }
wait_for 10 is_reported || unexpected 'quickstart does not tell'
ask_often
visit -d 'email=a@test.example' -d "password=$password" /login
expect_status 422

kill "$second"
wait "$second"
visit /login
expect_status 503
expect_header Retry-After 30
expect_text 'ただいまご利用いただけません'
visit /register
expect_status 200
