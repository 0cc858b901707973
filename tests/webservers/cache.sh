#!/usr/bin/env bash
# What is the same for everybody is kept for a moment; what is somebody's own never is, in neither
# direction; and each answer has a request id of its own.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_portal

kept() { wait_for 5 is_logged access && [[ $(access_line) =~ cache=(HIT|\"cache hit\") ]]; }
# By the access log and, what counts, by the responders' own.
expect_kept() {
  if ! kept || [[ -n $(responders_line) ]]; then unexpected 'not from the cache'; fi
}
expect_fresh() {
  ! kept || unexpected 'from the cache'
  expect_logged responders 'status='
}

browser=passer-by
for path in / /register /faq; do
  visit "$path"
  fresh=$(<"$page") id=$(header X-Request-Id)
  visit "$path"
  expect_kept
  expect_body "$fresh"
  [[ $(header X-Request-Id) != "$id" ]] || unexpected 'the request id is another answer'"'"'s'
  [[ -z $(header Set-Cookie) ]] || unexpected 'a cookie from the cache'
  visit -H 'Accept-Encoding: gzip' "$path"
  expect_kept
  [[ $(gunzip -c "$page") == "$fresh" ]] || unexpected 'compressed, it is another page'
  visit -H 'Cache-Control: no-cache' "$path"
  expect_kept
  visit --head "$path"
  expect_status 200
  visit "$path"
  expect_body "$fresh"
done

# A number in a link, a page that is not there, a screen that nobody may keep.
for path in '/register?institution=judo&judo_number=7654321' /nothing /login; do
  visit "$path"
  visit "$path"
  expect_fresh
done
visit /register
expect_kept
expect_no_text 7654321

# Who has a draft sees it, though the blank form is kept; and nobody else does.
browser=applicant
fill_in judo 契 0123456 7 8
send_form
expect_redirect /register/confirm
for _ in 1 2; do
  visit /register
  expect_fresh
  expect_text 'value="太郎"'
done
browser=passer-by
visit /register
expect_kept  # what the applicant has sent is no reason to ask again
expect_no_text 太郎
expect_body "$(visit -H 'Cookie: of=another' /register; cat "$page")"

# Nothing that was typed lies in a cache on disk.
! grep -rl -e 太郎 -e 7654321 "$site"/{nginx,apache*} 2>/dev/null || unexpected 'a cache tells'
