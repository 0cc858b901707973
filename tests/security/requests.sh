#!/usr/bin/env bash
# Requests that no browser sends, byte by byte: each has the right status and a page of the portal, none shows
# internals, changes anything or ends a process.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

responders() { process_of portal-form; process_of portal-login; process_of portal-pages; process_of portal-activate; }
visit /register
visit /login
visit /about
visit /activate
before=$(responders)
result=0
python3 "$root/tests/security/raw_requests.py" "${url##*:}" >"$page" || result=$?
((result == 0)) || unexpected 'see the list'
for pid in $before; do kill -0 "$pid" 2>/dev/null || unexpected 'a responder ended'; done
expect_count 0 'SELECT count(*) FROM draft'
expect_count 0 'SELECT count(*) FROM outbox'
! grep -rn ' error fault \| last words' "$site/log" || unexpected 'a responder met a fault'
