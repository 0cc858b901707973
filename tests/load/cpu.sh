# shellcheck shell=bash disable=SC2154
# What processes cost on this machine. To be sourced.

# cpu_of PID...: the milliseconds of CPU that they have used, with what ended of theirs.
cpu_of() {
  local pid
  for pid in "$@"; do cat "/proc/$pid/stat" || true; done 2>/dev/null |  # some may have ended
    awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); used += $12 + $13 + $14 + $15 } END { printf "%.0f", used * 1000 / tick }'
}

# busy_cpu: the milliseconds of CPU that all processes of the machine have used.
busy_cpu() {
  awk -v tick="$(getconf CLK_TCK)" '/^cpu / { printf "%.0f", ($2 + $3 + $4 + $7 + $8) * 1000 / tick }' /proc/stat
}

# rate_of SECONDS WRK-ARGUMENT...: sets rate (a second), median, worst (99 %) and bad (complaints).
rate_of() {
  # shellcheck disable=SC2034
  IFS='|' read -r rate median worst bad < <(wrk --latency -d "${1}s" "${@:2}" | awk '
    /50%/ { median = $2 } /99%/ { worst = $2 } /Requests\/sec/ { rate = $2 }
    /Non-2xx/ { bad = "  not 2xx or 3xx: " $NF } /Socket errors/ { bad = bad "  " $0 }
    END { printf "%s|%s|%s|%s\n", rate, median, worst, bad }')
}
