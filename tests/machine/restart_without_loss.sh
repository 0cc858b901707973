#!/usr/bin/env bash
# A new version is deployed under load, again and again: each step is restarted in turn, its socket held by
# a parent process. No request of 100,000 fails.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
machine_tests=$(dirname "$(readlink -f "$0")")
readonly kRequests=100000 kChunk=5  # seconds of load at a time
command -v wrk >/dev/null || { echo 'skipped: wrk is not installed'; exit 77; }

start_portal
sockets=$(tr '\0' '\n' <"/proc/$(process_of portal-form)/cmdline" | sed -n 's|^unix:\(.*\)/form.sock$|\1|p')
for version in 1 2; do
  mkdir "$scratch/$version"
  while read -r step; do cp "$programs/portal-$step" "$scratch/$version/"; done < <(steps)
  cp -r "$programs/../lib" "$programs/../share" "$scratch/"
done

# Quickstart's responders make room for those with a parent of their own.
are_gone() { [[ -z $(ps -o args= --ppid "$portal" | sed -n '/--listen/p') ]]; }
while read -r step; do kill -TERM "$(process_of "portal-$step")"; done < <(steps)
wait_for 20 are_gone
as_web=()
((EUID != 0)) || as_web=(setpriv --regid "$(stat -c %g "$sockets/form.sock")" --clear-groups)
"${as_web[@]}" python3 "$machine_tests/parent.py" "$sockets" "$site/portal.conf" "$root/modules/steps.list" \
  "$scratch/stop" "$scratch/restarts.json" "$scratch/1" "$scratch/2" \
  >"$scratch/parent" 2>"$site/log/responders.log" &
started=($!)
end_load() {
  local result=$?
  kill "${started[@]}" 2>/dev/null || true
  wait "${started[@]}" 2>/dev/null || true
  end_scenario "$result"
}
trap end_load EXIT
is_ready() { grep -q '^ready$' "$scratch/parent"; }
wait_for 60 is_ready || { cat "$site/log/responders.log" >&2; exit 1; }

# --- the load: what does not fail when nobody restarts anything
fill_in judo 契 0123456 7 8
send_form
expect_redirect /register/confirm
draft=$(awk '$6 == "draft" || $6 == "__Host-draft" { print $6 "=" $7 }' "$scratch/$browser.jar")
paths=(/register "$(clinic_path)"
  /register/confirm / /register /login /register/confirm /password/forgot /account)
while read -r step; do paths+=("/healthz/$step"); done < <(steps)
for path in "${paths[@]}"; do
  visit "$path"
  expect_status '200|303'
done
python3 "$support/browsers.py" "$scratch/stop" "$scratch/registrations.json" 2 "$url" >/dev/null &
started+=($!)

answered=0 failed=0 begin=$SECONDS
while ((answered < kRequests)); do
  line=$(wrk -t 1 -c 16 -d "${kChunk}s" --timeout 30s -H "Cookie: $draft" -s "$machine_tests/load.lua" "$url" \
    -- "${paths[@]}" | grep '^answered ')
  read -r _ more _ bad <<<"$line"
  ((more > 0)) || { echo 'nothing is answered any more' >&2; exit 1; }
  answered=$((answered + more)) failed=$((failed + bad))
done
seconds=$((SECONDS - begin))
: >"$scratch/stop"
wait "${started[1]}" || { echo 'a registration went wrong: see above' >&2; exit 1; }
wait "${started[0]}"

python3 - "$answered" "$failed" "$seconds" "$scratch" <<'REPORT'
import json
import pathlib
import sys

answered, failed, seconds = map(int, sys.argv[1:4])
scratch = pathlib.Path(sys.argv[4])
restarts = json.loads((scratch / "restarts.json").read_text())
registrations = json.loads((scratch / "registrations.json").read_text())
accepted = len(registrations["accepted"])
refused = len(registrations["refused"]) + len(registrations["gone"])
print(f"{answered + 4 * accepted} requests, {accepted} registrations among them, in {seconds} s; "
      f"{sum(restarts['restarts'].values())} restarts, the slowest {restarts['longest'] * 1000:.0f} ms; "
      f"failed {failed + refused}")
faults = restarts["faults"]
if failed or refused or registrations["again"]:
    faults.append(f"failed: {failed} requests, {refused} of registrations; {registrations['again']} drafts lost")
if min(restarts["restarts"].values()) < 5:
    faults.append(f"a step was hardly restarted: {restarts['restarts']}")
if not accepted:
    faults.append("nobody registered")
sys.exit("\n".join(faults) or 0)
REPORT
