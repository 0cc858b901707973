#!/usr/bin/env bash
# The id of a request finds every line about it: of the web server, the responder, the mailer that sends what it has
# queued, and portalctl. The responder's line says where the time went, also where the request was refused early.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

number='[0-9]+(\.[0-9]+)?' some='[0-9]*[1-9][0-9.]*|0\.[0-9]*[1-9][0-9]*'
times="ms=$number db=$number lock=$number hash_wait=$number hash=$number render=$number"
is_logged() { grep -hE -- "$1" "$site"/log/*.log >"$scratch/found"; }
expect_logged() { wait_for 10 is_logged "$1" || unexpected "no line of the log is $1"; }
# The id of the answer that was seen last; the web server's log has it.
id=''
take_id() {
  id=$(header X-Request-Id)
  [[ $id =~ ^[0-9a-f]{32}$ ]] || unexpected "the id is '$id'"
  expect_logged " id=$id"
}

# --- OK: one id from the button to the mail
fill_in judo 契 0123456 7 8
send_form
visit /register/confirm
visit --data-urlencode "draft=$(shown_draft)" /register/complete
expect_redirect /register/complete
take_id
expect_logged " info request step=complete status=303 method=POST $times client=[^ ]+ request=$id"
expect_logged " db=($some) .* request=$id"
expect_logged " hash=($some) .* request=$id"
expect_logged " info registered .* request=$id"
mail_to kikin01@test.example >/dev/null
expect_logged " info mail id=.* outcome=delivered .* request=$id"
mail=$(sed -nE 's/.* info mail id=([^ ]+) .*/\1/p' "$scratch/found" | head -n 1)
"$programs/portalctl" --config "$site/portal.conf" mail show "$mail" >"$page"
expect_text "$id"
are_shown() {
  "$programs/portalctl" --config "$site/portal.conf" timeline "${id:0:8}" >"$page" 2>&1
  [[ $(grep -cE '(registered|mail_queued|mail_delivered) .*<- ' "$page") == 3 ]]
}
wait_for 10 are_shown || unexpected 'the timeline does not show what the request did'

# --- a page is filled in, and hashes nothing
visit /register/complete
take_id
expect_logged " info request step=complete status=200 method=GET ms=$number db=($some) lock=$number hash_wait=0 hash=0 render=($some) .* request=$id"

# --- refused before a step sees it: the same line, and the number that the page shows
head -c 70000 /dev/zero | tr '\0' a >"$scratch/large"
refused() {  # STATUS METHOD CURL-ARGUMENT...
  visit "${@:3}"
  expect_status "$1"
  take_id
  expect_logged " info request step=[a-z]+ status=$1 method=$2 $times client=[^ ]+ request=$id"
  ! grep -q 'お問い合わせ番号：<code>' "$page" || expect_text "お問い合わせ番号：<code>${id:0:4}-${id:4:4}</code>"
}
refused 400 GET '/register?a=%zz'
refused 403 POST -H 'Sec-Fetch-Site: cross-site' -d a=b /login
refused 405 POST -d a=b /register/clinic
refused 413 POST -d @"$scratch/large" /register
refused 415 POST -H 'Content-Type: application/json' -d '{}' /register
