# shellcheck shell=bash disable=SC2034,SC2154
# What the scenarios with the portal on a machine of its own share. To be sourced; brings lib.sh with it.
# visit, sql, mail_to and the others of support/scenario.sh are about that machine.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
machine_tests=$root/tests/machine
url=http://127.0.0.1

curl() { nsenter --net="/proc/$machine/ns/net" curl "$@"; }

# The packages of the libraries that the programs use. Those of the base dpkg knows under another name (/lib).
libraries() {
  if is_other_release; then
    dpkg-deb -f "$(package_of "$suite")" Depends | tr ',' '\n' | sed 's/[|(].*//; s/ //g'
    return
  fi
  ldd "$programs"/portal-* "$programs/portalctl" "$programs/../lib/portal/portal_postgresql.so" |
    awk '$2 == "=>" { print $3 }' | sort -u | xargs -n 1 readlink -f | { xargs dpkg-query -S 2>/dev/null || true; } |
    sed 's/:.*//' | sort -u
}

# install_portal [PACKAGE...]: a machine with nginx, the portal and these packages, not booted. portal.conf
# gets the lines of standard input besides the site's address.
install_portal() {
  local packages
  mapfile -t packages < <(libraries)
  bare_root systemd-sysv nginx "${packages[@]}" "$@"
  site=$bare/var/lib/portal
  if is_other_release; then
    dpkg-deb -x "$(package_of "$suite")" "$bare"
  else
    DESTDIR=$bare cmake --install "$programs/.." --prefix /usr >"$scratch/installed" ||
      fail 1 "cmake --install: $(tail -n 1 "$scratch/installed")"
  fi
  { printf 'site.base_url = %s\nmail.limit.clinic_hour = 1000\n' "$url"; cat; } >"$bare/etc/portal/portal.conf"
  chmod 644 "$bare/etc/portal/portal.conf"
  rm "$bare/etc/nginx/sites-enabled/default" "$bare/usr/sbin/policy-rc.d"
  "$root/conf/nginx/generate" --listen 127.0.0.1:80 >"$bare/etc/nginx/conf.d/portal.conf"
}

as_operator() { in_machine runuser -u portal -- "$@"; }

main_pid() { in_machine systemctl show --value -p MainPID "$1"; }
restarts_of() { in_machine systemctl show --value -p NRestarts "$1"; }

journal_has() {  # UNIT TEXT; all of it is read: journalctl likes no broken pipe
  in_machine journalctl -q -o cat -u "$1" | grep -F -- "$2" >/dev/null
}

each_step_is_healthy() {
  local step
  while read -r step; do
    visit "/healthz/$step"
    [[ $status == 200 ]] || return 1
  done < <(steps)
}

# Nothing of the portal has failed.
expect_no_failure() {
  local failed
  failed=$(in_machine systemctl list-units --failed --plain --no-legend 'portal*')
  [[ -z $failed ]] || fail 1 "failed: $failed"
}

# --- load on every step

load=''
start_load() {
  local paths=(/register "$(clinic_path)") step
  while read -r step; do paths+=("/healthz/$step"); done < <(steps)
  nsenter --net="/proc/$machine/ns/net" wrk -t 1 -c 4 -d 300s --timeout 30s -s "$machine_tests/load.lua" "$url" \
    -- "${paths[@]}" >"$scratch/load" &
  load=$!
}

# Sets answered and failed.
stop_load() {
  kill -INT "$load"
  wait "$load"
  load=''
  read -r _ answered _ failed < <(grep '^answered ' "$scratch/load")
}
