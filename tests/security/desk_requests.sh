#!/usr/bin/env bash
# Requests to the desk that no browser sends, by somebody who has logged in, and names that nobody has: each has the right
# status and a page of the portal, none shows internals, changes anything or ends the process.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal --desk
read -r _ desk user password_of_desk <<<"$(grep '^desk: ' "$scratch/quickstart.log")"
desk=${desk%/desk/}
while read -r name; do printf '%s:%s\n' "$name" "$(openssl passwd -6 geheim)" >>"$site/desk.users"; done <<'NAMES'
unlisted
with blank
comma,supervisor
supervisor,
Supervisor
web
<script>
佐藤
NAMES
visit "$desk/healthz/desk"
before=$(process_of portal-desk)
result=0
python3 "$root/tests/security/desk_requests.py" "${desk##*:}" "$user" "$password_of_desk" >"$page" || result=$?
((result == 0)) || unexpected 'see the list'
[[ $(process_of portal-desk) == "$before" ]] || unexpected 'the desk ended'
expect_count 0 'SELECT count(*) FROM outbox'
expect_count 0 'SELECT count(*) FROM account'
! grep -rn ' error fault \| last words' "$site/log" || unexpected 'the desk met a fault'
