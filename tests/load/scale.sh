# shellcheck shell=bash disable=SC2034,SC2154
# More processes of a step behind nginx, as conf/scaling.md tells an operator, on the running portal of
# a scenario. To be sourced after support/scenario.sh.
declare -A processes_of=()  # step → the process ids that serve it now, once scale was called

gone() { ! kill -0 "$1" 2>/dev/null; }

# scale STEP PROCESSES THREADS: that many processes of it, each with that many threads.
scale() {
  local step=$1 first servers='' socket pid number
  first=$(grep -oE "unix:[^\"]*/$step\.sock" "$site/nginx/site.conf")
  first=${first#unix:}
  for pid in ${processes_of[$step]:-$(process_of "portal-$step")}; do
    kill -TERM "$pid"
    wait_for 20 gone "$pid" || unexpected "portal-$step does not end"
  done
  processes_of[$step]=''
  for ((number = 1; number <= $2; number++)); do
    socket=$first
    ((number == 1)) || socket=${first%.sock}-$number.sock
    "$programs/portal-$step" --config "$site/portal.conf" --listen "unix:$socket" --threads "$3" \
      2>>"$site/log/$step-$number.log" &
    processes_of[$step]+="$! "
    wait_for 20 test -S "$socket" || unexpected "portal-$step does not start"
    servers+=" server \"unix:$socket\";"
  done
  # [^}] takes the group also where it has several lines.
  perl -0pi -e "s|upstream portal_$step \\{[^}]*\\}|upstream portal_$step {$servers }|" "$site/nginx/site.conf"
  reload_nginx
}

workers() { ps -o pid=,args= --ppid "$1" | awk '/worker process$/ { print $1 }' | sort; }
all_new() { [[ -n $(workers "$1") && -z $(comm -12 <(workers "$1") "$scratch/workers") ]]; }
reload_nginx() {
  local master
  master=$(ps -o pid=,args= --ppid "$portal" | awk '/nginx: master process/ { print $1 }')
  workers "$master" >"$scratch/workers"
  kill -HUP "$master"
  wait_for 20 all_new "$master" || unexpected 'nginx does not take its new configuration'
}

end_scaled() {
  local result=$? pid all
  read -ra all <<<"${processes_of[*]}"
  for pid in "${all[@]}"; do kill -TERM "$pid" 2>/dev/null && wait "$pid"; done
  end_scenario "$result"
}
trap end_scaled EXIT
