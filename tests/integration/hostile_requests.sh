#!/usr/bin/env bash
# What is no proper request is refused with the right status, as a page of the portal, and changes
# nothing.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_portal

# refused STATUS CURL-ARGUMENT...
refused() {
  local expected=$1
  shift
  visit "$@"
  expect_status "$expected"
  expect_text 'lang="ja"'
  expect_header Content-Type 'text/html; *charset=utf-8'
}

refused 404 /nothing
refused 404 /register/
refused 404 //register
refused 404 /register/confirm/x
refused 404 /healthz/nothing
refused 404 /assets/nothing.css
refused 404 /static/503.html

refused 405 -X DELETE /register
expect_header Allow '.*POST.*'
refused 405 -d a=b /register/clinic
expect_header Allow 'GET.*'
refused 405 /register/resend
expect_header Allow 'POST'
refused 405 -X TRACE /register
refused 405 -X BREW /register

head -c 70000 /dev/zero | tr '\0' a >"$scratch/large"
refused 413 -d "@$scratch/large" /register
cat "$scratch/large" "$scratch/large" >"$scratch/larger"
refused 413 -d "@$scratch/larger" /register

refused 415 -H 'Content-Type: application/json' -d '{}' /register
refused 415 -F family_name=a /register
refused 400 -d 'family_name=%00' /register
refused 400 -d 'family_name=%FF' /register
refused 400 -d 'family_name=%E3%81' /register
refused 400 -d 'family_name=%zz' /register
refused 400 -d 'family_name=a&family_name=b' /register
refused 400 '/activate?token=%'
refused '400|404' '/register/%00'  # Apache itself knows no such path
refused 400 '/register/%zz'
refused 414 "/$(head -c 20000 /dev/zero | tr '\0' a)"

refused 403 -H 'Sec-Fetch-Site: cross-site' -d a=b /register
refused 403 -H 'Sec-Fetch-Site: same-site' -d a=b /register/complete
refused 403 -H 'Origin: https://evil.example' -d a=b /register
refused 403 -H 'Origin: null' -d a=b /activate
visit -H 'Sec-Fetch-Site: same-origin' -H "Origin: $url" -d a=b /register
expect_status 422
expect_count 0 'SELECT count(*) FROM draft'
