#!/usr/bin/env bash
# conf/quickstart: twice in a row in one folder, two at once, a taken port, a taken folder, another
# current folder, a path longer than a socket's, kill -9; it stops all that it started.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
cd /

processes_of_site() { pgrep -f -- "--config $site/portal.conf|-p $site/nginx/" || true; }

start_portal
fill_in judo 契 0123456 7 8
apply
[[ -n $(processes_of_site) ]] || unexpected 'cannot see its processes'
[[ -n $("$programs/portalctl" --config "$site/portal.conf" roster show 契0123456-7-8) ]] ||
  unexpected 'portalctl does not work on it'

# refused STATUS REASON OPTION...: one line says why.
refused() {
  local expected=$1 reason=$2 result=0
  shift 2
  "$root/conf/quickstart" --programs "$programs" "$@" >"$page" 2>&1 || result=$?
  [[ $result == "$expected" && $(wc -l <"$page") == 1 && $(<"$page") == *$reason* ]] ||
    unexpected "exit status $result instead of $expected ($reason)"
}
: >"$headers"
refused 2 "port ${url##*:} is in use" --dir "$scratch/other" --port "${url##*:}"
refused 1 'another quickstart serves' --dir "$site" --port "$(free_port)"
refused 2 '--port 70000' --port 70000
refused 2 'needs a value' --port
refused 2 'unknown option' --prot 8080
refused 2 'cannot read the roster' --dir "$scratch/other" --roster /nowhere.csv

# Half way: the roster is refused, and nothing stays.
printf '%s\n' 'registration_number,clinic_name' 'broken' >"$scratch/broken.csv"
refused 1 'roster failed' --dir "$scratch/other" --port "$(free_port)" --roster "$scratch/broken.csv"
! pgrep -f -- "--config $scratch/other/" || unexpected 'something still runs'

# A second one beside it; with a folder whose sockets would have too long a path.
first_site=$site first_portal=$portal first_url=$url
site=$scratch/$(printf 'long%.0s' {1..30})
start_portal
visit /register
expect_status 200
stop_portal
[[ -z $(processes_of_site) ]] || unexpected 'something still runs'

# Killed without a chance to clean up, and started again: the data is there, all is one set.
site=$first_site portal=$first_portal url=$first_url
kill -KILL "$portal"
wait "$portal" || true
start_portal
expect_count 1 'SELECT count(*) FROM registration'
visit /register
expect_status 200

kill -TERM "$portal"
result=0
wait "$portal" || result=$?
[[ $result == 0 ]] || unexpected "asked to stop, it ends with $result"
[[ -z $(processes_of_site) ]] || unexpected 'something still runs'

# Ctrl-C, as a terminal sends it to the whole process group.
python3 - "$root/conf/quickstart" --programs "$programs" --dir "$site" --port "$(free_port)" <<'END'
import os, signal, subprocess, sys
quickstart = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True, start_new_session=True)
assert quickstart.stdout.readline().startswith("ready: ")
os.killpg(quickstart.pid, signal.SIGINT)
sys.exit(quickstart.wait(30))
END
[[ -z $(processes_of_site) ]] || unexpected 'something still runs'
portal=''
