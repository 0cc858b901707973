#!/usr/bin/env bash
# The same on PostgreSQL: its backends and its postmaster are killed too.
set -- "${1-}" --database postgresql
# shellcheck source=SCRIPTDIR/kill_at_random.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/kill_at_random.sh"
