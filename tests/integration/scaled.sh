#!/usr/bin/env bash
# The step that hashes, doubled alone: both processes share the work, and when one of them is killed in
# the middle of it nobody loses anything.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/../load/scale.sh
. "$root/tests/load/scale.sh"
tests=$root/tests/postgresql

start_portal
scale complete 2 2
read -r _ second <<<"${processes_of[complete]}"

offer 4 "$url"
made_by() { grep -c ' registered ' "$site/log/complete-$1.log" || true; }
each_has() { (($(made_by 1) >= $1 && $(made_by 2) >= $1)); }
wait_for 60 each_has 10 || unexpected "registrations made by each: $(made_by 1), $(made_by 2)"
echo "registrations made by each: $(made_by 1), $(made_by 2)"

killed=$(date +%s.%N)
kill -KILL "$second"
wait "$second" 2>/dev/null || true
before=$(made_by 1)
first_goes_on() { (($(made_by 1) >= before + 20)); }
wait_for 60 first_goes_on || unexpected 'nobody registers by the process that is left'
nobody_else_comes

sql "SELECT email FROM registration WHERE EXISTS (SELECT 1 FROM outbox WHERE registration_id = \
registration.id AND kind = 'activation')" >"$scratch/found"
python3 "$tests/figures.py" "$scratch/report" "$scratch/found" "$killed"
