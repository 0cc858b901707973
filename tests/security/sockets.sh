#!/usr/bin/env bash
# Straight to the responders' sockets, past the web server: whatever is said there, each answers as the portal does
# or not at all, and goes on.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal --desk
visit /about

sockets=() pids=()
while read -r step; do
  pid=$(process_of "portal-$step")
  pids+=("$pid")
  sockets+=("$(tr '\0' '\n' <"/proc/$pid/cmdline" | sed -n 's|^unix:||p')")
done < <(all_steps)
((${#sockets[@]} > 1)) || unexpected 'no sockets'
result=0
python3 "$root/tests/security/socket_requests.py" "${sockets[@]}" >"$page" || result=$?
((result == 0)) || unexpected 'see the list'
for pid in "${pids[@]}"; do kill -0 "$pid" 2>/dev/null || unexpected 'a responder ended'; done
expect_count 0 'SELECT count(*) FROM draft'
expect_count 0 'SELECT count(*) FROM outbox'
