# shellcheck shell=bash disable=SC2034
# What the scenarios with PostgreSQL servers of their own share. To be sourced; brings
# scenario.sh with it.
#
# A server NAME has its data in $servers/NAME, listens on 127.0.0.1:${port_of[NAME]} and is the process
# ${server_pid[NAME]}. All of them end with the scenario.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/scenario.sh"
tests=$root/tests/postgresql
declare -A server_pid=() port_of=()
nodes=()  # process ids of further quickstarts

postgresql_program() { printf '%s\n' /usr/lib/postgresql/*/bin/"$1" | sort -V | tail -n 1; }
[[ -x $(postgresql_program initdb) ]] || { echo 'PostgreSQL is not installed'; exit 77; }

# PostgreSQL refuses to run as root.
as_server=()
((EUID != 0)) || as_server=(setpriv --reuid nobody --regid nogroup --clear-groups)

servers=$(mktemp -d)
chmod 711 "$servers"
((EUID != 0)) || chown nobody "$servers"
cd /  # where both users may be

end_servers() {
  local result=${1-$?} pid
  stop_offering
  go_on
  for pid in "${nodes[@]}"; do kill -TERM "$pid" 2>/dev/null && { wait "$pid" || true; }; done
  [[ -z $portal ]] || stop_portal
  for pid in "${server_pid[@]}"; do kill -QUIT "$pid" 2>/dev/null && wait "$pid"; done
  ((result == 0)) || tail -n 8 "$servers"/*.log >&2 || true
  rm -rf "$servers"
  end_scenario "$result"
}
trap end_servers EXIT

make_server() {  # NAME [INITDB OPTION...]
  "${as_server[@]}" "$(postgresql_program initdb)" --no-sync -D "$servers/$1" -U portal -E UTF8 --no-locale \
    -A trust "${@:2}" >"$servers/$1.log" 2>&1
  echo 'log_error_verbosity = terse' >>"$servers/$1/postgresql.conf"  # as conf/postgresql.md asks
}

is_ready() { pg_isready -q -h 127.0.0.1 -p "${port_of[$1]}" -U portal; }

start_server() {  # NAME [POSTGRES OPTION...]
  local name=$1
  [[ -n ${port_of[$name]-} ]] || port_of[$name]=$(free_port)
  "${as_server[@]}" "$(postgresql_program postgres)" -D "$servers/$name" -p "${port_of[$name]}" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= "${@:2}" >>"$servers/$name.log" 2>&1 &
  server_pid[$name]=$!
  wait_for 60 is_ready "$name" || { echo "server $name does not start" >&2; return 1; }
}

# on_server NAME SQL: in the portal's database.
on_server() {
  psql -XAtq "host=127.0.0.1 port=${port_of[$1]} user=portal dbname=${3-portal}" -c "$2"
}

# make_standby PRIMARY NAME: a copy of it that follows, and from then on confirms every commit.
make_standby() {
  "${as_server[@]}" "$(postgresql_program pg_basebackup)" -d "host=127.0.0.1 port=${port_of[$1]} user=portal" \
    -D "$servers/$2" -R -c fast >>"$servers/$2.log" 2>&1
  start_server "$2"
  on_server "$1" "ALTER SYSTEM SET synchronous_standby_names = '*'" postgres
  on_server "$1" 'SELECT pg_reload_conf()' postgres >/dev/null
  wait_for 30 confirms "$1" || { echo "the standby $2 does not follow" >&2; return 1; }
}
confirms() { [[ $(on_server "$1" 'SELECT sync_state FROM pg_stat_replication' postgres) == sync ]]; }
