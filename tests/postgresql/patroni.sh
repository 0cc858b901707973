#!/usr/bin/env bash
# PostgreSQL as people run it: three nodes with Patroni, set up with the files of conf/patroni. While people
# register, by a connection string with the three hosts and by HAProxy, the leader is switched over, then it
# and its agent stand still, then those of the next leader are killed. Who saw 申請完了画面 is there, once. A
# few seconds after Patroni has a new leader, both portals answer; no program is restarted. Prints the
# seconds of each.
# shellcheck source=SCRIPTDIR/../support/patroni.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/patroni.sh"
ways=(hosts haproxy)
ttl=$(shipped patroni/patroni.yml | sed -n 's/^ *ttl: //p')
longest=10  # seconds from Patroni's new leader to the first registration

make_cluster
declare -A load_by=()
for way in "${ways[@]}"; do
  site="$scratch/portal by $way"
  start_portal --connection "${connection_by[$way]}"
  nodes+=("$portal")
  portal=''
  python3 "$support/browsers.py" "$scratch/stop" "$scratch/$way" 3 "$url" >"$scratch/accepted by $way" &
  load_by[$way]=$! nodes+=($!)
done
expect_more() {  # WHEN: whichever way people come, more are accepted
  local way before
  for way in "${ways[@]}"; do
    before=$(wc -l <"$scratch/accepted by $way")
    wait_for 60 has_more "$way" $((before + 5)) || unexpected "$1: nobody is accepted by $way"
  done
}
has_more() { (($(wc -l <"$scratch/accepted by $1") >= $2)); }

# fault NAME COMMAND: the leader meets it while people register.
fault() {
  local former=$primary began
  expect_more 'before'
  began=$EPOCHREALTIME
  $2
  echo "$1 $began $elected" >>"$scratch/faults"
  expect_more "$1"
  if [[ $2 != switch_over ]]; then
    # The watchdog resets what stands still.
    ((${#halted[@]} == 0)) || kill -KILL "${halted[@]}"
    halted=()
    wait "${agent_of[$former]}" 2>/dev/null || true
    start_agent "$former"
  fi
  wait_for 120 is_synchronous || unexpected "$1: the former leader does not follow"
}
fault switchover switch_over
fault frozen halt_leader
fault killed kill_leader

touch "$scratch/stop"
for way in "${ways[@]}"; do wait "${load_by[$way]}" || unexpected "a browser of $way saw what it should not"; done
on_node "$primary" "SELECT email, count(*) FROM registration r WHERE EXISTS (SELECT 1 FROM outbox WHERE
  registration_id = r.id AND kind = 'activation') GROUP BY email" >"$scratch/found"
for way in "${ways[@]}"; do
  python3 "$tests/failovers.py" "$scratch/$way" "$scratch/found" "$scratch/faults" "$ttl" "$longest"
done
