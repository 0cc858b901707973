#!/usr/bin/env bash
# The security headers are on pages, assets and static error pages, each once and the same
# everywhere, but that a page's policy allows the style sheet within it. Assets come compressed beforehand, once, and only to who takes them.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_portal

expect_once() {  # NAME VALUE
  [[ $(header "$1") == "$2" ]] || unexpected "$1 is not once $2"
}
# The policy of what was answered: a page with a <style> allows that one by its hash, and no other.
policy_with_style() {  # POLICY
  local style hash
  style=$(tr -d '\n' <"$page" | grep -oP '<style>\K.*?(?=</style>)' || true)
  [[ -n $style ]] || { printf '%s' "$1"; return; }
  hash=$(printf '%s' "$style" | openssl dgst -sha256 -binary | base64)
  printf '%s' "${1/style-src \'self\'/style-src \'self\' \'sha256-$hash\'}"
}
expect_security_headers() {
  local name value
  while read -r name value; do
    [[ $name != Content-Security-Policy ]] || value=$(policy_with_style "$value")
    expect_once "$name" "$value"
  done < <(grep '^[A-Z]' "$root/conf/headers.list")
  [[ $(header X-Request-Id) =~ ^[0-9a-f]{32}$ ]] || unexpected 'not one X-Request-Id'
}

visit /register
asset=$(grep -oE '/assets/[0-9a-f]+/portal\.css' "$page")
for path in / /register /login /nothing "$asset" /assets/portal.js /assets/icons/portal.svg \
  /assets/nothing.css /assets/icons /static/503.html '/activate?token=%' "/$(head -c 9000 /dev/zero | tr '\0' a)"; do
  visit "$path"
  expect_security_headers
done
visit -X TRACE /register
expect_security_headers

# A responder's own 503: nothing is added to what it says.
mv "$site/portal.db" "$site/portal.away"
visit --http1.0 -d email=a@test.example -d "password=$password" /login
expect_status 503
expect_security_headers
expect_header Retry-After '[0-9]+'
expect_once Cache-Control no-store
mv "$site/portal.away" "$site/portal.db"

# The bytes are those of the file that was compressed with `gzip -9`.
for name in portal.css first.css portal.js icons/portal.svg; do
  visit -H 'Accept-Encoding: gzip, br' "/assets/$name"
  expect_header Content-Encoding gzip
  expect_header Vary '.*Accept-Encoding.*'
  cmp -s <(gzip -9nc "$root/templates/assets/$name") "$page" || unexpected 'not the file that was made'
  visit "/assets/$name"
  expect_header Content-Encoding ''
  expect_header Vary '.*Accept-Encoding.*'
  cmp -s "$root/templates/assets/$name" "$page" || unexpected 'not the file itself'
  type=$(header Content-Type)
  [[ $type == *'; charset=utf-8' ]] || unexpected "the type is $type, without the encoding"
  visit --head -H 'Accept-Encoding: gzip' "${asset%/*}/$name"
  expect_header Content-Encoding gzip
  expect_header Cache-Control 'public, max-age=31536000, immutable'
  expect_once Content-Type "$type"
done
visit /assets/manual/1-top.webp
expect_header Content-Type image/webp
expect_header Content-Encoding ''

# A page is compressed as it goes, once.
visit -H 'Accept-Encoding: gzip' /login
expect_once Content-Encoding gzip
grep -q 'ログイン' <(gunzip -c "$page") || unexpected 'not the page, compressed once'
