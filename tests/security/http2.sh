#!/usr/bin/env bash
# The same by HTTP/2, whose fields are no lines: what would be one in HTTP/1 reaches no responder, and the site goes on.
# shellcheck source=SCRIPTDIR/../webservers/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../webservers/lib.sh"
start_tls_portal
visit --http2 /about
expect_status 200
result=0
python3 "$root/tests/security/http2_requests.py" "${url##*:}" "$scratch/certificate.pem" >"$page" || result=$?
((result == 0)) || unexpected 'see the list'
expect_count 0 'SELECT count(*) FROM draft'
