#!/usr/bin/env bash
# portalctl timeline: one command tells the call centre what happened, from the form to the login, and
# why a mail did not come.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

timeline() { "$programs/portalctl" --config "$site/portal.conf" timeline "$@" >"$page"; }
# The events in their order; what has no order among itself is asked for by expect_text.
whats() { awk '/^[0-9].*JST/ { print $4 }' "$page" | tr '\n' ' '; }

fill_in judo 契 0123456 7 8
entries[phone]=123
send_form
expect_status 422
# What tells of no change is written within about a second.
is_refused() { timeline kikin01@test.example 2>/dev/null && grep -q phone_format "$page"; }
wait_for 10 is_refused || unexpected 'the refusal is not in the timeline'
expect_text 'nothing was registered'

entries[phone]=01201234567
apply
link=$(link_to kikin01@test.example)
is_marked() { timeline 0120-123-4567 && grep -q mail_delivered "$page"; }
wait_for 10 is_marked || unexpected 'the delivery is not in the timeline'
expect_text 'have them look among the spam'

browser=second
visit "$link"
expect_status 200
browser=first
visit "$link"
expect_text 'ユーザー登録が完了いたしました。'
visit --data-urlencode email=kikin01@test.example --data-urlencode "password=$password" /login
expect_redirect /account

is_whole() { timeline 契0123456-7-8 && [[ $(grep -c link_opened "$page") == 2 ]]; }
wait_for 10 is_whole || unexpected 'the link that was opened is not in the timeline'
[[ $(whats) == 'form_refused form_accepted registered mail_queued mail_delivered link_opened link_opened activated login ' ]] ||
  unexpected "the order is $(whats)"
expect_text 'elsewhere: curl/'
expect_text 'in the browser that registered: curl/'
expect_text 'Registered: the account exists since'
expect_no_text 'kikin01@'

timeline --json 契0123456-7-8
python3 -c 'import json, sys
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert [row["what"] for row in rows][-2:] == ["login", "in_short"], rows' "$page"

# お問い合わせ番号 of an error page, as a caller reads it out.
number_on_page() { sed -nE 's/.*お問い合わせ番号：<code>([^<]*)<.*/\1/p' "$page"; }
visit -H 'Sec-Fetch-Site: cross-site' -d a=b /login
expect_status 403
number=$(number_on_page)
[[ $number =~ ^[0-9a-f]{4}-[0-9a-f]{4}$ ]] || unexpected "the number is '$number'"
is_found() { timeline "${number/-/ }" 2>/dev/null && grep -q 'login 403' "$page"; }
wait_for 10 is_found || unexpected "$number is not in the timeline"

! timeline nobody@test.example 2>/dev/null || unexpected 'somebody is known whom nobody knows'
