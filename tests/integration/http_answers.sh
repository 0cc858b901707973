#!/usr/bin/env bash
# What every answer carries, and what nginx adds: security headers, HEAD, compression, caching.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

for path in / /register /nothing /healthz/form; do
  visit "$path"
  expect_header Content-Security-Policy "default-src 'none'; .*"
  expect_header X-Content-Type-Options nosniff
  expect_header X-Request-Id '[0-9a-f]{32}'
  [[ $(header Server) =~ ^(nginx|Apache)$ ]] || unexpected 'the server tells its version'
  length=$(header Content-Length)
  expected=$status
  visit --head "$path"
  expect_status "$expected"
  [[ $(header Content-Length) == "$length" ]] || unexpected 'HEAD differs from GET'
done

# No other site's script may read an answer, whoever it says it is.
for path in / /register '/register/clinic?institution=judo' /account; do
  visit -H 'Origin: https://evil.example' "$path"
  for name in Origin Credentials Methods; do expect_header "Access-Control-Allow-$name" ''; done
done

# What lies beside the files that are served.
for path in /.git/config /.env /portal.conf /templates/operator.conf /assets/../operator.conf /assets/%2e%2e/operator.conf; do
  visit --path-as-is "$path"
  [[ $status =~ ^(400|404)$ ]] || unexpected "$path is answered"
done

# The responder itself has compressed the blank form, also where a cookie keeps it from the cache.
visit -H 'Accept-Encoding: gzip' -H 'Cookie: of=another' /register
expect_header Content-Encoding gzip
expect_header ETag '"[0-9a-f]{32}-gzip"'

visit /register
asset=$(grep -oE '/assets/[^"]+/portal\.css' "$page")
visit "$asset"
expect_status 200
expect_header Cache-Control '.*max-age=31536000, immutable'
expect_header Content-Type 'text/css.*'
expect_header X-Content-Type-Options nosniff
visit -H 'Accept-Encoding: gzip' "$asset"
expect_header Content-Encoding gzip
[[ -n $(header Content-Length) ]] || unexpected 'not compressed beforehand'
visit /assets/portal.css
expect_status 200
expect_header Cache-Control '.*max-age=300'

# A folder: no redirect that a Host header could bend.
visit -H 'Host: evil.example' /assets/icons
expect_no_text evil.example
[[ $(header Location) != *evil* ]] || unexpected 'the Host header bends a redirect'
for path in /assets /assets/ /assets/icons /assets/icons/; do
  visit "$path"
  [[ $status != 200 ]] || unexpected 'a folder is listed'
  expect_no_text 'Index of'
  expect_no_text 'href="../"'
done

# The link in a mail comes from the settings.
fill_in judo 契 0123456 7 8
send_form -H 'Host: evil.example' -H 'X-Forwarded-Host: evil.example'
visit /register/confirm
visit -H 'Host: evil.example' -d "draft=$(shown_draft)" /register/complete
expect_redirect /register/complete
link=$(link_to kikin01@test.example)
[[ $link == /activate* ]] || unexpected "the link is $link"
visit "$link"
expect_status 200

# No log holds a token or what was typed.
token=${link#*=}
! grep -rlF -e "$token" -e "$password" -e 01201234567 "$site/log" || unexpected 'a log tells'
