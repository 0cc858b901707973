#!/usr/bin/env bash
# What is the same for everybody is kept for a moment; what is somebody's own never is, in neither
# direction; and each answer has a request id of its own.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_portal

kept() { wait_for 30 is_logged access && [[ $(access_line) =~ cache=(HIT|\"cache hit\") ]]; }
# By the access log and, what counts, by the responders' own.
expect_kept() {
  if ! kept || [[ -n $(responders_line) ]]; then unexpected 'not from the cache'; fi
}
expect_fresh() {
  ! kept || unexpected 'from the cache'
  expect_logged responders 'status='
}
expect_vary() { [[ $(grep -i '^Vary:' "$headers") == *Accept-Encoding* ]] || unexpected 'no word of the encoding'; }
# expect_known TAG [CURL OPTION...] PATH: who has that page gets 304, from the cache too, and by HEAD; who has another
# one gets the page.
expect_known() {
  local tag=$1 by
  shift
  for by in '' --head; do
    : >"$page"
    visit ${by:+"$by"} -H "If-None-Match: \"other\", $tag" "$@"
    expect_status 304
    expect_header ETag "$tag"
    [[ $by ]] || expect_body ''
    visit ${by:+"$by"} -H 'If-None-Match: "other"' "$@"
    expect_status 200
  done
  visit -H "If-None-Match: $tag" "$@"
  [[ -z $(responders_line) ]] || unexpected 'not from the cache'
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
  tag=$(header ETag)
  [[ $tag =~ ^\"[0-9a-f]{32}\"$ ]] || unexpected 'no strong tag'
  expect_known "$tag" "$path"
  # The responder has compressed it; however a browser says that it takes gzip, it is the same answer.
  visit -H 'Accept-Encoding: gzip' "$path"
  [[ $(gunzip -c "$page") == "$fresh" ]] || unexpected 'compressed, it is another page'
  cp "$page" "$scratch/compressed"
  compressed_tag=$(header ETag)
  [[ $compressed_tag =~ ^\"[0-9a-f]{32}-gzip\"$ ]] || unexpected 'no strong tag of its own'
  for words in gzip 'gzip, deflate, br, zstd' 'br;q=1.0, gzip;q=0.8, *;q=0.1' 'GZIP ; q=.5'; do
    visit -H "Accept-Encoding: $words" "$path"
    expect_kept
    expect_header Content-Encoding gzip
    expect_header ETag "$compressed_tag"
    expect_header Content-Length "$(stat -c %s "$scratch/compressed")"
    expect_vary
    cmp -s "$scratch/compressed" "$page" || unexpected 'it was compressed again'
  done
  expect_known "$compressed_tag" -H 'Accept-Encoding: gzip' "$path"
  for words in '' identity 'br, deflate' 'gzip;q=0' '*'; do
    visit -H "Accept-Encoding: $words" "$path"
    expect_header Content-Encoding ''
    expect_header ETag "$tag"
    expect_vary
    expect_body "$fresh"
  done
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
