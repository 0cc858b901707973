#!/usr/bin/env bash
# A site on SQLite whose clock was an hour ahead, and is set right: no mail waits for the old time, no import is held up, and
# drafts, links and sessions live on; people register. `portalctl purge` by a clock that is ahead takes nothing that lives.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

# --- an hour ahead: an account and its session, a link that was sent, a draft, a mail that waits
strange STRANGE_CLOCK=3600 start_portal
browser=owner
fill_in judo 契 1300001 0 0
entries[email]=owner@test.example
apply
visit "$(link_to owner@test.example)"
visit --data-urlencode email=owner@test.example --data-urlencode "password=$password" /login
expect_status 303
browser=linked
fill_in judo 協 0123456 7 8
entries[email]=linked@test.example
apply
link=$(link_to linked@test.example)
browser=drafting
fill_in ahaki 01234567 8 9
entries[email]=drafting@test.example
send_form
expect_redirect /register/confirm
browser=waiting
fill_in ahaki 13000001 0 1
entries[email]=waiting@test.example
apply
mail_to waiting@test.example 1 >"$page"
sql "UPDATE outbox SET state = 'queued', next_attempt_at = created_at + 60 WHERE recipient = 'waiting@test.example'"
stop_portal

# --- it is set right
start_portal
it_happens
offer 2 "$url"
mail_to waiting@test.example 2 >"$page" || unexpected 'the mail waits for the old time'
browser=waiting
visit -d x= /register/resend
expect_redirect '/register/complete?resent=1'
"$programs/portalctl" --config "$site/portal.conf" purge >"$page"
browser=owner
visit /account
expect_status 200
browser=drafting
visit /register/confirm
expect_status 200
browser=linked
visit "$link"
expect_text 'ユーザー登録が完了いたしました。'

# --- ahead once more, for one purge
browser=later
fill_in ahaki 01234567 8 9
entries[email]=later@test.example
send_form
expect_redirect /register/confirm
"${strange_system[@]}" STRANGE_CLOCK=3600 "$programs/portalctl" --config "$site/portal.conf" purge >"$page"
visit /register/confirm
expect_status 200
visit --data-urlencode "draft=$(shown_draft)" /register/complete
expect_redirect /register/complete
browser=owner
visit /account
expect_status 200
wait_for_accepted 20
it_cost
