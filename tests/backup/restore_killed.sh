#!/usr/bin/env bash
# `portalctl restore` is killed at each of its steps, once beside a database whose programs were killed and once
# beside a damaged one: the database is then the old one or the new one, whole, what was there is kept, and a second
# restore works.
#
#   restore_killed.sh PROGRAMS KILLED (the library that kills)
set -euo pipefail
programs=$(readlink -f "$1") library=$(readlink -f "$2")
# LD_PRELOAD is a list with blanks between its names, so the folder is named apart.
killed=("LD_LIBRARY_PATH=$(dirname "$library")" "LD_PRELOAD=$(basename "$library")")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { printf '%s\n' "$*" >&2; exit 1; }
site="$scratch/a portal"
mkdir "$site"
printf 'database.connection = %s/portal.db\n' "$site" >"$scratch/portal.conf"
export PORTAL_CONFIG=$scratch/portal.conf
portalctl() { "$programs/portalctl" "$@"; }
restore() {  # VARIABLE=VALUE...
  env "$@" "$programs/portalctl" restore "$scratch/backup.db" --yes --reason 'disk lost' --json
}

# --- a backup with one clinic, and a later database with two, whose log a kill has left
add_clinic() { # NUMBER
  printf '登録記号番号,施術所名,所在地,電話番号\n契%s-0-0,みなと整骨院,札幌,011\n' "$1" >"$scratch/clinic.csv"
  portalctl roster import "$scratch/clinic.csv" >"$scratch/said"
}
clinics() { portalctl roster list --json | grep -c . || true; }
portalctl migrate >"$scratch/said"
add_clinic 1000000
portalctl backup "$scratch/backup.db" >"$scratch/said"
# The session of this copy of the tool keeps the log from being written back.
coproc reader { sqlite3 "$site/portal.db"; }
# shellcheck disable=SC2154 # coproc sets it
reader_pid=$reader_PID
printf '%s\n' 'BEGIN; SELECT count(*) FROM audit;' >&"${reader[1]}"
read -r _ <&"${reader[0]}"
add_clinic 2000000
mkdir "$scratch/old"
cp "$site/portal.db" "$site/portal.db-wal" "$scratch/old"
kill -9 "$reader_pid"
wait "$reader_pid" 2>/dev/null || true
[[ -s $scratch/old/portal.db-wal ]] || fail 'there is no log'

was_restored() { portalctl audit list --event restored | grep -q .; }
is_whole() { rm -f "$scratch/proof.db"; portalctl backup "$scratch/proof.db" >"$scratch/said"; }
lay_out() { # KIND
  rm -rf "$site"
  mkdir "$site"
  cp "$scratch/old/"* "$site"
  [[ $1 == whole ]] || printf 'x' | dd of="$site/portal.db" bs=1 seek=0 conv=notrunc status=none
}
kept() { find "$site" -name 'portal.db.before-restore-*' ! -name '*-wal' ! -name '*-shm' | wc -l; }

for kind in whole damaged; do
  lay_out "$kind"
  restore "${killed[@]}" KILL_COUNT="$scratch/count" KILL_AT=0 >"$scratch/said"
  was_restored || fail "$kind: nothing was restored"
  steps=$(<"$scratch/count")
  ((steps > 10)) || fail "$kind: only $steps steps"
  old=0 new=0
  for ((step = 1; step <= steps; step++)); do
    lay_out "$kind"
    if restore "${killed[@]}" KILL_AT="$step" >"$scratch/said" 2>&1; then
      fail "$kind: nothing was killed at step $step of $steps"
    fi
    if [[ $(kept) != 0 ]] && is_whole && was_restored; then
      ((++new))
    elif [[ $kind == whole ]]; then
      is_whole || fail "at step $step there is no whole database"
      [[ $(clinics) == 2 ]] || fail "at step $step the old database has lost a clinic"
      ((++old))
    else
      ((++old))
    fi
    restore >"$scratch/said" || fail "$kind: no second restore after step $step"
    if ! is_whole || ! was_restored; then fail "$kind: the second restore after step $step does not restore"; fi
    [[ $(clinics) == 1 ]] || fail "$kind: the second restore after step $step has other clinics"
    [[ $(kept) -ge 1 ]] || fail "$kind: nothing is kept after step $step"
    left=$(find "$site" -name '*restoring*')
    [[ -z $left ]] || fail "$kind: after step $step there is $left"
  done
  echo "$kind: killed at $steps steps: $old times the old database, $new times the new one"
done
