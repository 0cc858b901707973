# shellcheck shell=bash disable=SC2034,SC2154
# A database of three nodes with Patroni, etcd and HAProxy, as conf/patroni ships them: only addresses,
# folders and passwords are others. To be sourced; brings postgresql.sh with it.
#
# The node dbN has the address ${network}N, an address of this machine of its own: so the ports are those of
# the files. HAProxy listens on ${network}9. All of them end with the scenario.
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"

for program in patroni etcd haproxy; do
  command -v "$program" >/dev/null || { echo "$program is not installed"; exit 77; }
done
network=127.$((RANDOM % 250 + 1)).$((RANDOM % 250 + 1)).
declare -A agent_of=() etcd_of=() connection_by=()
primary=''  # the leader
haproxy=()

end_cluster() {
  local result=$? node
  ((result == 0)) || tail -n 15 "$servers"/db?/*.log >&2 || true
  for node in "${!agent_of[@]}"; do processes_of "$node"; done | xargs -r kill -KILL 2>/dev/null || true
  kill -KILL "${etcd_of[@]}" "${haproxy[@]}" 2>/dev/null || true
  wait "${agent_of[@]}" "${etcd_of[@]}" "${haproxy[@]}" 2>/dev/null || true
  end_servers "$result"
}
trap end_cluster EXIT

# shipped FILE: its text, for this machine.
shipped() {
  sed -E "s|192\.0\.2\.0/24|127.0.0.0/8|; s|192\.0\.2\.1([0-9])|$network\1|g; s|CHANGE-ME-|secret|" \
    "$root/conf/$1"
}

start_etcd() {  # NODE
  local node=$1
  (
    set -a
    # shellcheck source=/dev/null
    . <(shipped patroni/etcd | sed -E "/^# NODE/,/^# All nodes/{s/=db1\$/=$node/; s|${network}1|$network${node#db}|}
      s|/var/lib/etcd|$servers/$node/etcd|")
    exec "${as_server[@]}" etcd
  ) >>"$servers/$node/etcd.log" 2>&1 &
  etcd_of[$node]=$!
}

start_agent() {  # NODE
  local node=$1 file=$servers/$1/config.yml
  shipped patroni/patroni.yml | sed -E "/# NODE/{s/: db1 /: $node /; s|${network}1|$network${node#db}|}
    s|mode: required|mode: 'off'|
    s|/usr/lib/postgresql/15/bin|$(dirname "$(postgresql_program initdb)")|
    s|/var/lib/postgresql\|/var/run/postgresql\|/etc/postgresql|$servers/$node|" >"$file"
  # Postgres is a child of the agent's folder only: the agent starts it in a session of its own.
  "${as_server[@]}" env HOME="$servers/$node" patroni "$file" >>"$servers/$node/patroni.log" 2>&1 &
  agent_of[$node]=$!
}

make_cluster() {
  local node
  for node in db1 db2 db3; do
    mkdir "$servers/$node"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$node" -keyout "$servers/$node/portal.key" \
      -out "$servers/$node/portal.crt" 2>/dev/null
    chmod 600 "$servers/$node/portal.key"
    ((EUID != 0)) || chown -R nobody:nogroup "$servers/$node"
    start_etcd "$node"
  done
  for node in db1 db2 db3; do start_agent "$node"; done
  wait_for 120 is_synchronous || { echo 'the cluster does not start' >&2; return 1; }
  shipped patroni/haproxy.cfg | sed -E "/^ *(user|group) /d; s/127\.0\.0\.1:/${network}9:/" >"$servers/haproxy.cfg"
  "${as_server[@]}" haproxy -db -f "$servers/haproxy.cfg" >"$servers/haproxy.log" 2>&1 &
  haproxy=($!)
  has_leader db1 db2 db3
  make_database
}

# The portal's database, with the role portal. Sets connection_by[hosts] and connection_by[haproxy].
make_database() {
  local common="user=portal dbname=portal sslmode=require passfile=$scratch/pgpass"
  on_node "$primary" "CREATE ROLE portal LOGIN PASSWORD 'secret4'" postgres
  on_node "$primary" 'CREATE DATABASE portal OWNER portal' postgres
  printf '%s:*:portal:portal:secret4\n' "$network"{1,2,3,9} >"$scratch/pgpass"
  chmod 600 "$scratch/pgpass"
  connection_by=([hosts]="host=${network}1,${network}2,${network}3 target_session_attrs=read-write $common"
    [haproxy]="host=${network}9 port=5000 $common")
}

# What the agent of a node answers; fails unless it is 200.
patroni_says() { curl -sf --noproxy '*' --max-time 2 "http://$network${1#db}:8008/$2"; }

# has_leader NODE...: one of these is what Patroni calls the primary; sets primary.
has_leader() {
  local node
  for node; do
    patroni_says "$node" primary >/dev/null && { primary=$node; return; }
  done
  return 1
}

# The leader is followed by both others, and Patroni knows one that confirms.
is_synchronous() {
  has_leader db1 db2 db3 && patroni_says "$primary" cluster | grep -q '"role": "sync_standby"' &&
    [[ $(on_node "$primary" "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'" postgres) == 2 ]]
}

# on_node NODE SQL [DATABASE]: as the superuser.
on_node() {
  PGPASSWORD=secret1 psql -XAtq "host=$network${1#db} user=postgres dbname=${3-portal} sslmode=require \
connect_timeout=5" -c "$2"
}

# All processes of a node but its etcd: the agent, and PostgreSQL, which has the agent's child as its first.
processes_of() {  # NODE
  local first
  family_of "${agent_of[$1]}"
  first=$(head -n 1 "$servers/$1/portal/postmaster.pid" 2>/dev/null) && family_of "$first"
}

# --- what happens to the leader. Sets elected to the time when Patroni has another one.

switch_over() {
  curl -sf --noproxy '*' --max-time 60 "http://$network${primary#db}:8008/switchover" \
    -d "{\"leader\": \"$primary\"}" >/dev/null || unexpected 'no switchover'
  expect_another_leader
}

# It and its agent stand still: nothing is closed, nothing answers. They must not go on: here is no watchdog
# that would reset the machine.
halt_leader() {
  mapfile -t family < <(processes_of "$primary")
  halt "${family[@]}"
  expect_another_leader
}

# It and its agent are gone.
kill_leader() {
  mapfile -t family < <(processes_of "$primary")
  kill -KILL "${family[@]}"
  expect_another_leader
}

expect_another_leader() {
  local node others=()
  for node in db1 db2 db3; do [[ $node == "$primary" ]] || others+=("$node"); done
  wait_for 90 has_leader "${others[@]}" || unexpected 'Patroni has no new leader'
  elected=$EPOCHREALTIME
}
