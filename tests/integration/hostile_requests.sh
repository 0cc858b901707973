#!/usr/bin/env bash
# What is no proper request is refused with the right status, as a page of the portal, and changes
# nothing.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

expect_refusal 404 /nothing
expect_refusal 404 /register/confirm/x
expect_refusal 404 /healthz/nothing
expect_refusal 404 /assets/nothing.css
expect_refusal 404 /static/503.html

expect_refusal 405 -X DELETE /register
expect_header Allow '.*POST.*'
expect_refusal 405 -d a=b /register/clinic
expect_header Allow 'GET.*'
expect_refusal 405 /register/resend
expect_header Allow 'POST'
expect_refusal 405 -X TRACE /register
expect_refusal 405 -X BREW /register

head -c 70000 /dev/zero | tr '\0' a >"$scratch/large"
expect_refusal 413 -d "@$scratch/large" /register
cat "$scratch/large" "$scratch/large" >"$scratch/larger"
expect_refusal 413 -d "@$scratch/larger" /register

expect_refusal 415 -H 'Content-Type: application/json' -d '{}' /register
expect_refusal 415 -F family_name=a /register
expect_refusal 400 -d 'family_name=%00' /register
expect_refusal 400 -d 'family_name=%FF' /register
expect_refusal 400 -d 'family_name=%E3%81' /register
expect_refusal 400 -d 'family_name=%zz' /register
expect_refusal 400 -d 'family_name=a&family_name=b' /register
expect_refusal 400 '/activate?token=%'
expect_refusal '400|404' '/register/%00'  # Apache itself knows no such path
expect_refusal 400 '/register/%zz'
expect_refusal 414 "/$(head -c 20000 /dev/zero | tr '\0' a)"

expect_refusal 403 -H 'Sec-Fetch-Site: cross-site' -d a=b /register
expect_refusal 403 -H 'Sec-Fetch-Site: same-site' -d a=b /register/complete
expect_refusal 403 -H 'Origin: https://evil.example' -d a=b /register
expect_refusal 403 -H 'Origin: null' -d a=b /activate
visit -H 'Sec-Fetch-Site: same-origin' -H "Origin: $url" -d a=b /register
expect_status 422
expect_count 0 'SELECT count(*) FROM draft'
