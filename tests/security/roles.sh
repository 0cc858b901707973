#!/usr/bin/env bash
# Who may do what: every action in every role (roles.py has the table), and what belongs to somebody changes by nobody else.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal
visit /about
result=0
python3 "$root/tests/security/roles.py" "$url" "$site/portal.db" "$site/mail" >"$page" || result=$?
((result == 0)) || unexpected 'see the list'
