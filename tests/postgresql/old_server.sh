#!/usr/bin/env bash
# A server that is too old: every program says so, with its version and the one that is needed.
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"
make_server one
start_server one
on_server one 'CREATE DATABASE portal' postgres
start_portal --connection "host=127.0.0.1 port=${port_of[one]} user=portal dbname=portal"
stop_portal

# The same server, which says that it is of version 14.
python3 "$tests/older_server.py" "${port_of[one]}" >"$scratch/port" &
nodes+=($!)
has_port() { [[ -s $scratch/port ]]; }
wait_for 30 has_port
sed -i "s/port=${port_of[one]}/port=$(<"$scratch/port")/" "$site/portal.conf"
refuses() {  # STATUS PROGRAM [OPTION...]
  local said result=0
  said=$(timeout 60 "$programs/$2" --config "$site/portal.conf" "${@:3}" 2>&1) || result=$?
  [[ $result == "$1" && $said == *'PostgreSQL database is of version 14, which is too old: the portal needs 15 or later'* ]] ||
    unexpected "$2: status $result, $said"
}
refuses 2 portal-form --listen "unix:$scratch/form.sock"
refuses 2 portal-mailer --once
refuses 1 portalctl registration list
