#!/usr/bin/env bash
# The leader of a PostgreSQL with Patroni is switched over while people register.
# shellcheck source=SCRIPTDIR/../support/patroni.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/patroni.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

make_cluster
start_portal --connection "${connection_by[hosts]}"
offer 4 "$url"
wait_for_accepted 20
it_happens
switch_over
wait_for_accepted 20
it_cost on_node "$primary"
