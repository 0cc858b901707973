#!/usr/bin/env bash
# Many people press OK at the same time, and a hash takes long: each gets 申請完了画面, or at once a page that keeps
# the draft and has an OK button of its own, which works afterwards. Nobody is lost or doubled.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal
people=6

# portal-complete in place of quickstart's, on the same socket, with one hash at a time.
complete=$(process_of portal-complete)
socket=$(tr '\0' '\n' <"/proc/$complete/cmdline" | sed -n 's/^unix://p')
trap 'kill "$complete" 2>/dev/null || true; end_scenario' EXIT
gone() { ! kill -0 "$complete" 2>/dev/null; }
answers() { visit /healthz/complete && [[ $status == 200 ]]; }
serve_with() {  # SETTING...
  kill -TERM "$complete"
  wait_for 20 gone || unexpected 'portal-complete does not end'
  env "$@" "$programs/portal-complete" --config "$site/portal.conf" --listen "unix:$socket" --threads 1 \
    2>"$scratch/complete.log" &
  complete=$!
  wait_for 20 answers || unexpected 'portal-complete does not answer'
}

# Up to the confirmation screen.
enter() {  # NUMBER
  browser=person$1 page=$scratch/page$1 headers=$scratch/headers$1
  fill_in judo 契 0123456 7 8
  entries[email]=person$1@test.example
  send_form
  expect_redirect /register/confirm
  visit /register/confirm
  expect_status 200
}

# Presses the OK of the page that this person sees.
press_ok() {
  local form name value data=()
  form=$(grep -o '<form method="post" action="/register/complete.*' "$page") || unexpected 'there is no OK'
  while IFS='|' read -r name value; do
    data+=(--data-urlencode "$name=$value")
  done < <(grep -oE '<input type="hidden" name="[^"]*" value="[^"]*"' <<<"$form" | sed -E 's/.*name="([^"]*)" value="([^"]*)"/\1|\2/')
  visit "${data[@]}" "$(sed -E 's/.*action="([^"]*)".*/\1/' <<<"$form")"
}

# So many passes over 95 MiB that a hash of this machine takes two seconds, as long as it is as busy as now.
slow=PORTAL_PASSWORD_MEMORY_KIB=97280
serve_with "$slow" PORTAL_PASSWORD_ITERATIONS=5
enter 0
press_ok
expect_redirect /register/complete
milliseconds=$(sed -nE 's/.* status=303 .* hash=([0-9]+).*/\1/p' "$scratch/complete.log")
passes=$((5 * 2000 / (milliseconds + 1)))
passes=$((passes < 1 ? 1 : passes > 100 ? 100 : passes))
serve_with "$slow" PORTAL_PASSWORD_ITERATIONS=$passes

for ((i = 1; i <= people; i++)); do enter "$i"; done
pressing=()
for ((i = 1; i <= people; i++)); do
  (
    browser=person$i page=$scratch/page$i headers=$scratch/headers$i
    press_ok
    expect_status '303|503'
    echo "$status" >"$scratch/answer$i"
  ) &
  pressing+=($!)
done
for press in "${pressing[@]}"; do wait "$press"; done
[[ $(sort -u "$scratch"/answer?) == $'303\n503' ]] ||
  unexpected "nobody was refused, or everybody: $(cat "$scratch"/answer?), with $passes passes"

for ((i = 1; i <= people; i++)); do
  browser=person$i page=$scratch/page$i headers=$scratch/headers$i
  while [[ $(<"$scratch/answer$i") == 503 ]]; do
    expect_text 'もう一度「OK」ボタンを押してください。'
    expect_header Retry-After '[1-9][0-9]*'
    expect_text "<strong>$(header Retry-After)秒ほど</strong>"
    press_ok
    expect_status '303|503'
    echo "$status" >"$scratch/answer$i"
  done
  visit /register/complete
  expect_status 200
  expect_text "person$i@test.example"
done
expect_count $((people + 1)) 'SELECT count(*) FROM registration'
expect_count $((people + 1)) 'SELECT count(*) FROM outbox'
expect_count 0 'SELECT count(*) FROM draft'
grep -q ' info come_again seconds=' "$scratch/complete.log" || unexpected 'the log does not tell it'
