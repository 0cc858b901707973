#!/usr/bin/env bash
# --hsts-subdomains: pages of responders, assets and errors of the web server itself bind the subdomains, too.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_tls_portal --hsts-subdomains

for path in / /register /assets/portal.css /nothing /assets/nothing; do
  visit "$path"
  expect_header Strict-Transport-Security 'max-age=63072000; includeSubDomains'
done
