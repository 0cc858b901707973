# shellcheck shell=bash disable=SC2034
# What is done to processes that a test has started itself: they stand still, or are killed, with all that they
# started. Sourced by scenario.sh.
halted=()  # processes that stand still

# halt PID...: they stand still until go_on.
halt() {
  halted=("$@")
  kill -STOP "${halted[@]}"
}
go_on() {
  # Those that were killed meanwhile do not matter.
  ((${#halted[@]} == 0)) || kill -CONT "${halted[@]}" 2>/dev/null || true
  halted=()
}

# A process and all that it started, to the last.
family_of() {  # PID
  ps -e -o pid=,ppid= | awk -v first="$1" '
    { parent[$1] = $2 }
    END { for (pid in parent) for (at = pid; at in parent; at = parent[at]) if (at == first) { print pid; break } }'
}

# kill_at_once PID: SIGKILL, as when the machine has gone. Sets killed to the time.
kill_at_once() {
  local family
  mapfile -t family < <(family_of "$1")
  killed=$(date +%s.%N)
  # All stand still first: nginx would start a worker anew that was killed before it.
  kill -STOP "${family[@]}" 2>/dev/null
  kill -KILL "${family[@]}" 2>/dev/null
  wait "$1" 2>/dev/null || true
}
