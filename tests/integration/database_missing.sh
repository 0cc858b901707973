#!/usr/bin/env bash
# The database goes away and comes back: 503 and Retry-After meanwhile, no new file in its place, and
# then the same click works.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 0123456 7 8
send_form
visit /register/confirm
draft=$(shown_draft)

mkdir "$scratch/away"
mv "$site"/portal.db* "$scratch/away"
for step in form lookup confirm complete activate; do
  visit "/healthz/$step"
  expect_status 503
done
for path in /register /register/confirm '/activate?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'; do
  visit "$path"
  expect_status 503
  expect_header Retry-After '[1-9][0-9]*'
  expect_text 'lang="ja"'
  expect_no_text "$site"
done
number=$(sed -nE 's/.*お問い合わせ番号：<code>([^<]*)<.*/\1/p' "$page")  # of the last one
visit -d "draft=$draft" /register/complete
expect_status 503
visit /about
expect_status 200
[[ ! -e $site/portal.db ]] || unexpected 'a new database was made'

mv "$scratch"/away/* "$site"
visit -d "draft=$draft" /register/complete
expect_redirect /register/complete
visit "$(link_to kikin01@test.example)"
expect_status 200
expect_count 1 'SELECT count(*) FROM account'

# Who calls about an error page of that time is found, though nothing could be written then.
is_found() {
  "$programs/portalctl" --config "$site/portal.conf" timeline "$number" >"$page" 2>/dev/null &&
    grep -q 'activate 503' "$page"
}
wait_for 30 is_found || unexpected "$number is not in the timeline"
expect_count 0 "SELECT count(*) FROM event WHERE name = 'error_shown' AND detail LIKE 'lookup %'"
